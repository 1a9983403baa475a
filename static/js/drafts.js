/** Saves a report as a draft while it is typed: each form with data-drafts.
 *
 * The server decides by the version that the form holds. Where somebody else was faster nothing more is saved, and the
 * form says so; what was typed stays in it. Files are not sent. A form that is sent waits for a save under way.
 */

const PAUSE = 3000; // milliseconds without a key before it saves
const AT_MOST_EVERY = 30000; // milliseconds between two saves

const states = new WeakMap();

const stateOf = (form) => {
  if (!states.has(form)) states.set(form, { timer: 0, last: 0, isDirty: false, hasEnded: false, underWay: null });
  return states.get(form);
};

/** How long to wait until the next save: a pause in typing, and never too soon after the last one. */
export function delay(now, last) {
  return Math.max(PAUSE, last + AT_MOST_EVERY - now);
}

/** What is said of an answer, whether it ends the saving, and the version that the form has now. */
export function told(status, answer) {
  if (status === 200) return { words: `Draft saved at ${answer.at}`, version: answer.version, ends: false };
  if (status === 400) return { words: answer.why, ends: false };
  if (status === 409) return { words: answer.why, ends: true };
  if (status === 0 || status === 403) {
    return { words: "You are signed out. Save it: you sign in again, and what you typed comes back.", ends: true };
  }
  return { words: "Not saved as a draft just now. What you typed is still here.", ends: false };
}

async function sent(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !name.startsWith("evidence-")) body.append(name, value);
  }
  body.append("then", "autosave");
  const headers = { Accept: "application/json" };
  const options = { method: "POST", body, headers, redirect: "manual", keepalive: true };
  const response = await fetch(form.getAttribute("action"), options);
  const isJson = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  return told(response.status, isJson ? await response.json() : {});
}

async function save(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = 0;
  state.last = Date.now();
  state.isDirty = false;
  let outcome;
  try {
    outcome = await sent(form);
  } catch {
    outcome = told(-1, {});
  }
  if (outcome.version) form.elements.version.value = outcome.version;
  else state.isDirty = !outcome.ends;
  state.hasEnded = outcome.ends;
  form.querySelector("[data-told]").textContent = outcome.words;
}

/** Saves it, unless a save is under way or saving has ended. */
function begin(form) {
  const state = stateOf(form);
  if (state.hasEnded || state.underWay) return;
  state.underWay = save(form).finally(() => {
    state.underWay = null;
  });
}

function typed(event) {
  const form = event.target.form;
  if (!form?.matches("form[data-drafts]") || event.target.name?.startsWith("evidence-")) return;
  const state = stateOf(form);
  state.isDirty = true;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => begin(form), delay(Date.now(), state.last));
}

/** A form that is sent is not saved as typed any more; a save under way ends first, for it changes the version. */
function submitted(event) {
  const form = event.target;
  if (!form.matches("form[data-drafts]")) return;
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (!state.underWay) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  state.underWay.finally(() => form.requestSubmit(submitter));
}

/** The page is left, or the telephone put away. */
function hidden() {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-drafts]")) {
    if (stateOf(form).isDirty) begin(form);
  }
}

if (globalThis.document) {
  document.addEventListener("input", typed);
  document.addEventListener("submit", submitted, { capture: true });
  document.addEventListener("visibilitychange", hidden);
}
