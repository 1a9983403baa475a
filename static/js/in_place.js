/** Says beside a row of “My work” that an answer of the server did not come, or was none that fits there. */

const WORDS = {
  403: "You may not do that. Load the page again to see what is yours.",
  404: "This action is not yours any more. Load the page again to see what is.",
  0: "There is no connection just now. What you typed is still here: try again.",
};

/** The sentence for a status; 0 where no answer came. */
export function sentence(status) {
  return WORDS[status] ?? "That did not work. What you typed is still here: try again.";
}

function failed(event) {
  const place = event.detail.target?.querySelector("[data-failure]");
  if (place) place.textContent = sentence(event.detail.xhr?.status ?? 0);
}

if (globalThis.document) {
  for (const name of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(name, failed);
}
