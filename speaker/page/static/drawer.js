// The drawer for developers: every request and response, the newest first.

const MOST = 50;
const drawer = document.getElementById("drawer");
const opener = document.getElementById("open-drawer");
const closer = document.getElementById("close-drawer");
const turns = document.getElementById("turns");
let number = 0;

function show(open) {
  drawer.hidden = !open;
  document.body.classList.toggle("drawn", open);
  opener.setAttribute("aria-expanded", String(open));
  (open ? closer : opener).focus();
}

opener.addEventListener("click", () => show(drawer.hidden));
closer.addEventListener("click", () => show(false));
drawer.addEventListener("keydown", (event) => {
  if (event.key === "Escape") show(false);
});

export function add(turn) {
  if (!turn.request) return;
  document.getElementById("drawer-empty").hidden = true;
  const { type, intent } = turn.request.request;
  const entry = document.createElement("details");
  const title = document.createElement("summary");
  title.textContent = `${++number}  ${intent?.name ?? type}${turn.how ? `, ${turn.how}` : ""}`;
  entry.append(title, json("Request", turn.request), json("Response", turn.response));
  turns.prepend(entry);
  while (turns.childElementCount > MOST) turns.lastElementChild.remove();
}

function json(name, value) {
  const part = document.createElement("div");
  const heading = document.createElement("h3");
  heading.textContent = name;
  const text = document.createElement("pre");
  text.tabIndex = 0; // so that it can be scrolled with the keyboard
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", `${name} ${number}`);
  text.textContent = JSON.stringify(value, null, 2);
  part.append(heading, text);
  return part;
}
