// The number to call, large, until somebody leaves it: nothing that is said or played takes it away.

const $ = (id) => document.getElementById(id);

export function show(numbers) {
  if (!numbers.length) return;
  $("urgent-numbers").replaceChildren(
    ...numbers.map((number) => {
      const link = document.createElement("a");
      link.href = `tel:${number.replace(/[^0-9+]/g, "")}`;
      link.textContent = number;
      return link;
    }),
  );
  $("urgent").hidden = false;
}

export function leave() {
  $("urgent").hidden = true;
}

export const isShown = () => !$("urgent").hidden;
