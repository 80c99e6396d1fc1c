// Things one could say, a tap each. The order stays while the speaker is open, so that no tap goes astray, and when
// the phrases change under the finger the second tap of a double one says nothing.

const SETTLE = 600; // milliseconds in which new phrases take no tap
const place = document.getElementById("phrases");
let settling = 0;

const OPEN = [
  "Yes",
  "No",
  "Next",
  "Hold longer",
  "It's my foot",
  "It's getting worse",
  "Whisper",
  "Why do I get cramps?",
  "Stop",
];

export const SILENCE = "(say nothing)";

export function closed(invocation) {
  return [
    `Alexa, open ${invocation}`,
    `Alexa, ask ${invocation} to continue`,
    `Alexa, ask ${invocation} why do I get cramps`,
    `Alexa, ask ${invocation} for bedtime stretches`,
  ];
}

export function show(isOpen, invocation, chosen) {
  const wanted = isOpen ? [...OPEN, SILENCE] : closed(invocation);
  const shown = [...place.children].map((button) => button.textContent);
  if (wanted.join("\n") === shown.join("\n")) return;
  const focused = place.contains(document.activeElement);
  place.replaceChildren(
    ...wanted.map((phrase) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = phrase;
      button.addEventListener("click", () => {
        if (!place.dataset.settling) chosen(phrase);
      });
      return button;
    }),
  );
  if (focused) place.firstElementChild.focus();
  if (!shown.length) return; // nothing was there to be tapped twice
  place.dataset.settling = "true";
  clearTimeout(settling);
  settling = setTimeout(() => delete place.dataset.settling, SETTLE);
}
