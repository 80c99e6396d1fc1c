// Gathers the remarks into a file, and puts those of a file back. Nothing is sent anywhere.
const form = document.forms.reviewer;
const every = [...document.querySelectorAll("details[data-hash]")];
let unsaved = false;

function remark(own) {
  const verdict = own.querySelector("select").value;
  const text = own.querySelector("textarea").value.trim();
  return { id: own.dataset.id, hash: own.dataset.hash, verdict, text };
}

function show(own) {
  own.dataset.verdict = own.querySelector("select").value;
}

for (const own of every) {
  own.addEventListener("change", () => {
    unsaved = true;
    show(own);
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const remarks = every.map(remark).filter((own) => own.verdict || own.text);
  const day = new Date();
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const file = { format: form.dataset.format, by: form.by.value.trim(), role: form.role.value, date, remarks };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1) + "\n"], { type: "application/json" }));
  link.download = `cramp-coach-remarks-${date}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  unsaved = false;
  form.querySelector("output").textContent = `${remarks.length} remarks saved to ${link.download}.`;
});

form.file.addEventListener("change", async () => {
  try {
    const file = JSON.parse(await form.file.files[0].text());
    form.by.value = file.by;
    form.role.value = file.role;
    let put = 0;
    for (const own of every) {
      const found = file.remarks.find((one) => one.id === own.dataset.id && one.hash === own.dataset.hash);
      if (!found) continue;
      own.querySelector("select").value = found.verdict;
      own.querySelector("textarea").value = found.text;
      show(own);
      put += 1;
    }
    const left = file.remarks.length - put;
    form.querySelector("output").textContent = `${put} remarks read` + (left ? `, ${left} of another version left out.` : ".");
  } catch (error) {
    form.querySelector("output").textContent = `Expected a file of remarks, found something else (${error.message}).`;
  }
});

addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
form.hidden = false;
