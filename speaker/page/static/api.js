// What the page asks of its speaker.

export class Lost extends Error {} // nobody answers
export class Gone extends Error {} // the server has forgotten this tab's speaker

const PATIENCE = 8000; // milliseconds; Alexa gives a skill as long

async function ask(path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method: body ? "POST" : "GET",
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new Lost(path);
  }
  if (answer.status === 401) location.reload(); // a server that was started again has another pass code
  if (answer.status === 404) throw new Gone(path);
  if (answer.status >= 500) throw new Lost(path);
  const read = await answer.json().catch(() => ({ error: "an answer that cannot be read" }));
  if (!answer.ok) throw new Error(read.error);
  return read;
}

export const locales = () => ask("/bedside/locales").then((read) => read.locales);
export const open = (locale, screen) => ask("/bedside/open", { locale, screen });
export const say = (tab, text, after) => ask("/bedside/say", { tab, text, after });
export const silence = (tab) => ask("/bedside/silence", { tab });
export const touch = (tab, args, after) => ask("/bedside/touch", { tab, arguments: args, after });
export const evening = () => ask("/bedside/evening");
export const startEvening = (tab) => ask("/bedside/evening", { tab });
export const screen = () => ask("/bedside/screen");
export const drop = (tab) => ask("/bedside/drop", { tab });

// Whether anybody is there. A server that is away is expected here, so it is asked without a fuss.
export async function there() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}
