// A display that stays on while somebody stretches, and fills the screen where it may.

let wanted = false;
let lock = null;

// Browsers give the lock on https and on this machine only; elsewhere the tablet's own setting counts.
export async function keep(on) {
  wanted = on;
  if (!on) {
    lock?.release().catch(() => {});
    lock = null;
    return;
  }
  if (lock || !navigator.wakeLock || document.visibilityState !== "visible") return;
  try {
    lock = await navigator.wakeLock.request("screen");
    lock.addEventListener("release", () => (lock = null));
    if (!wanted) keep(false);
  } catch {
    lock = null; // a battery that is low, or a rule of the browser's
  }
}

document.addEventListener("visibilitychange", () => keep(wanted));

// The button that fills the screen; there is none where the browser cannot.
export function full(button) {
  const page = document.documentElement;
  button.hidden = !page.requestFullscreen;
  button.addEventListener("click", () => {
    const done = document.fullscreenElement ? document.exitFullscreen() : page.requestFullscreen();
    done.catch(() => {});
  });
  document.addEventListener("fullscreenchange", () =>
    button.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement))),
  );
}
