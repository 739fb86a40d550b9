// Lets a worker do the work that this page asks for, then sends the page's form.
// Without JavaScript, or without workers, waiting and pressing the button does the same.

const form = document.getElementById("again");
const status = form.querySelector("[role=status]");

function begin() {
  const worker = new Worker(form.dataset.worker, { type: "module" });
  worker.onerror = () => worker.terminate();
  worker.onmessage = ({ data: answer }) => {
    worker.terminate();
    form.elements.work.value = answer;
    status.textContent = status.dataset.done;
    form.requestSubmit();
  };
  status.textContent = status.dataset.working;
  worker.postMessage({ challenge: form.dataset.challenge, bits: Number(form.dataset.bits) });
}

begin();
