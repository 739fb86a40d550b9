// Leaves at once, by the link or Escape three times; covers a page that nobody used for two minutes.
const CALM = 120_000;
const HURRY = 2_000;
const FIRST = "first"; // ten bits of a code's first group, and ten of its first word
const ALIKE = { o: "0", i: "1", l: "1", u: "v", "\u0629": "\u0647", "\u0649": "\u064a", "\u0621": "" };
const SIGNS = ["keydown", "pointerdown", "pointermove", "scroll", "input"];

const link = document.querySelector(".leave");
const told = document.querySelector("#escapes");
const sheet = document.querySelector("#cover");
let escapes = [];
let used = Date.now();
let covered = null;

document.querySelector("#escape").hidden = false;
link.setAttribute("aria-describedby", "escape");
document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey, true);
document.addEventListener("visibilitychange", coverIfDue);
for (const sign of SIGNS) document.addEventListener(sign, onSign, { capture: true, passive: true });
watch();

// From now on, what begins like one of these opens what is covered in this tab; like none, a button.
export function know(...codes) {
  tab((kept) => kept.setItem(FIRST, codes.map(sum).join(" ")));
}

// Where a browser keeps nothing, a button opens what is covered.
function tab(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}

function onClick(event) {
  if (event.ctrlKey || event.metaKey || !event.target.closest?.(".leave")) return;
  event.preventDefault();
  leave();
}

function onKey(event) {
  if (event.key !== "Escape" || event.repeat || event.isComposing) return;
  const now = Date.now();
  escapes = [...escapes.filter((at) => now - at < HURRY), now];
  if (escapes.length > 2) return leave();
  told.textContent = told.dataset[escapes.length > 1 ? "once" : "twice"];
  setTimeout(() => { if (now === escapes.at(-1)) told.textContent = ""; }, HURRY);
}

// The page is empty before anything is asked for; without a connection it stays so.
function leave() {
  const { href } = link;
  document.title = "";
  document.body.replaceChildren();
  tab((kept) => kept.clear());
  location.replace(navigator.onLine ? href : "about:blank");
}

// Timers sleep with the device: what wakes it comes after the cover.
function onSign() {
  coverIfDue();
  used = Date.now();
}

function coverIfDue() {
  if (Date.now() - used >= CALM) cover();
}

function watch() {
  coverIfDue();
  setTimeout(watch, Math.max(used + CALM - Date.now(), HURRY));
}

function cover() {
  if (covered || !link.isConnected) return;
  const shown = Array.from(document.body.children).filter((one) => !one.hidden && one !== told);
  covered = { shown, focus: document.activeElement, at: scrollY, title: entitle(sheet.dataset.title) };
  const page = sheet.content.cloneNode(true);
  const check = tab((kept) => kept.getItem(FIRST));
  if (!check) page.querySelector(".question").remove();
  for (const one of shown) one.hidden = true;
  document.body.append(page);
  const form = document.querySelector(".cover form");
  const [first] = form.elements; // the field, or else the button
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!check || check.split(" ").includes(sum(first.value))) return uncover();
    form.querySelector(".error").hidden = false;
    first.setAttribute("aria-invalid", "true");
    first.select();
  });
  first.focus();
}

function uncover() {
  const { shown, focus, at, title } = covered;
  document.querySelector(".cover").remove();
  for (const one of shown) one.hidden = false;
  covered = null;
  entitle(title);
  scrollTo(0, at);
  focus.focus({ preventScroll: true });
}

// The dot of news stays before any title.
function entitle(words) {
  const [, dot, title] = document.title.match(/^(\u2022 )?(.*)/);
  document.title = (dot ?? "") + words;
  return title;
}

// Of the first four letters, made alike as in code.js and code-words.js.
function sum(typed) {
  const western = typed.normalize("NFKD").replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit);
  const plain = western.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "").replace(/[oilu\u0621\u0629\u0649]/g, (one) => ALIKE[one]);
  return `${Array.from(plain.slice(0, 4)).reduce((sum, one) => (31 * sum + one.charCodeAt()) % 1021, 0)}`;
}

function digit(one) {
  return one.charCodeAt() & 15;
}
