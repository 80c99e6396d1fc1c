// The place beside the speaker for the screen of an Echo Show. Nothing is drawn yet, so the speaker says it has none.

export const HAS_SCREEN = false;

// Shows what a response would put on the screen.
export function show() {}
