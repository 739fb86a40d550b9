// Says at once when a code is mistyped, and sends only what derives from it: the field itself is
// never sent. Without this script the server does both.
import { LENGTH, canDerive, keysOf, parse, plain } from "./code.js";
import { know } from "./leave.js";

const form = document.querySelector("main form");
const field = form.querySelector("input[name=code]");
const told = Object.assign(document.createElement("p"), { className: "error", id: "code-slip" });

if (canDerive()) {
  told.setAttribute("role", "alert");
  field.before(told);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby")} ${told.id}`);
  field.addEventListener("input", () => {
    say(plain(field.value).length >= LENGTH && !parse(field.value));
  });
  form.addEventListener("submit", begin);
  globalThis.addEventListener("pagehide", forget);
}

async function begin(event) {
  if (event.submitter?.name) { // another language: a code is not sent for that either
    field.disabled = true;
    return;
  }
  if (!plain(field.value)) return; // the server says that nothing was typed
  event.preventDefault();
  const code = parse(field.value);
  say(!code);
  if (!code) {
    field.focus();
    return;
  }
  try {
    const keys = await keysOf(code);
    know(code);
    send(keys);
  } catch {
    form.submit(); // as without this script
  }
}

function send(keys) {
  drop();
  for (const [name, value] of Object.entries(keys)) {
    const sent = document.createElement("input");
    form.append(Object.assign(sent, { type: "hidden", className: "sent", name, value }));
  }
  field.disabled = true;
  form.submit();
}

function say(isMistyped) {
  told.textContent = isMistyped ? form.dataset.mistyped : "";
  field.parentElement.classList.toggle("is-wrong", isMistyped);
  field.setAttribute("aria-invalid", String(isMistyped));
}

function forget() {
  field.value = "";
  field.disabled = false;
  drop();
}

function drop() {
  for (const sent of form.querySelectorAll(".sent")) sent.remove();
}
