// ssml-check, which knows Alexa's tags and limits, over every speech that the skill can make.
import { createInterface } from "node:readline";
import { run } from "./skill.mjs";

const { check } = (await import("ssml-check")).default;
const LONGEST = 8000; // characters of one output speech

/** What ssml-check says against one speech; none for a good one. */
async function findings({ ssml, locale }) {
  const errors = (await check(ssml, { platform: "amazon", locale })) ?? [];
  if (ssml.length >= LONGEST) errors.push({ type: "length", value: ssml.length });
  return errors;
}

/** The checker must find what is wrong with these, or its silence means nothing. */
async function provesItself() {
  const spoilt = [
    "<speak>Salt & water</speak>",
    '<speak><break time="11s"/></speak>',
    "<speak><loud>Ow</loud></speak>",
    '<speak><amazon:effect name="shouted">Ow</amazon:effect></speak>',
    "<speak><s>Ow</speak>",
    `<speak>${"o".repeat(LONGEST)}</speak>`,
  ];
  const found = await Promise.all(spoilt.map((ssml) => findings({ ssml, locale: "en-US" })));
  return spoilt.filter((_, at) => !found[at].length);
}

let count;
let total = 0;
let wrong = 0;
const speeches = run("speeches.py");
speeches.stdin.end();
const ended = new Promise((resolve) => speeches.once("exit", resolve));
for await (const line of createInterface({ input: speeches.stdout })) {
  const speech = JSON.parse(line);
  if (!speech.ssml) {
    count = speech; // the last line
    continue;
  }
  total += 1;
  const errors = await findings(speech);
  if (!errors.length) continue;
  wrong += 1;
  if (wrong <= 20) console.error(`${speech.locale}, ${speech.where}, ${speech.part}: ${JSON.stringify(errors)}\n  ${speech.ssml}`);
}
const code = await ended;
const missed = await provesItself();
for (const ssml of missed) console.error(`ssml-check finds nothing wrong with ${ssml.slice(0, 80)}: this check proves nothing of it`);
if (code !== 0 || !count) console.error(`speeches.py ended with code ${code} before it was done; its error is above`);
const failed = count?.failed ?? [];
for (const where of failed.slice(0, 20)) console.error(`${where}: the skill failed, and said so`);
for (const name of count?.unsaid ?? []) console.error(`note: nothing said the prompt \`${name}\`: it is not needed, or speeches.py misses a way to it`);
console.log(`ssml: ${total} different speeches of ${count?.turns ?? "?"} turns in ${count?.locales?.length ?? "?"} locales; with findings: ${wrong}; failures: ${failed.length}`);
process.exitCode = wrong || failed.length || missed.length || code !== 0 || !count ? 1 : 0;
