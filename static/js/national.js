/**
 * The first page: map, counts, table and address show one and the same state.
 *
 * The table that the server sent is the truth of its own day; other days come from the history, which is read once.
 */

import { read, written } from "./address.js";
import { DayControl } from "./days.js";
import { areasOn, changeDays, countsOf } from "./history.js";
import { AreaMap } from "./map.js";
import * as refusals from "./refusals.js";
import { AreaTable, sortable } from "./table.js";
import { shapesOf } from "./topojson.js";
import { dayInWords, deliverySentence, signUpSentence, signUpWords } from "./words.js";

const one = (id) => document.getElementById(id);
const page = JSON.parse(one("page").textContent);
const form = one("choices");
const whole = document.querySelector(".national");
const table = new AreaTable(one("areas"), page.ranks);
let shown = page.shown;
let history = null; // of the areas; that of the browser is window.history
let days = null;
let present = null; // the area in the panel

const deliveryWords = ({ delivery }) => page.labels.delivery[delivery].toLowerCase();
const query = () => (shown.on === page.today ? "" : `?on=${shown.on}`);
const addressOf = (area) => `/areas/${area.slug}/${query()}`;
const describe = (area) =>
  `${area.name}. Signing up: ${signUpWords(area)}. Delivery: ${deliveryWords(area)}`;

function passes(area) {
  const { region, status } = shown;
  return (!region || area.region === region) && (!status || area.signup === status || area.delivery === status);
}

/** The areas of the day shown, or nothing as long as that day's are not known. */
function areasShown() {
  if (shown.on === page.on) {
    return table.areas;
  }
  return history && shown.on <= history.today ? areasOn(history, shown.on) : null;
}

whole.dataset.map = "failed"; // and so it stays where Leaflet could not be had
const map = new AreaMap(one("map"), {
  describe,
  tell,
  leave: () => one("every-area").focus(),
  zoomed: (isWhole) => one("zoom").querySelectorAll("[data-right]").forEach((button) => (button.hidden = isWhole)),
});
delete whole.dataset.map;

function tell(area) {
  present = area.slug;
  one("panel-name").textContent = area.name;
  one("panel-signup").textContent = `Signing up: ${signUpWords(area)}`;
  one("panel-delivery").textContent = `Delivery: ${deliveryWords(area)}`;
  one("panel-link").href = addressOf(area);
  one("panel-hint").hidden = true;
  one("panel-area").hidden = false;
}

/** The epoch of boundaries in which a day lies; the first one for a day before all of them. */
function epochOn(day) {
  return page.epochs.findLast(({ from }) => from <= day) ?? page.epochs[0];
}

const files = new Map();

/** Reads a file, once; one that could not be had is asked for again the next time. */
function file(url) {
  if (!files.has(url)) {
    files.set(url, got(url));
    files.get(url).catch(() => files.delete(url));
  }
  return files.get(url);
}

/** Reads the shapes of an epoch, once. Several may come in one file, each as an object of its own name. */
function load(epoch) {
  const forget = (error) => {
    epoch.loading = null;
    throw error;
  };
  const read = (found) => (epoch.shapes = shapesOf(found, epoch.object));
  epoch.loading ??= file(epoch.url).then(read).catch(forget);
  return epoch.loading;
}

/** Waits for the shapes of an epoch, and paints them if its days are still shown then. */
async function arrive(epoch) {
  const error = await load(epoch).then(
    () => null,
    (reason) => reason,
  );
  epoch.arriving = null;
  if (epoch !== epochOn(shown.on)) {
    return;
  }
  if (error) {
    failed(error);
  } else {
    paint(areasShown());
  }
}

