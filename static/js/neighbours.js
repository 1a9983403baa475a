/** Which shape the arrow keys lead to. Pure: points on a plane, y growing downwards. */

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The number of the nearest point that lies in the key's direction, or that of the present one if there is none. */
export function neighbour(points, present, key) {
  const [right, down] = DIRECTIONS[key];
  const [x, y] = points[present];
  let [nearest, least] = [present, Infinity];
  points.forEach(([px, py], number) => {
    const along = (px - x) * right + (py - y) * down;
    const across = Math.abs((px - x) * down - (py - y) * right);
    // What lies aside counts as further away than what lies ahead, and far aside is another direction.
    const distance = along + 2 * across;
    if (across < 3 * along && distance < least) {
      [nearest, least] = [number, distance];
    }
  });
  return nearest;
}

export function isDirection(key) {
  return key in DIRECTIONS;
}
