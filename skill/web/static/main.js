// A night at the bedside: what is said goes to the speaker, what it answers is played, and then it listens.

import * as api from "./api.js";
import * as drawer from "./drawer.js";
import { Ear } from "./ear.js";
import * as phrases from "./phrases.js";
import { Player } from "./player.js";
import * as preferences from "./preferences.js";
import * as room from "./room.js";
import { Screen } from "./screen.js";
import { Voice } from "./voice.js";

const RETRY = 2000; // milliseconds between two looks for a server that went away
const $ = (id) => document.getElementById(id);

const chosen = preferences.read();
const voice = new Voice();
const ear = new Ear();
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
  const after = waiting ? 0 : player.interrupt();
  player.interrupt();
  exchange(() => api.touch(speaker.tab, args, after));
});

let speaker = null; // { tab, locale, invocation }
let newest = 0; // the exchange whose answer is to be played
let waiting = 0; // exchanges under way
let line = Promise.resolve(); // what is said is said one after the other
let lost = false;

// ---- saying and hearing ----------------------------------------------------------------------------

function say(text) {
  const words = text.trim();
  if (!words || lost) return;
  // Nothing of an answer that is still to come will have been played.
  const after = waiting ? 0 : player.interrupt();
  player.interrupt();
  room.you(words);
  exchange(() => api.say(speaker.tab, words, after));
}

function sayNothing() {
  if (document.body.dataset.light === "listening" && !waiting) exchange(() => api.silence(speaker.tab));
}

function exchange(ask) {
  ear.close();
  const mine = ++newest;
  waiting++;
  room.light("thinking");
  line = line.then(async () => {
    let turn = null;
    try {
      turn = await ask().catch((error) => (error instanceof api.Gone ? anew(ask) : Promise.reject(error)));
    } catch (error) {
      failed(error);
    } finally {
      waiting--;
    }
    if (turn === null) return;
    drawer.add(turn);
    if (mine === newest && !lost) play(turn, mine);
  });
}

// The server has forgotten this tab: a new speaker, and the same words to it.
async function anew(ask) {
  speaker = await api.open(chosen.locale, screen.on);
  return ask();
}

async function play(turn, mine) {
  const isOpen = turn.light !== "closed";
  screen.show(turn.response);
  phrases.show(isOpen, speaker.invocation, tapped);
  if (!(await player.play(turn.plays)) || mine !== newest) return;
  if (!isOpen) {
    room.light("closed");
    room.note(turn.note);
    return;
  }
  room.light("listening");
  ear.listen({ left: room.listening, typing: () => $("text").value !== "", silence: sayNothing });
}

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
  newest++;
  ear.close();
  player.interrupt();
  room.silent();
  room.light("lost");
  room.note("The speaker has lost its connection. Looking for it.");
  document.querySelectorAll(".you button, #locale").forEach((button) => (button.disabled = true));
  while (!(await api.there())) await new Promise((resolve) => setTimeout(resolve, RETRY));
  lost = false;
  document.querySelectorAll(".you button, #locale").forEach((button) => (button.disabled = false));
  // The session broke off. If it is the same server, the place in the routine is kept.
  await start(`The speaker is back. Say: Alexa, open ${speaker?.invocation ?? "cramp coach"}`);
}

async function start(note = "") {
  try {
    if (speaker === null || speaker.locale !== chosen.locale) {
      speaker = await api.open(chosen.locale, screen.on);
    } else {
      await api.drop(speaker.tab).catch(async (error) => {
        if (!(error instanceof api.Gone)) throw error;
        speaker = await api.open(chosen.locale, screen.on);
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
  else say(phrase);
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
  voice.locale = document.documentElement.lang = chosen.locale;
}

// Another speaker in this one's place, in its turn: what is said next is said to the new one.
function another(prepare = async () => {}) {
  newest++;
  ear.close();
  player.interrupt();
  room.silent();
  room.note("");
  line = line.then(async () => {
    if (speaker) await api.drop(speaker.tab).catch(() => {});
    await prepare();
    await start();
  });
}

$("locale").addEventListener("change", () => {
  chosen.locale = voice.locale = document.documentElement.lang = $("locale").value;
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

await fillLocales();
await start();
$("text").focus({ preventScroll: true });
