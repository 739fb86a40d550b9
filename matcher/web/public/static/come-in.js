// Before the answers are sent: makes the code here, shows it, asks one group back, and sends only
// what derives from it. Without this script the server makes the code and shows it afterwards.
import { canDerive, groups, keysOf, newCode, plain } from "./code.js";
import { know } from "./leave.js";

const step = document.getElementById("made");
const main = document.querySelector("main");
const form = main.querySelector("form");
const before = { title: document.title, shown: Array.from(main.children) };

let code = "";

if (canDerive()) {
  form.addEventListener("submit", begin);
  globalThis.addEventListener("pagehide", forget);
}

async function begin(event) {
  const goesOn = event.submitter?.value === "next";
  if (!goesOn || !form.checkValidity()) return; // the server says what is missing
  event.preventDefault();
  try {
    code ||= newCode();
    show(await keysOf(code));
  } catch {
    send({}); // as without this script
  }
}

function show(keys) {
  back(); // pressed twice
  const page = step.content.cloneNode(true);
  const asked = crypto.getRandomValues(new Uint8Array(1))[0] % groups(code).length;
  page.querySelector(".code").append(...groups(code).map(listed));
  const name = page.querySelector("label");
  name.textContent = name.textContent.replace("{number}", asked + 1);
  page.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isGroup(asked)) return;
    know(code);
    send(keys);
  });
  page.querySelector("#picture").addEventListener("click", draw);
  page.querySelector("#without").addEventListener("click", (event) => {
    event.target.disabled = true; // unlike a code, this cannot be sent twice
    know();
    send({ without: "yes" });
  });
  page.querySelector("#back").addEventListener("click", back);
  for (const one of before.shown) one.hidden = true;
  main.append(page);
  document.title = step.dataset.title;
  globalThis.scrollTo(0, 0);
  main.querySelector("#code-title").focus();
}

function listed(group) {
  const item = document.createElement("li");
  const letters = document.createElement("bdi");
  letters.textContent = group;
  item.append(letters);
  return item;
}

function isGroup(asked) {
  const field = document.getElementById("group");
  const error = document.getElementById("group-error");
  const isRight = plain(field.value) === plain(groups(code)[asked]);
  error.textContent = isRight ? "" : plain(field.value) ? step.dataset.wrong : step.dataset.empty;
  error.hidden = isRight;
  field.setAttribute("aria-invalid", String(!isRight));
  field.parentElement.classList.toggle("is-wrong", !isRight);
  if (!isRight) field.focus();
  return isRight;
}

async function draw(event) {
  const { drawn } = await import("./picture.js");
  const figure = document.getElementById("drawn");
  figure.replaceChildren(drawn(code));
  figure.hidden = false;
  event.target.hidden = true;
}

function send(fields) {
  for (const field of form.querySelectorAll(".sent")) field.remove();
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", className: "sent", name, value });
    form.append(field);
  }
  form.submit();
}

function back() {
  for (const one of Array.from(main.children)) if (!before.shown.includes(one)) one.remove();
  for (const one of before.shown) one.hidden = false;
  document.title = before.title;
}

// Whoever comes back to this page from a later one finds no code on it.
function forget() {
  back();
  for (const field of form.querySelectorAll(".sent")) field.remove();
  code = "";
}
