// "Leave this page" at once, by its link or by Escape three times; and a cover over a page that nobody
// used for two minutes. Without this script the link leads away as well, and nothing is covered.
const CALM = 120_000;
const HURRY = 2_000;
const TIMES = 3;
const FIRST = "first"; // ten bits of the code's first group: they tell a slip, and not the group
const ALIKE = { o: "0", i: "1", l: "1", u: "v" };
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "input"];

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

// From now on, the first group of this code opens what is covered in this tab; "" forgets it.
export function know(code) {
  try {
    if (code) sessionStorage.setItem(FIRST, sum(code.slice(0, 4)));
    else sessionStorage.removeItem(FIRST);
  } catch {
    // this browser keeps nothing: then a button opens it
  }
}

function onClick(event) {
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (!isPlain || !event.target.closest?.(".leave")) return;
  event.preventDefault();
  leave();
}

function onKey(event) {
  if (event.key !== "Escape" || event.repeat || event.isComposing) return;
  const now = Date.now();
  escapes = [...escapes.filter((at) => now - at < HURRY), now];
  const left = TIMES - escapes.length;
  if (left <= 0) leave();
  else {
    told.textContent = left === 1 ? told.dataset.once : told.dataset.twice;
    setTimeout(() => { if (Date.now() - escapes.at(-1) >= HURRY) told.textContent = ""; }, HURRY);
  }
}

// The page is empty before anything is asked for. Without a connection it stays so.
function leave() {
  const { href } = link;
  document.title = "";
  document.body.replaceChildren();
  try {
    sessionStorage.clear();
  } catch {
    // nothing was kept
  }
  location.replace(navigator.onLine ? href : "about:blank");
}

// A device that slept runs no timers: what wakes it must not count before the cover is there.
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
  covered = { shown, focus: document.activeElement, at: globalThis.scrollY, title: bare() };
  const page = sheet.content.cloneNode(true);
  const check = known();
  if (!check) page.querySelector(".question").remove();
  for (const one of shown) one.hidden = true;
  document.body.append(page);
  entitle(sheet.dataset.title);
  const form = document.querySelector(".cover form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!check || sum(form.elements[0].value) === check) uncover();
    else refuse(form);
  });
  form.elements[0].focus();
}

function refuse(form) {
  form.querySelector(".error").hidden = false;
  form.elements[0].setAttribute("aria-invalid", "true");
  form.elements[0].select();
}

function uncover() {
  const { shown, focus, at, title } = covered;
  document.querySelector(".cover").remove();
  for (const one of shown) one.hidden = false;
  covered = null;
  entitle(title);
  globalThis.scrollTo(0, at);
  focus.focus({ preventScroll: true });
}

function known() {
  try {
    return sessionStorage.getItem(FIRST);
  } catch {
    return null;
  }
}

// The dot of news stays before any title.
function bare() {
  return document.title.replace(/^\u2022 /, "");
}

function entitle(words) {
  document.title = (document.title.startsWith("\u2022 ") ? "\u2022 " : "") + words;
}

// Capitals, spaces, dashes, digits of other scripts and look-alikes make no difference.
function sum(typed) {
  const western = typed.normalize("NFKC").replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit);
  const plain = western.toLowerCase().replace(/[^a-z0-9]/g, "").replace(/[oilu]/g, (one) => ALIKE[one]);
  return String(Array.from(plain).reduce((sum, one) => (31 * sum + one.charCodeAt(0)) % 1021, 0));
}

function digit(one) {
  return one.charCodeAt(0) & 15;
}
