// The browser's own speech synthesis, where it has a voice for the locale.

const VOLUME = { whispered: 0.3, silent: 0, "x-soft": 0.35, soft: 0.6, medium: 0.8, loud: 1, "x-loud": 1 };
const RATE = { whispered: 0.85, soft: 0.9, loud: 1, "x-loud": 1 };
const GIVE_UP = 4; // seconds over twice the estimate; some voices never tell that they have ended

export class Voice {
  muted = false;
  locale = "en-US";
  #synthesis = window.speechSynthesis ?? null;
  #finish = () => {};

  // Some browsers know their voices only after a while, and tell so.
  get ready() {
    return !this.muted && this.there;
  }

  get there() {
    return Boolean(this.#chosen());
  }

  // Resolves when it has been said, was stopped, or the voice fell silent; `heard` gets the fraction said so far.
  speak(event, heard) {
    return new Promise((resolve) => {
      const words = event.aloud ?? event.words;
      const utterance = new SpeechSynthesisUtterance(words);
      utterance.voice = this.#chosen();
      utterance.lang = this.locale;
      utterance.volume = VOLUME[event.style] ?? 0.8;
      utterance.rate = RATE[event.style] ?? 0.95;
      const ends = setTimeout(() => this.stop(), (event.seconds * 2 + GIVE_UP) * 1000);
      this.#finish = () => {
        clearTimeout(ends);
        resolve();
      };
      const finish = this.#finish;
      utterance.onboundary = ({ charIndex, charLength }) =>
        heard((charIndex + (charLength || 1)) / words.length);
      utterance.onend = utterance.onerror = finish;
      this.#synthesis.speak(utterance);
    });
  }

  stop() {
    this.#finish();
    this.#finish = () => {};
    this.#synthesis?.cancel();
  }

  #chosen() {
    const voices = this.#synthesis?.getVoices() ?? [];
    const own = voices.filter((voice) => voice.lang.replace("_", "-").startsWith(this.locale));
    const any = voices.filter((voice) => voice.lang.startsWith("en"));
    return own.find((voice) => voice.localService) ?? own[0] ?? any.find((voice) => voice.localService) ?? any[0];
  }
}
