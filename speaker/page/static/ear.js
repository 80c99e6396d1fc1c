// The open microphone: so many seconds to say something. Saying nothing is an answer too.

export const OPEN = 8; // seconds, as a real speaker listens
const TICK = 100; // milliseconds

export class Ear {
  #timer = 0;

  // `left` gets the fraction of time left; `typing` says whether somebody is in the middle of a sentence.
  listen({ left, typing, silence }) {
    this.close();
    let last = performance.now();
    let heard = 0;
    const look = () => {
      const now = performance.now();
      heard = typing() ? 0 : heard + (now - last) / 1000;
      last = now;
      left(Math.max(0, 1 - heard / OPEN));
      if (heard >= OPEN) {
        this.close();
        silence();
      } else {
        this.#timer = setTimeout(look, TICK);
      }
    };
    left(1);
    this.#timer = setTimeout(look, TICK);
  }

  close() {
    clearTimeout(this.#timer);
  }
}
