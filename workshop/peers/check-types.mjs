// Amazon's own types for interaction models and the manifest, and OpenAPI's for the task files.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "./skill.mjs";
import { typeErrors, unnoticed } from "./types.mjs";

const MODEL = "v1.skill.interactionModel.InteractionModelData";
const MANIFEST = "v1.skill.Manifest.SkillManifestEnvelope";
const TASK = "OpenAPIV3.Document";
const IMPORTS = [
  'import { v1 } from "ask-smapi-model";',
  'import { OpenAPIV3 } from "openapi-types";',
  // Amazon's own fields, as its page on custom tasks shows them; docs/alexa.md names it.
  "type Shown<T> = Record<string, T>;",
  'declare module "openapi-types" { namespace OpenAPIV3 {',
  'interface InfoObject { "x-amzn-alexa-access-scope": "public"; "x-amzn-display-details": Shown<{ title: string }> }',
  'interface BaseSchemaObject { "x-amzn-display-details"?: Shown<{ name: string }> }',
  "} }",
].join(" ");

/** The committed models, the manifest and the tasks. */
function committed() {
  const folder = join(ROOT, "interaction_models");
  const models = readdirSync(folder).filter((name) => /^..-..\.json$/.test(name));
  const tasks = readdirSync(join(folder, "tasks")).filter((name) => name.endsWith(".json"));
  return [...models, "skill.json", ...tasks.map((name) => `tasks/${name}`)].map((file) => ({
    name: basename(file, ".json"),
    type: file === "skill.json" ? MANIFEST : file.startsWith("tasks/") ? TASK : MODEL,
    text: readFileSync(join(folder, file), "utf8"),
  }));
}

/** A field of the wrong kind, one misspelt and one missing: each must be found. */
function spoilt(files) {
  const kinds = [
    ["a number for a name", "skill", (text) => text.replace(/"name":\s*"[^"]*"/, '"name": 7')],
    ["a misspelt field", "skill", (text) => text.replace('"manifestVersion"', '"manifestVersoin"')],
    ["an interface that does not exist", "skill", (text) => text.replace("ALEXA_PRESENTATION_APL", "ALEXA_SCREEN")],
    ["a task without a version", "skill", (text) => text.replace(/("name": "Bedtime"),\s*"version": "1"/, "$1")],
    ["a model without an invocation name", "en-US", (text) => text.replace(/"invocationName":\s*"[^"]*",/, "")],
    ["a sensitivity that does not exist", "en-US", (text) => text.replace(/"level":\s*"[A-Z]*"/, '"level": "SOME"')],
    ["a task that is not public", "Bedtime.1", (text) => text.replace('"public"', '"vendor-private"')],
    ["a task without answers", "Bedtime.1", (text) => text.replace('"responses"', '"response"')],
    ["an input without a name to show", "StretchNow.1", (text) => text.replace('"name": "Where', '"title": "Where')],
  ];
  return kinds.map(([what, name, spoil]) => {
    const file = files.find((own) => own.name === name);
    const text = spoil(file.text);
    if (text === file.text) throw new Error(`expected to spoil ${name} with ${what}, found nothing to change`);
    return [what, { ...file, text }];
  });
}

const files = committed();
const errors = typeErrors(files, IMPORTS, (name) => `interaction_models/${name}.json`);
for (const error of errors) console.error(error);
const missed = unnoticed(spoilt(files), IMPORTS);
for (const what of missed) console.error(`the types do not notice ${what}: this check proves nothing of it`);
console.log(`types: ${files.length} files against ask-smapi-model and openapi-types, errors: ${errors.length}`);
process.exitCode = errors.length || missed.length ? 1 : 0;
