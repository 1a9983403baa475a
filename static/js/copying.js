/** A button “Copy” beside what is to be copied; without JavaScript it is selected and copied by hand. */

for (const field of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  const name = document.createElement("span");
  name.className = "govuk-visually-hidden";
  name.textContent = ` the ${field.labels[0].textContent.toLowerCase()}`;
  button.append("Copy", name);
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = "Copied";
    } catch {
      told.textContent = "Press Ctrl and C to copy it";
    }
  });
  field.after(button, told);
}
