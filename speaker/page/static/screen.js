// The screen of an Echo Show beside the speaker, drawn by Amazon's own renderer in a frame of its own.

export class Screen {
  // `touched` is called with the arguments of what is touched.
  constructor(place, touched) {
    this.place = place;
    this.frame = null;
    window.addEventListener("message", ({ source, origin, data }) => {
      // The frame is sandboxed: it has no origin of its own, so that the window alone says whose message it is.
      if (this.frame === null || source !== this.frame.contentWindow || origin !== "null") return;
      if (data.ready) this.started();
      // The document's wish to go on comes from the speaker itself, whose time this page plays.
      if (data.arguments && data.arguments[0] !== "onward") touched(data.arguments);
    });
  }

  get on() {
    return this.frame !== null;
  }

  // Puts the screen beside the speaker, or says how to get one.
  open({ installed, hint, frame }) {
    this.close();
    this.place.hidden = false;
    if (!installed) {
      this.place.textContent = hint;
      return;
    }
    this.ready = new Promise((resolve) => (this.started = resolve));
    this.frame = document.createElement("iframe");
    this.frame.title = "What the screen shows";
    this.frame.sandbox = "allow-scripts"; // compiled code with eval: it may draw, and reach nothing of this page
    this.frame.src = frame;
    this.place.replaceChildren(this.frame);
  }

  close() {
    this.frame = null;
    this.place.replaceChildren();
    this.place.hidden = true;
  }

  // Shows what a response puts on the screen; one that puts nothing there leaves it as it is.
  async show(response) {
    const directives = response?.response?.directives ?? [];
    const directive = directives.find((own) => own.type.endsWith("RenderDocument"));
    if (!directive || !this.on) return;
    const frame = this.frame;
    await this.ready;
    frame.contentWindow?.postMessage({ directive }, "*");
  }
}