async function got(url) {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status}`);
  }
  return answer.json();
}

/** Draws and colours the map: at once where the shapes of that day's epoch are here already. */
function paint(areas) {
  const epoch = epochOn(shown.on);
  if (!epoch) {
    failed(new Error("No boundaries are loaded."));
  } else if (epoch.shapes) {
    ready();
    map.draw(epoch.shapes);
  } else {
    epoch.arriving ??= arrive(epoch);
  }
  map.paint(areas, shown.lens, passes);
  map.link(addressOf);
  const area = present && areas.find(({ slug }) => slug === present);
  if (area) {
    tell(area);
  }
  one("panel-area").hidden = !area;
  one("panel-hint").hidden = Boolean(area);
}

/** Shows the map: first, as what is hidden has no size to be drawn in. */
function ready() {
  if (whole.dataset.map !== "ready") {
    whole.dataset.map = "ready";
    map.measure();
  }
}

/** Without shapes there is the server's picture, until they can be had. */
function failed(error) {
  whole.dataset.map = "failed";
  console.error(error);
}

/** Writes the numbers and sentences. */
function count(areas) {
  const counts = countsOf(areas);
  one("signup-sentence").textContent = signUpSentence(counts.signup, areas.length);
  one("delivery-sentence").textContent = deliverySentence(counts.delivery, areas.length, page.clauses);
  for (const place of whole.querySelectorAll("[data-count]")) {
    const [lens, status] = place.dataset.count.split(".");
    place.textContent = counts[lens][status] ?? 0;
  }
  one("everything").hidden = ["on", "region", "status"].every((name) => shown[name] === page.usual[name]);
  const left = areas.filter(passes).length;
  one("how-many").textContent =
    left === areas.length ? `All ${left} areas.` : `${left} of ${areas.length} areas, by your choice.`;
}

/** Writes the day into heading, banners and links. */
function date() {
  const day = dayInWords(shown.on);
  one("heading").textContent = `How every area stands on ${day}`;
  one("caption-day").textContent = one("paper-day").textContent = day;
  const { site } = one("paper-address").dataset;
  one("paper-address").textContent = site + location.pathname + written(shown, { ...page.usual, on: "" });
  one("to-come").hidden = shown.on <= page.today;
  one("records").hidden = !page.completeTo || shown.on <= page.completeTo;
  const isServers = shown.on === page.on;
  for (const place of whole.querySelectorAll("[data-servers-day]")) {
    place.hidden = !isServers;
  }
  for (const link of document.querySelectorAll("[data-dated]")) {
    link.href = link.pathname + query();
  }
  one("numbers").hidden = isServers;
  one("numbers-link").href = `/${written(shown, page.usual) || "?"}`;
  const picture = `${page.picture}?on=${shown.on}&lens=${shown.lens}`;
  one("picture-link").href = picture;
  if (one("picture").getAttribute("src") !== picture) {
    one("picture").src = picture; // it is only asked for while it is seen
  }
}

/** Puts the choices into the controls. A day that was refused stays in its field. */
function choose() {
  form.elements.lens.value = shown.lens;
  form.elements.region.value = shown.region;
  form.elements.status.value = shown.status;
  form.elements.sort.value = shown.sort;
  if (form.elements.on.type === "date" && form.elements.on.value !== shown.on) {
    form.elements.on.value = shown.on;
  }
  whole.dataset.lens = shown.lens;
  for (const legend of whole.querySelectorAll("[data-legend]")) {
    legend.hidden = legend.dataset.legend !== shown.lens;
  }
  days?.show(shown.on);
}

/** Shows the state everywhere at once, and keeps it in the address. */
function show(change, keep = remember) {
  const others = Object.keys(change).filter((name) => change[name] !== shown[name]);
  others.forEach((name) => refusals.lift(name));
  shown = { ...shown, ...change };
  const areas = areasShown();
  if (!areas) {
    // A day that is not known here: let the server say how it was.
    location.assign(`/${written(shown, page.usual)}`);
    return;
  }
  choose();
  date();
  count(areas);
  table.show(areas, passes, shown.sort);
  table.link(addressOf);
  paint(areas);
  settle();
  keep();
}

/** Shows what was chosen on purpose: Back leads to what was shown before. */
function step(change) {
  if (Object.keys(change).some((name) => change[name] !== shown[name])) {
    write();
    show(change, () => window.history.pushState(null, "", address()));
  }
}

/** Shows what the address says, after Back, Forward or a link within the page. */
function followAddress() {
  clearTimeout(writing);
  writing = 0;
  days?.pause();
  const { region } = shown;
  show(read(location.search, page.usual, page.choices), () => {});
  if (shown.region !== region) {
    zoomToRegion();
  }
}

function zoomToRegion() {
  map.zoomTo(({ region }) => !shown.region || region === shown.region, !shown.region);
}

const address = () => `${location.pathname}${written(shown, page.usual)}${location.hash}`;
let writing = 0;

/** Writes the address; soon, and not for every day that the slider passes: browsers refuse too many in a row. */
function remember() {
  clearTimeout(writing);
  writing = setTimeout(write, 120);
}

/** Writes what waits to be written, at the latest before the page goes anywhere else. */
function write() {
  if (writing) {
    clearTimeout(writing);
    writing = 0;
    window.history.replaceState(null, "", address());
  }
}

let settling = 0;

/** What can wait until the slider rests: the title, and saying what is shown. */
function settle() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    const heading = one("heading").textContent;
    const before = refusals.any() ? "Error: " : "";
    document.title = document.title.replace(/^.* – /, `${before}${heading} – `);
    if (!days?.isPlaying) {
      one("said").textContent = `${heading}. ${one(`${shown.lens}-sentence`).textContent} ${one("how-many").textContent}`;
    }
  }, 500);
}

function listen() {
  form.addEventListener("change", ({ target }) => {
    if (["lens", "region", "status"].includes(target.name)) {
      step({ [target.name]: target.value });
    }
    if (target.name === "region") {
      zoomToRegion();
    }
  });
  form.addEventListener("submit", (event) => {
    const { type, value: on } = form.elements.on;
    if (type === "date" && on && history && on <= history.today) {
      event.preventDefault();
      step({ on });
    }
  });
  document.addEventListener("click", write, true);
  sortable(one("areas"), (sort) => step({ sort }));
  one("zoom").addEventListener("click", ({ target }) => {
    const { zoom, by, right, down } = target.dataset;
    if (right) {
      map.moveBy(Number(right), Number(down));
    } else if (by) {
      map.zoomBy(Number(by));
    } else if (zoom !== undefined) {
      map.zoomTo(({ slug, region }) => !zoom || slug === zoom || region === zoom, !zoom);
    }
  });
  window.addEventListener("online", retry);
  window.addEventListener("popstate", followAddress);
}

/** Reads how the areas stood on all other days. Without them the map stays as it is, on its one day. */
async function readHistory() {
  try {
    history = await file(page.history);
  } catch (error) {
    one("days-missing").hidden = false;
    console.error(error);
    return;
  }
  one("days-missing").hidden = true;
  const control = { slider: one("slider"), told: one("slider-day"), button: one("play") };
  days = new DayControl(control, changeDays(history), { choose: (on) => show({ on }), settle });
  days.show(shown.on);
  const ahead = () => page.epochs.forEach((epoch) => load(epoch).catch(() => {}));
  for (const event of ["pointerover", "focusin"]) {
    one("days").addEventListener(event, ahead, { once: true });
  }
}

async function start() {
  listen();
  show({}, refusals.any() ? () => {} : remember);
  await epochOn(page.on)?.arriving;
  await readHistory();
}

/** The line is there again: what was missed is asked for again. */
function retry() {
  if (whole.dataset.map === "failed") {
    show({});
  }
  if (!history) {
    readHistory();
  }
}

start();
