// Finds needs by other words, which come when the field is first used; what is typed is never sent.
const LEAST = 2;
const box = document.querySelector("#find");
const field = box.querySelector("input");
const told = box.querySelector("[role=status]");
const list = document.getElementById(field.getAttribute("aria-controls"));
const groups = Array.from(list.children, (group) => ({
  group,
  needs: Array.from(group.querySelectorAll("[id^=need-]"), (need) => {
    const label = need.labels?.[0] ?? need;
    return { need, label, words: folded((need.querySelector("legend") ?? label).textContent) };
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
      for (const one of needs) one.words = folded(found[one.need.id.replace("need-", "")]);
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
  before ??= groups.map(({ group }) => group.open);
  for (const { group, needs } of groups) {
    for (const one of needs) show(one, found.has(one) || isAnswered(one));
    group.open = needs.some(({ need }) => !need.hidden);
    group.hidden = !group.open;
  }
}

function widen() {
  groups.forEach(({ group, needs }, at) => {
    for (const one of needs) show(one, true);
    group.hidden = false;
    if (before) group.open = before[at] || needs.some(isAnswered);
  });
  before = null;
}

function isAnswered({ need }) {
  return need.checked || need.querySelector("input:checked");
}

function show({ need, label }, isShown) {
  need.hidden = label.hidden = !isShown;
}

// Words without capitals, marks, hamza, tatweel, the article, and with one of letters written two ways.
function folded(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(/[\p{M}\u0640\u0621'\u2019]/gu, "");
  const alike = plain.replace(/\u0671/g, "\u0627").replace(/\u0629/g, "\u0647")
    .replace(/[\u0649\u06cc]/g, "\u064a").replace(/\u06a9/g, "\u0643");
  return (alike.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/^\u0648?\u0627\u0644(?=\p{L}{2})/u, ""));
}
