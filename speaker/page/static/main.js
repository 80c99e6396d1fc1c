// A night at the bedside: what is said goes to the speaker, what it answers is played, and then it listens.

import * as api from "./api.js";
import * as drawer from "./drawer.js";
import * as awake from "./awake.js";
import { Ear } from "./ear.js";
import { Microphone, onDevice } from "./microphone.js";
import * as phrases from "./phrases.js";
import { Player } from "./player.js";
import * as preferences from "./preferences.js";
import * as room from "./room.js";
import { Screen } from "./screen.js";
import * as urgent from "./urgent.js";
import { Voice } from "./voice.js";

const RETRY = 2000; // milliseconds between two looks for a server that went away
const EVENING = 20_000; // milliseconds between two looks whether the bedtime stretches are due
const VOICES = 3000; // milliseconds in which a browser has found its voices
const $ = (id) => document.getElementById(id);

const chosen = preferences.read();
const voice = new Voice();
const ear = new Ear();
const microphone = new Microphone(
  (words) => say(words),
  () => {
    switchMicrophone(false);
    room.note("The browser does not let this page use the microphone. Tap or type instead.");
  },
);
const player = new Player(voice, {
  sentence: (event) => {
    room.light(event.hold ? "holding" : "speaking");
    room.sentence(event);
  },
  words: (_event, fraction) => room.words(fraction),
  hold: (left, of) => {
    room.light("holding");
    room.hold(left, of);
  },
  quiet: () => room.hold(0, null),
});

const screen = new Screen($("screen"), (args) => {
  if (lost || speaker === null) return;
  const after = breakIn();
  exchange(() => api.touch(speaker.tab, args, after));
});

let speaker = preferences.speaker(); // { tab, locale, invocation }, this tab's own if the page is loaded again
let open = false; // whether a session is under way, as far as has been answered
let newest = 0; // the exchange whose answer is to be played
let gone = 0; // this exchange and those before it were with a speaker that is there no more
let due = null; // an answer that has not been played, since something was said after it
let asked = ""; // what was said last
let waiting = 0; // exchanges under way
let line = Promise.resolve(); // what is said is said one after the other
let lost = false;

// ---- saying and hearing ----------------------------------------------------------------------------

function say(text) {
  const words = text.trim();
  if (!words || lost) return;
  asked = words;
  const after = breakIn();
  room.you(words);
  exchange(() => api.say(speaker.tab, words, after));
}

// Seconds into what is playing. A speaker that is open falls silent at the first word. One that is closed says its last
// words to their end, unless it hears its name: then its answer cuts them off.
function breakIn() {
  const after = waiting ? 0 : player.at; // nothing of an answer that is still to come will have been played
  if (open || player.at === null) {
    player.interrupt();
    room.silent();
  }
  return after;
}

function sayNothing() {
  if (document.body.dataset.light === "listening" && !waiting) exchange(() => api.silence(speaker.tab));
}

function exchange(ask) {
  ear.close();
  microphone.close();
  const mine = ++newest;
  waiting++;
  if (player.at === null) room.light("thinking");
  line = line.then(async () => {
    let turn = null;
    try {
      if (speaker === null) await begin();
      turn = await ask().catch((error) => (error instanceof api.Gone ? anew(ask) : Promise.reject(error)));
    } catch (error) {
      failed(error);
    } finally {
      waiting--;
    }
    if (turn === null || mine <= gone) return;
    drawer.add(turn);
    urgent.show(
      turn.call ?? [],
      turn.plays.filter((event) => event.words).map((event) => event.words),
    );
    open = turn.light !== "closed";
    awake.keep(open || urgent.isShown());
    const heard = open || turn.request !== null;
    if (heard) due = turn;
    if (mine !== newest || lost) return;
    if (!heard) {
      room.note(turn.note);
      phrases.show(open, speaker.invocation, tapped);
    }
    if (due) play(due);
    else if (player.at === null) room.light("closed");
  });
}

// The server has forgotten this tab: a new speaker, and the same words to it.
async function anew(ask) {
  await begin();
  return ask();
}

async function begin() {
  speaker = await api.open(chosen.locale, screen.on);
  preferences.keepSpeaker(screen.on ? null : speaker); // a page that is loaded has no screen at first
}

async function play(turn) {
  const isOpen = turn.light !== "closed";
  due = null;
  screen.show(turn.response);
  phrases.show(isOpen, speaker.invocation, tapped);
  if (!(await player.play(turn.plays))) return;
  if (!isOpen) {
    room.light(waiting ? "thinking" : "closed");
    room.note(turn.note);
    return;
  }
  room.light("listening");
  microphone.listen();
  ear.listen({ left: room.listening, typing: () => $("text").value !== "" || microphone.hearing, silence: sayNothing });
}

// ---- the bedtime stretches, where the server was given a time --------------------------------------------

// A page that is closed asks now and then, and begins by itself.
setInterval(async () => {
  if (!speaker?.evenings || open || waiting || lost || player.at !== null) return;
  const { due, told } = await api.evening().catch(() => ({ due: false }));
  if (!due || open || waiting || lost) return;
  room.note(told);
  exchange(() => api.startEvening(speaker.tab));
}, EVENING);

