/** Passkeys: each form with data-passkey asks the browser for one and sends what it gives.
 *
 * “sign-in” fetches its options from the address of the form; “show” and “add” find theirs in the page.
 * Where a browser knows no passkeys the forms stay hidden.
 */

/** Bytes from base64url, as the server writes them. */
export function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** Base64url of bytes, without its padding. */
export function base64url(buffer) {
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const identified = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));

/** The options as the browser wants them, to show a passkey. */
export function toShow({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  return { publicKey: { ...options, allowCredentials: identified(publicKey.allowCredentials) } };
}

/** The options as the browser wants them, to make a passkey that lets its owner in by itself. */
export function toAdd({ publicKey }) {
  const itself = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: identified(publicKey.excludeCredentials),
      authenticatorSelection: { ...publicKey.authenticatorSelection, ...itself },
    },
  };
}

/** What the browser gave, as the server reads it. */
export function written(credential) {
  const given = credential.response;
  const response = { clientDataJSON: base64url(given.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[name]) response[name] = base64url(given[name]);
  }
  if (given.getTransports) response.transports = given.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: base64url(credential.rawId),
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

const inPage = () => Object.values(JSON.parse(document.getElementById("passkey-options").textContent))[0];

async function fetched(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).request_options;
}

const ways = {
  "sign-in": async (form) => navigator.credentials.get(toShow(await fetched(form))),
  show: async () => navigator.credentials.get(toShow(inPage())),
  add: async () => navigator.credentials.create(toAdd(inPage())),
};

async function ask(form) {
  const failure = form.querySelector(".passkey__failure");
  failure.textContent = "";
  try {
    const credential = await ways[form.dataset.passkey](form);
    form.elements.credential.value = JSON.stringify(written(credential));
    form.submit();
  } catch {
    failure.textContent = "That did not work. Try again, or choose another way.";
  }
}

if (globalThis.document && window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
}
