// The number to call, large, until somebody leaves it: nothing that is said or played takes it away.

const $ = (id) => document.getElementById(id);

// `words` are all that is said, since they are under it otherwise.
export function show(numbers, words) {
  if (!numbers.length) return;
  $("urgent-numbers").replaceChildren(
    ...numbers.map((number) => {
      const link = document.createElement("a");
      link.href = `tel:${number.replace(/[^0-9+]/g, "")}`;
      link.textContent = number;
      return link;
    }),
  );
  $("urgent-words").replaceChildren(
    ...words.map((sentence) => {
      const line = document.createElement("p");
      line.textContent = sentence;
      return line;
    }),
  );
  $("urgent").hidden = false;
}

export function leave() {
  $("urgent").hidden = true;
}

export const isShown = () => !$("urgent").hidden;
