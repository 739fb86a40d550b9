// Finds needs by other words, which come when the field is first used; what is typed is never sent.
const LEAST = 2;
const box = document.querySelector("#find");
const field = box.querySelector("input");
const told = box.querySelector("[role=status]");
const groups = Array.from(document.querySelectorAll("#needs > details"), (details) => ({
  details,
  needs: Array.from(details.querySelectorAll("input[name=needs]"), (input) => {
    const label = input.labels[0];
    return { input, label, words: folded(label.textContent) };
  }),
}));
let before = null;

box.hidden = false;
field.addEventListener("focus", load, { once: true });
field.addEventListener("input", find);
addEventListener("pagehide", () => {
  field.value = "";
  find();
});

async function load() {
  try {
    const found = JSON.parse(await (await fetch(box.dataset.at, { cache: "no-store" })).text());
    for (const { needs } of groups) {
      for (const need of needs) need.words = folded(found[need.input.id.replace("need-", "")]);
    }
    find();
  } catch {
    field.addEventListener("focus", load, { once: true });
  }
}

function find() {
  const wanted = folded(field.value);
  const isLooking = wanted.join("").length >= LEAST;
  const fits = ({ words }) => wanted.every((want) => words.some((word) => word.startsWith(want)));
  const found = isLooking ? groups.flatMap(({ needs }) => needs.filter(fits)) : [];
  if (found.length) narrow(new Set(found));
  else widen();
  const { none, found: some } = box.dataset;
  told.textContent = !isLooking ? "" : found.length ? some.replace("{count}", found.length) : none;
}

function narrow(found) {
  before ??= groups.map(({ details }) => details.open);
  for (const { details, needs } of groups) {
    for (const need of needs) show(need, found.has(need) || need.input.checked);
    const shown = needs.filter(({ input }) => !input.hidden);
    details.hidden = !shown.length;
    details.open = shown.length > 0;
  }
}

function widen() {
  groups.forEach(({ details, needs }, at) => {
    for (const need of needs) show(need, true);
    details.hidden = false;
    if (before) details.open = before[at] || needs.some(({ input }) => input.checked);
  });
  before = null;
}

function show({ input, label }, isShown) {
  input.hidden = !isShown;
  label.hidden = !isShown;
}

// Words without capitals, marks, hamza, tatweel, the article, and with one of letters written two ways.
function folded(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(/[\p{M}\u0640\u0621'\u2019]/gu, "");
  const alike = plain.replace(/\u0671/g, "\u0627").replace(/\u0629/g, "\u0647")
    .replace(/[\u0649\u06cc]/g, "\u064a").replace(/\u06a9/g, "\u0643");
  return (alike.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/^\u0648?\u0627\u0644(?=\p{L}{2})/u, ""));
}
