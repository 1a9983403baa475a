/** The map: one shape for each area, drawn by Leaflet as SVG. One tab stop; the arrow keys lead from area to area. */

import { isDirection, neighbour } from "./neighbours.js";

const L = window.L;
const SVG = "http://www.w3.org/2000/svg";
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
const SHAPE = { weight: 1, fillOpacity: 1, smoothFactor: 0.4 };
const EDGE = 4; // pixels left free around what is shown as large as it fits
const PAPER = 430; // how wide it is on paper, in pixels of CSS; A4 has about 700
const BY_NAME = new Intl.Collator("en-GB");

/** The middle of a shape's longest ring, on the plane on which the map is drawn. */
function middleOf(polygons) {
  const outline = polygons.map(([outer]) => outer).reduce((one, other) => (other.length > one.length ? other : one));
  const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLngBounds(outline).getCenter(), 8);
  return [x, y];
}

export class AreaMap {
  /** `describe(area)`: its label; `tell(area)`: it is pointed at; `leave()`: on Escape; `zoomed(isWhole)`: it was. */
  constructor(container, { describe, tell, leave, zoomed }) {
    Object.assign(this, { describe, tell, leave, places: new Map(), current: null });
    this.map = L.map(container, {
      attributionControl: false,
      bounceAtZoomLimits: false,
      boxZoom: false,
      fadeAnimation: false,
      keyboard: false,
      maxZoom: 13,
      scrollWheelZoom: false,
      zoomControl: false,
      zoomSnap: 0,
    });
    this.map.createPane("ring");
    const ring = (className) => L.polygon([], { pane: "ring", className, fill: false, interactive: false });
    this.rings = [ring("ring-outer"), ring("ring-inner")];
    container.addEventListener("keydown", (event) => this.#move(event));
    container.addEventListener("focusin", ({ target }) => this.#point(target));
    container.addEventListener("focusout", () => this.#ring(null));
    container.addEventListener("pointerover", ({ target }) => this.#point(target));
    container.addEventListener("pointerleave", () => this.#ring(this.places.get(document.activeElement)));
    container.addEventListener("pointerdown", ({ pointerType }) => (this.pointer = pointerType), true);
    container.addEventListener("click", (event) => this.#press(event), true);
    // On paper it shows what it does on the screen, made so small that its key stands beside it.
    window.addEventListener("beforeprint", () => {
      const { offsetWidth: width, offsetHeight: height } = container;
      const size = { width: `${width}px`, height: `${height}px`, maxHeight: "none", zoom: Math.min(1, PAPER / width) };
      Object.assign(container.style, size);
    });
    window.addEventListener("afterprint", () => container.removeAttribute("style"));
    this.map.on("resize", () => this.isWhole && container.offsetWidth && this.zoomTo(() => true));
    this.map.on("zoomend", () => {
      // By fingers or a double click, too.
      if (this.map.getZoom() > this.map.options.minZoom + 0.001) {
        this.isWhole = false;
      }
      this.map.dragging[this.isWhole ? "disable" : "enable"]();
      zoomed(this.isWhole);
    });
  }

  /** Draws the shapes of an epoch. Those that are drawn already stay. */
  draw(shapes) {
    if (this.shapes === shapes) {
      return;
    }
    this.shapes = shapes;
    const old = new Map([...this.places].map(([link, place]) => [place.outline, link]));
    for (const { code, polygons } of shapes) {
      const outline = code + JSON.stringify(polygons);
      if (!old.delete(outline)) {
        this.#add({ code, outline, middle: middleOf(polygons), layer: L.polygon(polygons, SHAPE) });
      }
    }
    for (const link of old.values()) {
      this.places.get(link).layer.remove();
      this.places.delete(link);
      link.remove();
    }
  }

  #add(place) {
    if (this.isWhole === undefined) {
      this.isWhole = true;
      this.map.fitBounds([[49.86, -6.45], [55.82, 1.77]], { animate: false });
      this.map.options.minZoom = this.map.getZoom();
      this.rings.forEach((ring) => ring.addTo(this.map));
    }
    place.layer.addTo(this.map);
    const path = place.layer.getElement();
    // A real link: it can be opened in a new tab, and is read as one.
    const link = document.createElementNS(SVG, "a");
    link.setAttribute("tabindex", "-1");
    path.replaceWith(link);
    link.append(path);
    this.places.set(link, Object.assign(place, { link, path }));
  }

  /** Takes note that its place on the page may have another size than before. */
  measure() {
    if (this.shapes) {
      this.map.invalidateSize({ pan: false });
    }
  }

  /** Colours the shapes by how the areas stand, seen through a lens; those that do not pass are dimmed. */
  paint(areas, lens, passes) {
    const byCode = new Map(areas.map((area) => [area.code, area]));
    for (const place of this.places.values()) {
      place.area = byCode.get(place.code);
      place.isReachable = Boolean(place.area && passes(place.area));
      const label = place.area ? this.describe(place.area) : "";
      const look = [lens, label, place.isReachable].join();
      if (place.look !== look) {
        place.look = look;
        this.#colour(place, lens, label);
      }
    }
    this.reachable = [...this.places.values()]
      .filter(({ isReachable }) => isReachable)
      .sort((one, other) => BY_NAME.compare(one.area.name, other.area.name));
    this.#stopAt(this.reachable.includes(this.current) ? this.current : this.reachable[0]);
  }

  #colour({ link, path, area, isReachable }, lens, label) {
    path.setAttribute("fill", area ? `url(#${lens}-${area[lens]})` : "none");
    path.dataset.status = area?.[lens] ?? "grey";
    link.setAttribute("aria-label", label);
    link.toggleAttribute("data-dim", !isReachable);
    link.ariaHidden = isReachable ? null : "true";
  }

  /** Lets the shapes lead to the pages of their areas. */
  link(addressOf) {
    for (const { link, area } of this.places.values()) {
      if (area) {
        link.setAttribute("href", addressOf(area));
      }
    }
  }

  /** Shows the areas that are wanted as large as they fit; all of them when nothing is left to want. */
  zoomTo(wants, isWhole = true) {
    const bounds = L.latLngBounds([]);
    for (const { area, layer } of this.places.values()) {
      if (area && wants(area)) {
        bounds.extend(layer.getBounds());
      }
    }
    if (bounds.isValid()) {
      this.isWhole = isWhole;
      if (isWhole) {
        this.map.options.minZoom = 0;
        this.map.options.minZoom = this.map.getBoundsZoom(bounds, false, L.point(2 * EDGE, 2 * EDGE));
      }
      this.map.fitBounds(bounds, { animate: !STILL.matches, padding: [EDGE, EDGE] });
    }
  }

  zoomBy(steps) {
    if (!this.shapes) {
      return;
    }
    this.isWhole = false;
    this.map.setZoom(this.map.getZoom() + steps, { animate: !STILL.matches });
  }

  /** Moves what is seen by half the map: right and down, or the other way round. For those who cannot drag it. */
  moveBy(right, down) {
    const { x, y } = this.map.getSize();
    this.map.panBy([(right * x) / 2, (down * y) / 2], { animate: !STILL.matches });
  }

  #stopAt(place) {
    this.current?.link.setAttribute("tabindex", "-1");
    this.current = place ?? null;
    place?.link.setAttribute("tabindex", "0");
  }

  #move(event) {
    const here = this.reachable.indexOf(this.places.get(event.target));
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const next = this.#after(here, event.key);
    if (next) {
      event.preventDefault();
      next.link.focus({ preventScroll: true });
      if (!this.isWhole) {
        this.map.panInside(next.layer.getBounds().getCenter(), { animate: !STILL.matches, padding: [40, 40] });
      }
    } else if (event.key === "Escape") {
      this.leave();
    }
  }

  /** The place to which a key leads from the one with that number; nothing if it is no key of the map. */
  #after(here, key) {
    if (isDirection(key)) {
      return this.reachable[neighbour(this.reachable.map(({ middle }) => middle), here, key)];
    }
    return { Home: this.reachable[0], End: this.reachable.at(-1) }[key];
  }

  #point(target) {
    const place = this.places.get(target.closest("a"));
    if (!place?.area) {
      return;
    }
    if (place.isReachable) {
      this.#stopAt(place);
    }
    this.#ring(place);
    this.tell(place.area);
  }

  #ring(place) {
    this.rings.forEach((ring) => ring.setLatLngs(place?.layer.getLatLngs() ?? []));
  }

  /** A finger's first tap only shows the area; a drag opens nothing. */
  #press(event) {
    const place = this.places.get(event.target.closest("a"));
    const isSecondTap = this.tapped === place;
    this.tapped = place;
    if (this.map.dragging.moved() || (this.pointer === "touch" && place && !isSecondTap)) {
      event.preventDefault();
      this.#point(event.target);
    }
  }
}
