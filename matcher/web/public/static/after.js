// Tosses the coin on this device, so that what was truly answered never leaves it. The server does
// the same for browsers without scripts; the chances stand in matcher/domain/outcomes.py.
const form = document.querySelector("#questions");

form.addEventListener("formdata", ({ formData }) => {
  for (const [name, given] of Array.from(formData)) {
    const options = Array.from(form.querySelectorAll(`[type=radio][name="${name}"]`), (one) => one.value);
    if (options.length) formData.set(name, below(2) ? given : options[below(options.length)]);
  }
  formData.set("tossed", "yes");
});

// One of so many numbers, each as likely: bytes that would favour the first are drawn again.
function below(count) {
  const [byte] = crypto.getRandomValues(new Uint8Array(1));
  return byte < 256 - (256 % count) ? byte % count : below(count);
}
