// Finds needs by other words for them. What is typed is compared here and never sent; the words come
// once, when the field is first used, and are the same for everybody. What is ticked is never hidden.
const LEAST = 2; // letters; one would find nearly everything
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
let before = null; // which groups were open when nothing was looked for

box.hidden = false;
field.addEventListener("focus", load, { once: true });
field.addEventListener("input", find);
globalThis.addEventListener("pagehide", () => {
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
    field.addEventListener("focus", load, { once: true }); // until then, labels alone are searched
  }
}

function find() {
  const wanted = folded(field.value);
  const isLooking = wanted.join("").length >= LEAST;
  const fits = ({ words }) => wanted.every((want) => words.some((word) => word.startsWith(want)));
  const found = isLooking ? groups.flatMap(({ needs }) => needs.filter(fits)) : [];
  if (found.length) narrow(new Set(found));
  else widen();
  told.textContent = !isLooking ? "" : found.length ? count(found.length) : box.dataset.none;
}

function count(number) {
  return box.dataset.found.replace("{count}", number);
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

// As it was before, but for what was ticked meanwhile.
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

// Words without what makes no difference: capitals, accents, hamza, marks, tatweel, the article, and
// letters that keyboards and countries write in two ways.
function folded(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(/[\p{M}\u0640\u0621'\u2019]/gu, "");
  const alike = plain.replace(/\u0671/g, "\u0627").replace(/\u0629/g, "\u0647")
    .replace(/[\u0649\u06cc]/g, "\u064a").replace(/\u06a9/g, "\u0643");
  return (alike.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/^\u0648?\u0627\u0644(?=\p{L}{2})/u, ""));
}
