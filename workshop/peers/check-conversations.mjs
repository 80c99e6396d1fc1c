// bespoken's virtual Alexa drives the real skill over HTTP, by utterance, through the interaction models.
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1"; // a notice of a library that it brings along
import { readFileSync } from "node:fs";
import { conversations, GONE, LAUNCH } from "./conversations.mjs";
import { LOCALES, model, serve } from "./skill.mjs";

const { VirtualAlexa } = (await import("virtual-alexa")).default;
const EXCEEDED_MAX_REPROMPTS = 1; // of its SessionEndedReason, which it does not export
const LARGEST = 24 * 1024; // bytes of a response
const DURATIONS = { "ten seconds": "PT10S", "twenty seconds": "PT20S", "thirty seconds": "PT30S" };
const TIMES = { "half past nine": "09:30", "ten o'clock": "10:00" };

const skill = await serve();
const faults = [];
let turns = 0;
const ended = new Set();
for (const talk of conversations) {
  const locale = talk.locale ?? "en-US";
  const { alexa, heard } = listener(locale);
  let clock = 0;
  for (const turn of talk.turns) {
    clock += turn.after ?? 0;
    heard.clock = clock;
    const where = `${locale}, ${talk.name}, "${turn.say}"`;
    try {
      const response = await said(alexa, turn.say);
      faults.push(...judged(turn, heard.intent, response).map((fault) => `${where}: ${fault}`));
      if (turn.ends && talk.night && /goodnight/i.test(words(response))) ended.add(locale);
    } catch (error) {
      faults.push(`${where}: ${error.message ?? error}`);
    }
    turns += 1;
  }
}
skill.close();

for (const locale of LOCALES) if (!ended.has(locale)) faults.push(`${locale}: no night from launch to goodnight was finished`);

for (const fault of faults) console.error(fault);
const nights = [...ended].sort().join(", ");
console.log(`conversations: ${conversations.length}, turns: ${turns}, a night to the end in: ${nights}; faults: ${faults.length}`);
process.exitCode = faults.length ? 1 : 0;

/** A virtual Alexa in a locale, and what it last heard. */
function listener(locale) {
  const heard = { intent: "", clock: 0 };
  const alexa = VirtualAlexa.Builder().interactionModel(spoken(locale)).locale(locale).skillURL(skill.url).create();
  alexa.filter((request) => {
    heard.intent = request.request.intent?.name ?? request.request.type;
    request.request.timestamp = new Date(Date.now() + heard.clock * 1000).toISOString();
    for (const slot of Object.values(request.request.intent?.slots ?? {}))
      slot.value = DURATIONS[slot.value] ?? TIMES[slot.value] ?? slot.value; // Alexa sends both as ISO 8601
  });
  return { alexa, heard };
}

/** The committed model. The virtual Alexa takes any words for these types, so the few that we say are listed. */
function spoken(locale) {
  const raw = JSON.parse(readFileSync(model(locale), "utf8").replaceAll(/AMAZON\.(DURATION|TIME)/g, "SPOKEN_$1"));
  for (const [name, said] of [["SPOKEN_DURATION", DURATIONS], ["SPOKEN_TIME", TIMES]])
    raw.interactionModel.languageModel.types.push({ name, values: Object.keys(said).map((value) => ({ name: { value } })) });
  return raw;
}

function said(alexa, utterance) {
  if (utterance === LAUNCH) return alexa.launch();
  if (utterance === GONE) return alexa.endSession(EXCEEDED_MAX_REPROMPTS);
  return alexa.utter(utterance);
}

/** What is wrong with an answer. */
function judged(turn, intent, response) {
  const text = words(response);
  const own = response.response ?? {};
  const found = [];
  const expect = (right, expected, seen) => right || found.push(`expected ${expected}, found ${seen}`);
  expect(intent === turn.hears, turn.hears, intent);
  if (turn.silent) {
    expect(!own.outputSpeech, "no words", text);
    return found;
  }
  expect(turn.answers.test(text), turn.answers, `"${text}"`);
  expect(!turn.ssml || turn.ssml.test(response.prompt()), turn.ssml, response.prompt());
  expect(own.shouldEndSession === Boolean(turn.ends), turn.ends ? "the end" : "an open microphone", own.shouldEndSession);
  expect(Boolean(response.reprompt()) === !turn.ends, turn.ends ? "no reprompt" : "a reprompt", response.reprompt());
  expect(JSON.stringify(response).length < LARGEST, `less than ${LARGEST} bytes`, JSON.stringify(response).length);
  return found;
}

function words(response) {
  return String(response.prompt() ?? "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").replace(/ ([.,?])/g, "$1").trim();
}
