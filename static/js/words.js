/** What the page says in words. Pure; the server says the same in concordat/pages/national.py. */

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** “31 December 2014” for 2014-12-31. */
export function dayInWords(day) {
  return DAY.format(new Date(`${day}T00:00:00Z`));
}

/** “one”, “one and two”, “one, two and three”. */
export function listed(parts) {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** How many areas have signed up how far, as one sentence. */
export function signUpSentence(counts, total) {
  const { green = 0, amber = 0, red = 0 } = counts;
  const has = (count) => (count === 1 ? "has" : "have");
  const parts = [`${green} of ${total} areas ${has(green)} published an action plan`];
  if (amber) {
    parts.push(`${amber} ${has(amber)} a declaration but no full plan`);
  }
  if (red) {
    parts.push(`${red} ${has(red)} no declaration recorded`);
  }
  return `${listed(parts)}.`;
}

/** How one area has signed up, by its own reason: “amber, 2 of 3 plans published”. */
export function signUpWords({ signup, reason }) {
  return `${signup}, ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}

/** How many areas deliver how, as one sentence. `clauses`: statuses and what is said of a count, in their order. */
export function deliverySentence(counts, total, clauses) {
  const parts = clauses.filter(([status]) => counts[status]).map(([status, words]) => `${counts[status]} ${words}`);
  const told = `Actions are recorded in ${total - (counts.none ?? 0) || "none"} of ${total} areas`;
  return parts.length ? `${told}: ${listed(parts)}.` : `${told}.`;
}

/** Since when an area stands so: “by 31 December 2014”. */
export function sinceInWords(step) {
  return step?.since ? (step.precision === "by" ? "by " : "") + dayInWords(step.since) : "not recorded";
}
