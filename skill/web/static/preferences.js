// What the person chose, kept in this browser. Nothing that was said is among it.

const KEY = "cramp-coach";
const DEFAULTS = { locale: "en-US", muted: false, skip: false };

export function read() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...DEFAULTS }; // storage is closed, or somebody else's words are in it
  }
}

export function keep(chosen) {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // It works without; it is asked again next time.
  }
}
