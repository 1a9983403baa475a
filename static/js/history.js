/**
 * Reads the answer of /api/v1/history: every change of every area since the beginning, in one piece.
 * Pure. Days are written YYYY-MM-DD, so that they sort as text; a step holds from its day until the next one's.
 */

import { sinceInWords } from "./words.js";

const NOTHING = "No declaration recorded";

/** The step that holds on the day: the last one that has begun, or nothing before the first. */
export function stepOn(steps, day) {
  return steps.findLast((step) => step.on <= day);
}

/** The GSS code that an area has on the day; nothing if the area does not exist then. */
export function codeOn(area, day) {
  return area.codes.find(({ from, until }) => (!from || from <= day) && (!until || day < until))?.code;
}

/** Every area that exists on the day, and how it stands. */
export function areasOn(history, day) {
  return history.areas.flatMap((area) => {
    const code = codeOn(area, day);
    if (!code) {
      return [];
    }
    const step = stepOn(area.signup, day);
    return [
      {
        slug: area.slug,
        name: area.name,
        region: area.region,
        code,
        signup: step?.status ?? "red",
        reason: step ? history.reasons[step.reason] + (step.out_of_date ? " (out of date)" : "") : NOTHING,
        since: sinceInWords(step),
        delivery: stepOn(area.delivery, day)?.status ?? "none",
        numbers: "", // of actions: only the server counts them
      },
    ];
  });
}

/** How many of the areas stand how, by each of the two lenses. Only what there is, is in the answer. */
export function countsOf(areas) {
  const counts = { signup: {}, delivery: {} };
  for (const lens of Object.keys(counts)) {
    for (const area of areas) {
      counts[lens][area[lens]] = (counts[lens][area[lens]] ?? 0) + 1;
    }
  }
  return counts;
}

/** The days from the first to today on which anything on the map changed, and these two days themselves. */
export function changeDays(history) {
  const days = new Set([history.begins_on, history.today]);
  for (const area of history.areas) {
    for (const { on } of [...area.signup, ...area.delivery]) {
      days.add(on);
    }
    days.add(area.from).add(area.until);
  }
  const begins = history.begins_on ?? "";
  return [...days].filter((day) => day && begins <= day && day <= history.today).sort();
}
