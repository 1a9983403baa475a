/** What the server said of choices in the address that make no sense. It goes once another choice is made. */

// Where the summary's links lead, if not to the field of the choice's own name.
const PLACES = { lens: "lens-signup", sort: "areas" };
const summary = () => document.querySelector(".govuk-error-summary");

/** Whether anything of it is still to be read. */
export function any() {
  return Boolean(summary());
}

/** Takes away what was said of one choice. */
export function lift(name) {
  summary()?.querySelector(`a[href="#${PLACES[name] ?? name}"]`)?.closest("li").remove();
  if (!summary()?.querySelector("li")) {
    summary()?.remove();
  }
  const error = document.getElementById(`${name}-error`);
  if (error) {
    error.remove();
    restore(document.getElementById(name));
  }
}

/** Makes the field that kept what was refused one for days again. */
function restore(field) {
  field.classList.remove("govuk-input--error");
  field.removeAttribute("aria-describedby");
  field.removeAttribute("aria-invalid");
  Object.assign(field, { type: "date", min: field.dataset.min, max: field.dataset.max });
}
