// Amazon's own types for requests and responses, over what Alexa and the skill send each other about tasks and routines:
// every envelope of tests/events/ that is in shape, and every flow of the stand-in speaker in every locale. What is within
// the `input` of a directive has no type of Amazon's: speaker/routines.py holds it to the published payloads.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT, run, serve } from "./skill.mjs";
import { typeErrors, unnoticed } from "./types.mjs";

const IMPORTS = 'import { RequestEnvelope, ResponseEnvelope } from "ask-sdk-model";';
const KINDS = { request: "RequestEnvelope", response: "ResponseEnvelope" };
const OUT_OF_SHAPE = /out_of_shape|new_reason|no_session/; // what Amazon would not send, there to be survived

/** The envelopes of tests/events/ about tasks and routines, and the skill's answers to them. */
async function events() {
  const folder = join(ROOT, "tests", "events");
  const names = readdirSync(folder).filter((name) => /^(task|resumed|offer|yes_eased_alexa)/.test(name) && !OUT_OF_SHAPE.test(name));
  const skill = await serve();
  const found = [];
  for (const file of names) {
    const { event } = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(skill.url, { method: "POST", body: JSON.stringify(event), headers });
    const name = file.replace(/\.json$/, "");
    found.push({ name: `${name}-request`, kind: "request", json: event });
    found.push({ name: `${name}-response`, kind: "response", json: await answer.json() });
  }
  skill.close();
  return found;
}

/** The envelopes of the stand-in speaker's flows. */
async function played() {
  const found = [];
  const speaker = run("envelopes.py");
  const left = new Promise((resolve) => speaker.once("exit", resolve));
  for await (const line of createInterface({ input: speaker.stdout })) found.push(JSON.parse(line));
  const code = await left;
  if (code) throw new Error(`envelopes.py ended with code ${code}; its error is above`);
  return found;
}

function typed({ name, kind, json }) {
  if (kind === "request") {
    // Two fields that Alexa sends and its types do not know.
    delete json.request.shouldLinkResultBeReturned;
    for (const slot of Object.values(json.request.intent?.slots ?? {})) delete slot.source;
  }
  return { name, type: KINDS[kind], text: JSON.stringify(json, null, 1) };
}

/** Whether the check can fail at all. */
function spoilt(files) {
  const kinds = [
    ["a task without a version", '"task": {', /"version": "1",\s*"input"/, '"input"'],
    ["an answer of another kind", '"type": "ConnectionCompleted"', '"ConnectionCompleted"', '"ConnectionDone"'],
    ["a status that is a number", '"type": "ConnectionCompleted"', /"code": "(\d+)"/, '"code": $1'],
    ["a directive without an address", "Connections.StartConnection", '"uri": "connection://AMAZON', '"url": "connection://AMAZON'],
    ["a way to go on that does not exist", "Connections.StartConnection", '"RESUME_SESSION"', '"RESUME"'],
    ["a task that is done without a status", "Tasks.CompleteTask", /"status": \{/, '"state": {'],
  ];
  return kinds.map(([what, holds, from, to]) => {
    const file = files.find((own) => own.text.includes(holds));
    if (!file) throw new Error(`expected an envelope with ${holds}, found none`);
    const text = file.text.replace(from, to);
    if (text === file.text) throw new Error(`expected to spoil ${file.name} with ${what}, found nothing to change`);
    return [what, { ...file, text }];
  });
}

const files = [...(await events()), ...(await played())].map(typed);
const errors = typeErrors(files, IMPORTS, (name) => name);
for (const error of errors) console.error(error);
const missed = unnoticed(spoilt(files), IMPORTS);
for (const what of missed) console.error(`the types do not notice ${what}: this check proves nothing of it`);
console.log(`envelopes: ${files.length} against ask-sdk-model, errors: ${errors.length}`);
process.exitCode = errors.length || missed.length ? 1 : 0;
