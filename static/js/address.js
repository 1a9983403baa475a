/** What the page shows, as it stands in its address. Pure. */

/** What is shown, from the part of an address after “?”; whatever is not one of the choices is left at its usual. */
export function read(search, usual, choices) {
  const asked = new URLSearchParams(search);
  return Object.fromEntries(
    Object.entries(usual).map(([name, value]) => {
      const text = asked.get(name) ?? "";
      const fits = name === "on" ? /^\d{4}-\d\d-\d\d$/.test(text) : choices[name].includes(text);
      return [name, fits ? text : value];
    }),
  );
}

/** The part of the address from “?” on; what is as usual is left out. */
export function written(shown, usual) {
  const query = new URLSearchParams(Object.entries(shown).filter(([name, value]) => value !== usual[name])).toString();
  return query && `?${query}`;
}
