// The browser's own speech recognition, where it has one and somebody has switched it on. It hears while the speaker
// listens, never while it speaks.

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const REFUSED = new Set(["not-allowed", "service-not-allowed", "audio-capture", "language-not-supported"]);

export class Microphone {
  on = false;
  locale = "en-US";
  hearing = false; // somebody is in the middle of a sentence
  #recognition = null;
  #heard;
  #refused;

  static get there() {
    return Boolean(Recognition);
  }

  // `heard` gets the words; `refused` is called where the browser or the person does not allow it.
  constructor(heard, refused) {
    this.#heard = heard;
    this.#refused = refused;
  }

  async listen() {
    this.close();
    if (!this.on || !Recognition) return;
    const own = (this.#recognition = new Recognition());
    own.lang = this.locale;
    own.onspeechstart = () => (this.hearing = true);
    own.onspeechend = () => (this.hearing = false);
    own.onresult = ({ results }) => {
      const words = results[results.length - 1][0].transcript;
      if (own === this.#recognition) this.#heard(words);
    };
    own.onerror = ({ error }) => {
      this.hearing = false;
      if (REFUSED.has(error)) this.#refused();
    };
    own.onend = () => (this.hearing = false);
    if (await onDevice(this.locale)) own.processLocally = true; // what is heard stays in the tablet
    if (own !== this.#recognition) return;
    try {
      own.start();
    } catch {
      this.#refused();
    }
  }

  close() {
    this.hearing = false;
    this.#recognition?.abort();
    this.#recognition = null;
  }
}

// Whether the browser can hear this language by itself, without sending anything to its maker.
export async function onDevice(locale) {
  try {
    return (await Recognition.available({ langs: [locale], processLocally: true })) === "available";
  } catch {
    return false;
  }
}
