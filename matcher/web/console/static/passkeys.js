// Asks the device for a passkey: to make one, or to sign in with one instead of digits. What it
// answers goes into a hidden field of the form, as text.
const made = document.getElementById("new-passkey");
const asked = document.getElementById("with-passkey");

if (globalThis.PublicKeyCredential) {
  made?.addEventListener("submit", (event) => ask(event, made, make));
  asked?.addEventListener("click", (event) => ask(event, asked.form, get));
  if (asked) asked.hidden = false;
}

async function ask(event, form, how) {
  event.preventDefault();
  const fields = form.elements;
  try {
    fields.passkey.value = JSON.stringify(told(await how(form.dataset, bytes(fields.challenge.value))));
  } catch {
    fields.passkey.value = ""; // the page says that none came
  }
  form.submit();
}

function make({ site, user, name }, challenge) {
  return navigator.credentials.create({
    publicKey: {
      challenge,
      rp: { id: site, name: site },
      user: { id: new TextEncoder().encode(user), name, displayName: name },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
    },
  });
}

function get({ site }, challenge) {
  return navigator.credentials.get({ publicKey: { challenge, rpId: site, userVerification: "preferred" } });
}

function told({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const named = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return { id, rawId: text(rawId), type, response: Object.fromEntries(named) };
}

function bytes(typed) {
  return Uint8Array.from(atob(typed.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
