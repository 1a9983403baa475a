/** The table of the same facts: read when the page opens, then rewritten, sorted and filtered in place. */

// What is said of an area in a row, each in its slot; beside the two statuses.
const SAID = ["name", "region", "reason", "since", "numbers"];
const BY_NAME = new Intl.Collator("en-GB");
const slotOf = (row, name) => row.querySelector(`[data-slot="${name}"]`);

export class AreaTable {
  /** `ranks`: for each lens its statuses, from the worst. `areas`: what the server sent. */
  constructor(table, ranks) {
    Object.assign(this, { table, ranks, body: table.tBodies[0], rows: new Map() });
    this.blank = document.getElementById("area-row").content.firstElementChild;
    this.areas = [...this.body.rows].map((row) => {
      const said = (name) => slotOf(row, name).textContent.trim();
      const area = { ...row.dataset };
      SAID.forEach((name) => (area[name] = said(name)));
      this.rows.set(area.slug, { row, area });
      return area;
    });
  }

  /** One row for each of the areas, in order; those that do not pass are hidden. */
  show(areas, passes, sort) {
    const rows = [...areas].sort(this.#order(sort)).map((area) => {
      const row = this.#written(area);
      row.hidden = !passes(area);
      return row;
    });
    if (rows.length !== this.body.rows.length || rows.some((row, nth) => row !== this.body.rows[nth])) {
      this.body.replaceChildren(...rows);
    }
    for (const head of this.table.tHead.rows[0].cells) {
      const isSorted = head.dataset.sort === sort.replace("-", "");
      head.ariaSort = isSorted ? (sort.startsWith("-") ? "descending" : "ascending") : null;
    }
  }

  /** Lets the names lead to the pages of their areas. */
  link(addressOf) {
    this.rows.forEach(({ row, area }) => (slotOf(row, "name").href = addressOf(area)));
  }

  #order(sort) {
    const by = sort.replace("-", "");
    const way = sort.startsWith("-") ? -1 : 1;
    const ranks = this.ranks[by];
    const compare = ranks
      ? (one, other) => ranks.indexOf(one[by]) - ranks.indexOf(other[by])
      : (one, other) => BY_NAME.compare(one[by], other[by]);
    return (one, other) => way * compare(one, other) || BY_NAME.compare(one.name, other.name);
  }

  /** The area's row; only what is another than before is written. */
  #written(area) {
    const known = this.rows.get(area.slug) ?? { row: this.blank.cloneNode(true), area: {} };
    const { row, area: old } = known;
    this.rows.set(area.slug, { row, area });
    row.id = area.slug;
    for (const name of SAID.filter((each) => area[each] !== old[each])) {
      slotOf(row, name).textContent = area[name];
    }
    for (const lens of Object.keys(this.ranks)) {
      if (area[lens] !== old[lens]) {
        const tag = document.getElementById(`tag-${lens}-${area[lens]}`);
        slotOf(row, lens).replaceChildren(tag.content.cloneNode(true));
      }
    }
    return row;
  }
}

/** Makes the links in the heads of the columns buttons: they sort at once, and a second press turns the order round. */
export function sortable(table, sortBy) {
  for (const link of table.tHead.querySelectorAll("a")) {
    const head = link.closest("th");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "sort", textContent: link.textContent });
    button.addEventListener("click", () => sortBy((head.ariaSort === "ascending" ? "-" : "") + head.dataset.sort));
    // Browsers leave buttons out where they repeat the head of the table on each sheet of paper.
    const words = document.createElement("span");
    Object.assign(words, { className: "on-paper", textContent: link.textContent });
    link.replaceWith(button, words);
  }
}
