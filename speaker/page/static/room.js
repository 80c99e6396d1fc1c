// What is seen: the light, the ring that counts a hold down, the words, and what has been said.

const $ = (id) => document.getElementById(id);

const NAMES = {
  closed: "Closed",
  thinking: "Thinking",
  speaking: "Speaking",
  holding: "Holding",
  listening: "Listening",
  lost: "No connection",
};
// A screen reader is told what matters to somebody who cannot see the ring, and spared the rest.
const TOLD = { closed: "The speaker is closed.", listening: "Listening.", lost: "No connection to the speaker." };
const FIRM = new Set(["loud", "x-loud"]);
const MOST_LINES = 200;

export function light(name) {
  if (document.body.dataset.light === name) return;
  document.body.dataset.light = name;
  $("state").textContent = NAMES[name];
  if (TOLD[name]) $("status").textContent = TOLD[name];
  listening(1);
}

// The fraction of the listening time that is left, as the length of the lit ring.
export function listening(left) {
  document.querySelector(".light").style.strokeDasharray = left < 1 ? `${(left * 100).toFixed(2)} 100` : "";
}

export function hold(left, of) {
  if (of === null) {
    document.body.classList.remove("holds");
    $("count").textContent = $("unit").textContent = "";
    return;
  }
  document.body.classList.add("holds");
  document.querySelector(".hold").style.strokeDasharray = `${((left / of) * 100).toFixed(2)} 100`;
  $("count").textContent = String(Math.ceil(left));
  $("unit").textContent = "seconds";
}

// A sentence, its words still unspoken.
export function sentence(event) {
  document.body.dataset.voice = FIRM.has(event.style) ? "firm" : event.style || "soft";
  const spans = event.words.split(/\s+/).map((word) => {
    const span = document.createElement("span");
    span.textContent = word;
    return span;
  });
  $("now").replaceChildren(...spans.flatMap((span) => [span, " "]));
  add("coach", event.words);
}

// The words said so far.
export function words(fraction) {
  const spans = $("now").children;
  const said = Math.min(spans.length, Math.floor(fraction * spans.length) + 1);
  for (let index = 0; index < said; index++) spans[index].classList.add("spoken");
}

export function silent() {
  $("now").replaceChildren();
}

export function you(text) {
  note("");
  add("you", text);
}

export function note(text) {
  $("note").textContent = text;
  if (text) add("aside", text);
}

function add(who, text) {
  const log = $("log");
  const line = document.createElement("p");
  line.className = who;
  const speaker = { you: "You", coach: "Speaker", aside: "Note" }[who];
  const name = document.createElement("span");
  name.className = "unseen";
  name.textContent = `${speaker}: `;
  line.append(name, text);
  log.append(line);
  while (log.childElementCount > MOST_LINES) log.firstElementChild.remove();
  log.scrollTop = log.scrollHeight;
}