// ---- a server that goes away -----------------------------------------------------------------------

function failed(error) {
  if (error instanceof api.Lost) {
    away();
  } else {
    room.light("closed");
    room.note(`The speaker did not take that: ${error.message}`);
  }
}

async function away() {
  if (lost) return;
  lost = true;
  hush();
  room.light("lost");
  room.note("The speaker has lost its connection. Looking for it.");
  document.querySelectorAll(".you button, #locale").forEach((button) => (button.disabled = true));
  while (!(await api.there())) await new Promise((resolve) => setTimeout(resolve, RETRY));
  lost = false;
  document.querySelectorAll(".you button, #locale").forEach((button) => (button.disabled = false));
  // The session broke off. If it is the same server, the place in the routine is kept.
  await start(`The speaker is back. Say: Alexa, open ${speaker?.invocation ?? "cramp coach"}`);
}

// Nothing more of what was said so far is answered.
function hush() {
  gone = ++newest;
  due = null;
  open = false;
  ear.close();
  microphone.close();
  player.interrupt();
  room.silent();
}

async function start(note = "") {
  try {
    if (speaker === null || speaker.locale !== chosen.locale) {
      await begin();
    } else {
      await api.drop(speaker.tab).catch(async (error) => {
        if (!(error instanceof api.Gone)) throw error;
        await begin();
      });
    }
  } catch (error) {
    failed(error);
    return;
  }
  if (!waiting) room.light("closed"); // else somebody has spoken already, and is still to be answered
  if (note) room.note(note);
  phrases.show(false, speaker.invocation, tapped);
}

// ---- hands -----------------------------------------------------------------------------------------

function tapped(phrase) {
  if (phrase === phrases.SILENCE) sayNothing();
  else if (!waiting || phrase !== asked) say(phrase); // the second tap of a double one says nothing
}

$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value;
  if (lost) return; // the words stay, to be said when the speaker is back
  $("text").value = "";
  if (text.trim()) say(text);
  else sayNothing();
});

function switched(button, name, does) {
  const show = () => {
    $(button).setAttribute("aria-pressed", String(chosen[name]));
    does(chosen[name]);
  };
  $(button).addEventListener("click", () => {
    chosen[name] = !chosen[name];
    preferences.keep(chosen);
    show();
  });
  show();
}

$("leave-urgent").addEventListener("click", () => {
  urgent.leave();
  awake.keep(open);
  $("text").focus({ preventScroll: true });
});

// Off whenever the page is loaded: nobody listens who was not asked to.
async function switchMicrophone(on) {
  microphone.on = on;
  $("microphone").setAttribute("aria-pressed", String(on));
  if (!on) {
    microphone.close();
    return;
  }
  room.note(
    (await onDevice(chosen.locale))
      ? "The microphone is open while the speaker listens. What it hears stays in this device."
      : "The microphone is open while the speaker listens. Your browser may send what it hears to its maker.",
  );
  if (document.body.dataset.light === "listening") microphone.listen();
}

$("microphone").hidden = !Microphone.there;
$("microphone").addEventListener("click", () => switchMicrophone(!microphone.on));
awake.full($("full"));

// Some browsers know their voices only after a while.
setTimeout(() => ($("voiceless").hidden = voice.there), VOICES);

switched("mute", "muted", (muted) => {
  voice.muted = muted;
  if (muted) voice.stop();
});
switched("skip", "skip", (skip) => {
  player.skip = skip;
});

async function fillLocales() {
  const all = await api.locales().catch(() => [chosen.locale]);
  if (!all.includes(chosen.locale)) chosen.locale = all[0];
  const names = new Intl.DisplayNames(["en"], { type: "region", style: "short" });
  $("locale").replaceChildren(...all.map((own) => new Option(names.of(own.split("-")[1]), own, false, own === chosen.locale)));
  voice.locale = microphone.locale = document.documentElement.lang = chosen.locale;
}

// Another speaker in this one's place, in its turn: what is said next is said to the new one.
function another(prepare = async () => {}) {
  hush();
  room.note("");
  line = line.then(async () => {
    if (speaker) await api.drop(speaker.tab).catch(() => {});
    await prepare();
    await start();
  });
}

$("locale").addEventListener("change", () => {
  chosen.locale = voice.locale = microphone.locale = document.documentElement.lang = $("locale").value;
  preferences.keep(chosen);
  another();
});

async function fitScreen(on) {
  if (on) screen.open(await api.screen().catch(() => ({ installed: false, hint: "The server does not answer." })));
  else screen.close();
  speaker = null; // a speaker has a screen, or has none, from the day it is made
}

$("screen-switch").addEventListener("click", () => {
  const on = $("screen-switch").getAttribute("aria-pressed") !== "true";
  $("screen-switch").setAttribute("aria-pressed", String(on));
  another(() => fitScreen(on));
});

$("text").focus({ preventScroll: true });
// In the line too, so that what is said before the page is ready is said once it is.
line = line.then(fillLocales).then(() => start());
document.body.dataset.ready = "true";
