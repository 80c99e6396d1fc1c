// Plays a response in time: words at the pace of a voice, silences for as long as they last.
//
// Times are seconds of the response's own timeline, by which the skill counts: a voice that is slower or faster than
// the estimate does not change where in the response we are.

const TICK = 50; // milliseconds
const SKIPPING_SILENCE = 80; // times faster
const SKIPPING_WORDS = 6;

export class Player {
  skip = false;
  #voice;
  #on;
  #run = 0;
  #done = 0; // seconds of the events that have ended
  #position = 0; // seconds into the one that has not
  #carry = 0; // seconds that a late tick had too many
  #playing = false;
  #wake = () => {};

  // `on` has sentence(event), words(event, fraction), hold(left, of) and quiet().
  constructor(voice, on) {
    this.#voice = voice;
    this.#on = on;
  }

  // Seconds into the response; null when nothing is playing.
  get at() {
    return this.#playing ? this.#done + this.#position : null;
  }

  // True when it was played to its end, false when it was interrupted.
  async play(events) {
    this.interrupt();
    const run = ++this.#run;
    this.#playing = true;
    this.#done = this.#position = this.#carry = 0;
    for (const event of events) {
      this.#position = 0;
      if (!event.pause) this.#on.sentence(event);
      if (!event.hold) this.#on.quiet();
      await (event.pause || !this.#voice.ready ? this.#inTime(event, run) : this.#aloud(event, run));
      if (run !== this.#run) return false;
      this.#done += event.seconds;
    }
    this.#playing = false;
    this.#on.quiet();
    return true;
  }

  // Stops at once.
  interrupt() {
    this.#run++;
    this.#playing = false;
    this.#voice.stop();
    this.#wake();
    this.#on.quiet();
  }

  #show(event) {
    if (!event.pause) this.#on.words(event, this.#position / event.seconds);
    if (event.hold) this.#on.hold(Math.max(0, event.hold.of - event.hold.at - this.#position), event.hold.of);
  }

  async #inTime(event, run) {
    let last = performance.now();
    this.#position = Math.min(this.#carry, event.seconds);
    this.#carry -= this.#position;
    while (this.#position < event.seconds) {
      this.#show(event);
      await this.#tick();
      if (run !== this.#run) return;
      const now = performance.now();
      const pace = this.skip ? (event.pause ? SKIPPING_SILENCE : SKIPPING_WORDS) : 1;
      this.#position += ((now - last) / 1000) * pace;
      last = now;
    }
    // A tab in the background ticks late; what was too much here is taken off the next, so that a hold stays a hold.
    if (!this.skip) this.#carry += this.#position - event.seconds;
    this.#position = event.seconds;
    this.#show(event);
  }

  async #aloud(event, run) {
    this.#carry = 0;
    const heard = (fraction) => {
      if (run !== this.#run) return;
      this.#position = Math.min(1, fraction) * event.seconds;
      this.#show(event);
    };
    heard(0);
    await this.#voice.speak(event, heard);
    if (run === this.#run) heard(1);
  }

  #tick() {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TICK);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
