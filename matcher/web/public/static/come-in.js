// Before the answers are sent: makes the code here, shows it, asks one group back, and sends only
// what derives from it. Without this script the server makes the code and shows it afterwards.
import { canDerive, groups, keysOf, newCode, plain } from "./code.js";
import { know } from "./leave.js";

const step = document.getElementById("made");
const main = document.querySelector("main");
const form = main.querySelector("form");
const before = { title: document.title, shown: Array.from(main.children) };

let code = "";
let words; // the code in words, and how to compare one, once somebody asked for them
let isInWords = false;

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
  for (const [name, number] of [["letters", asked + 1], ["words", 2 * asked + 1]]) {
    const label = page.querySelector(`label [data-as=${name}]`);
    label.textContent = label.textContent.replace("{number}", number);
  }
  page.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isRight(asked)) return;
    know(code, ...(words?.all.slice(0, 1) ?? []));
    send(keys);
  });
  page.querySelector("#words").addEventListener("click", (event) => ask(event.target.closest("button"), spell));
  page.querySelector("#picture").addEventListener("click", (event) => ask(event.target, draw));
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

function isRight(asked) {
  const typed = document.getElementById("group").value;
  return isInWords
    ? compare(words.key(typed), words.key(words.all[2 * asked]), step.dataset.noWord)
    : compare(plain(typed), plain(groups(code)[asked]), step.dataset.empty);
}

function compare(given, right, empty) {
  const field = document.getElementById("group");
  const error = document.getElementById("group-error");
  const isSame = given === right;
  error.textContent = isSame ? "" : given ? step.dataset.wrong : empty;
  error.hidden = isSame;
  field.setAttribute("aria-invalid", String(!isSame));
  field.parentElement.classList.toggle("is-wrong", !isSame);
  if (!isSame) field.focus();
  return isSame;
}

// Words and the picture are loaded when somebody asks for them: without a connection they are not.
async function ask(button, show) {
  const missing = document.getElementById("missing");
  missing.hidden = true;
  button.disabled = true;
  try {
    await show(button);
  } catch {
    button.after(missing);
    missing.hidden = false;
  } finally {
    button.disabled = false;
  }
}

// Shows the code in words, or in letters and digits again.
async function spell() {
  words ??= await written();
  turn(!isInWords);
}

async function written() {
  const { key, list, spelled } = await import("./code-words.js");
  const all = spelled(code, await list(step.dataset.list));
  main.querySelector(".words").append(...all.map(listed));
  return { all, key };
}

function turn(toWords) {
  isInWords = toWords;
  for (const one of main.querySelectorAll("[data-as]")) {
    one.hidden = (one.dataset.as === "words") !== toWords;
  }
  document.getElementById("group-error").hidden = true;
  const field = document.getElementById("group");
  field.value = "";
  field.dir = toWords ? "auto" : "ltr";
  field.classList.toggle("short", !toWords);
}

async function draw(button) {
  const { drawn } = await import("./picture.js");
  const figure = document.getElementById("drawn");
  figure.replaceChildren(drawn(code));
  figure.hidden = false;
  button.hidden = true;
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
  words = undefined;
  isInWords = false;
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
