// Asks now and then whether anything is new. It asks in the same way and as often in every state, so
// that whoever watches the line learns nothing; only the page says what came. The title changes for
// who wishes it alone, to a dot, and the tab remembers that wish until it is closed.
const LEAST = 30_000;
const WISH = "dot";
const DOT = "\u2022 ";
const box = document.querySelector("#news");
const note = box.querySelector("p");
const choice = document.querySelector("#wish");
const dot = choice.querySelector("input");

choice.hidden = false;
dot.checked = wished();
dot.addEventListener("change", () => {
  wish(dot.checked);
  entitle();
});
later();

function later() {
  setTimeout(ask, LEAST * (1 + Math.random()));
}

async function ask() {
  try {
    const answer = await fetch(box.dataset.at, { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== box.dataset.mark) {
      note.hidden = false;
      entitle();
    }
  } catch {
    // no connection just now: the next time will tell
  }
  later();
}

function entitle() {
  const title = document.title.startsWith(DOT) ? document.title.slice(DOT.length) : document.title;
  document.title = dot.checked && !note.hidden ? DOT + title : title;
}

function wished() {
  try {
    return sessionStorage.getItem(WISH) !== null;
  } catch {
    return false; // this browser keeps nothing
  }
}

function wish(isOn) {
  try {
    if (isOn) sessionStorage.setItem(WISH, "");
    else sessionStorage.removeItem(WISH);
  } catch {
    // it holds for this page, then
  }
}
