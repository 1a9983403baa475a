/** Reads TopoJSON: neighbours share their borders as numbered arcs of small steps on a grid. */

/** Every shape of one object of the file: its GSS code, and its polygons as rings of [latitude, longitude]. */
export function shapesOf(topology, name = "areas") {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((steps) => {
    let x = 0;
    let y = 0;
    return steps.map(([east, north]) => {
      x += east;
      y += north;
      return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
    });
  });
  // The number of an arc that is walked backwards is written as its complement.
  const along = (number) => (number < 0 ? arcs[~number].slice().reverse() : arcs[number]);
  const ring = (numbers) => numbers.flatMap((number, nth) => along(number).slice(nth ? 1 : 0));
  return topology.objects[name].geometries.map(({ type, arcs: parts, properties }) => ({
    code: properties.code,
    polygons: (type === "Polygon" ? [parts] : parts).map((polygon) => polygon.map(ring)),
  }));
}
