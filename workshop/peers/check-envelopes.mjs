// Amazon's own types for requests and responses: every request of tests/events that has a task or an answer to an offer,
// and the skill's answers to them in every locale, checked by the TypeScript compiler. What is within `input` of a directive has no type
// of Amazon's: it is held to the published payloads by speaker/routines.py.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { typeErrors } from "./check-types.mjs";
import { LOCALES, ROOT, serve } from "./skill.mjs";

const IMPORTS = 'import { RequestEnvelope, ResponseEnvelope } from "ask-sdk-model";';
const EVENTS = join(ROOT, "tests", "events");
const OUT_OF_SHAPE = /out_of_shape|new_reason|no_session/; // what Amazon would not send

const names = readdirSync(EVENTS).filter((name) => /^(task|resumed|offer|yes_eased_alexa)/.test(name) && !OUT_OF_SHAPE.test(name));
const events = names.flatMap((name) =>
  LOCALES.map((locale) => {
    const { event } = JSON.parse(readFileSync(join(EVENTS, name), "utf8"));
    event.request.locale = locale;
    return { name: `${name.replace(".json", "")}-${locale}`, event };
  }),
);
const skill = await serve();
const files = [];
for (const { name, event } of events) {
  const answer = await fetch(skill.url, { method: "POST", body: JSON.stringify(event), headers: { "Content-Type": "application/json" } });
  files.push({ name: `request-${name}`, type: "RequestEnvelope", text: JSON.stringify(event, null, 1) });
  files.push({ name: `response-${name}`, type: "ResponseEnvelope", text: JSON.stringify(await answer.json(), null, 1) });
}
skill.close();

/** Whether the check can fail at all. */
function provesItself() {
  const one = (prefix, sign) => files.find((own) => own.name.startsWith(prefix) && own.text.includes(sign));
  const spoilt = [
    ["a task without a version", one("request-task", '"version": "1"'), (text) => text.replace(/"task": {[^}]*?"version": "1",/s, (own) => own.replace('"version": "1",', ""))],
    ["a cause of another type", one("request-resumed", "ConnectionCompleted"), (text) => text.replace("ConnectionCompleted", "ConnectionLost")],
    ["a status that is a number", one("request-resumed", '"code": "200"'), (text) => text.replace('"code": "200"', '"code": 200')],
    ["a directive that does not exist", one("response-", "Connections.StartConnection"), (text) => text.replace("Connections.StartConnection", "Connections.Start")],
    ["a completion that does not exist", one("response-", "RESUME_SESSION"), (text) => text.replace("RESUME_SESSION", "RESUME_NOTHING")],
    ["a task that is completed without a status", one("response-", "Tasks.CompleteTask"), (text) => text.replace(/"status": {[^}]*},?/s, '"status": "done"')],
  ];
  const wrong = spoilt.map(([, file, spoil], at) => ({ ...file, name: `spoilt-${at}`, text: file ? spoil(file.text) : "{}" }));
  const found = typeErrors(wrong.map((own) => ({ type: "ResponseEnvelope", ...own })), IMPORTS);
  return spoilt.filter(([, file], at) => !file || !found.some((line) => line.includes(`spoilt-${at}`))).map(([what]) => what);
}

const errors = typeErrors(files, IMPORTS);
for (const error of errors) console.error(error);
const missed = provesItself();
for (const what of missed) console.error(`the types do not notice ${what}: this check proves nothing of it`);
console.log(`envelopes: ${files.length} against ask-sdk-model, errors: ${errors.length}`);
process.exitCode = errors.length || missed.length ? 1 : 0;
