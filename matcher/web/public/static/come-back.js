// Says at once when a code is mistyped, and sends only what derives from it: the field itself is
// never sent. Without this script the server does both.
import { LENGTH, canDerive, keysOf, parse, plain } from "./code.js";
import { know } from "./leave.js";

const form = document.querySelector("main form");
const field = form.querySelector("[name=code]");
const told = Object.assign(document.createElement("p"), { className: "error", id: "code-slip" });

let lists; // asked for when somebody types words

if (canDerive()) {
  told.setAttribute("role", "alert");
  field.before(told);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby")} ${told.id}`);
  field.addEventListener("input", look);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !parse(field.value)) return;
    event.preventDefault(); // a line's end belongs between words alone
    form.requestSubmit();
  });
  form.addEventListener("submit", begin);
  globalThis.addEventListener("pagehide", forget);
}

async function look() {
  const typed = field.value;
  try {
    const found = await understood(typed);
    if (field.value === typed) say(goesOn(typed, found) ? {} : found);
  } catch {
    // it is asked for once more when the form is sent
  }
}

// Whoever is still typing is told nothing yet of what is not there.
function goesOn(typed, { slip, number, isLast }) {
  if (slip === "letters") return number < LENGTH;
  return isLast && (slip === "count" || /\p{L}$/u.test(typed));
}

async function understood(typed) {
  const code = parse(typed);
  if (code) return { code };
  if (!mayBeWords(typed)) return misspelled(typed);
  const { isInWords, list, read } = await import("./code-words.js");
  if (!isInWords(typed)) return misspelled(typed);
  lists ??= Promise.all(form.dataset.lists.split(" ").map(list));
  try {
    return read(typed, await lists);
  } catch (error) {
    lists = undefined;
    throw error;
  }
}

function misspelled(typed) {
  const number = Array.from(plain(typed)).length;
  return number === LENGTH ? { slip: "mistyped" } : { slip: "letters", number };
}

function mayBeWords(typed) {
  return (typed.match(/[\p{L}\p{M}]{3,}/gu) ?? []).length > 2;
}

async function begin(event) {
  if (event.submitter?.name) { // another language: a code is not sent for that either
    field.disabled = true;
    return;
  }
  if (!plain(field.value)) return; // the server says that nothing was typed
  event.preventDefault();
  const found = await understood(field.value).catch(() => ({ slip: "failed" }));
  say(found);
  if (!found.code) {
    field.focus();
    return;
  }
  try {
    const keys = await keysOf(found.code);
    know(...[found.code, found.first].filter(Boolean));
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

function say({ slip, number }) {
  told.textContent = slip ? form.dataset[slip].replace("{number}", number) : "";
  field.parentElement.classList.toggle("is-wrong", Boolean(slip));
  field.setAttribute("aria-invalid", String(Boolean(slip)));
}

function forget() {
  field.value = "";
  field.disabled = false;
  drop();
}

function drop() {
  for (const sent of form.querySelectorAll(".sent")) sent.remove();
}
