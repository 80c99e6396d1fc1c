// What the person chose, kept in this browser. Nothing that was said is among it.

const KEY = "cramp-coach";
const SPEAKER = "cramp-coach-speaker";
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

// This tab's speaker, by the name that the server gave it, so that the page can be loaded again and go on with it.
export function speaker() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(SPEAKER));
    return typeof kept?.tab === "string" ? kept : null;
  } catch {
    return null;
  }
}

export function keepSpeaker(speaker) {
  try {
    if (speaker) sessionStorage.setItem(SPEAKER, JSON.stringify(speaker));
    else sessionStorage.removeItem(SPEAKER);
  } catch {
    // A page that is loaded again starts anew.
  }
}
