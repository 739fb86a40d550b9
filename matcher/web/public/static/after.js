// Tosses the coin on this device, so that what was truly answered never leaves it. The server does
// the same for browsers without scripts; the chances stand in matcher/domain/outcomes.py.
const form = document.querySelector("#questions");
const tossed = new Map(); // who presses twice tells no more than who presses once

document.querySelector("#by-server").hidden = true;
document.querySelector("#by-browser").hidden = false;
form.addEventListener("change", ({ target }) => tossed.delete(target.name));
form.addEventListener("formdata", ({ formData }) => {
  for (const [name, given] of Array.from(formData)) {
    const options = Array.from(form.querySelectorAll(`[type=radio][name="${name}"]`), (one) => one.value);
    if (!options.length) continue;
    if (!tossed.has(name)) tossed.set(name, below(2) ? given : options[below(options.length)]);
    formData.set(name, tossed.get(name));
  }
  formData.set("tossed", "yes");
});
form.addEventListener("reset", () => tossed.clear());
addEventListener("pagehide", () => form.reset()); // a page gone back to says nothing of before

// One of so many numbers, each as likely: bytes that would favour the first are drawn again.
function below(count) {
  const [byte] = crypto.getRandomValues(new Uint8Array(1));
  return byte < 256 - (256 % count) ? byte % count : below(count);
}
