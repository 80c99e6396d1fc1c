// Amazon's own types for interaction models and the manifest, checked by the TypeScript compiler.
// Each JSON file becomes a constant of its type, so that a field that is missing, misspelt or of another kind is an error.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "./skill.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const MODEL = "v1.skill.interactionModel.InteractionModelData";
const MANIFEST = "v1.skill.Manifest.SkillManifestEnvelope";

/** What the compiler says against `files` ({name, type, text}); each finding one line. */
export function typeErrors(files) {
  const typescript = createRequire(import.meta.url)("typescript");
  const folder = mkdtempSync(join(here, "node_modules", ".types-")); // inside, so that the import below is found
  try {
    const sources = files.map(({ name, type, text }) => {
      const path = join(folder, `${name}.ts`);
      writeFileSync(path, `import { v1 } from "ask-smapi-model";\nexport const value: ${type} = ${text};\n`);
      return path;
    });
    const options = { strict: true, noEmit: true, types: [], module: typescript.ModuleKind.CommonJS };
    const program = typescript.createProgram(sources, { ...options, skipLibCheck: true });
    return typescript.getPreEmitDiagnostics(program).map((found) => told(typescript, found));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function told(typescript, { file, start, messageText }) {
  const text = typescript.flattenDiagnosticMessageText(messageText, " ").slice(0, 400);
  if (!file) return text;
  const line = file.getLineAndCharacterOfPosition(start).line; // the import is line 0, so this is the JSON's own line
  return `interaction_models/${basename(file.fileName, ".ts")}.json: line ${line}: ${text}`;
}

/** The committed models and the manifest. */
function committed() {
  const folder = join(ROOT, "interaction_models");
  const models = readdirSync(folder).filter((name) => /^..-..\.json$/.test(name));
  return [...models, "skill.json"].map((file) => ({
    name: basename(file, ".json"),
    type: file === "skill.json" ? MANIFEST : MODEL,
    text: readFileSync(join(folder, file), "utf8"),
  }));
}

/** Whether the check can fail at all: a field of the wrong kind, one misspelt and one missing must each be found. */
function provesItself(files) {
  const spoilt = [
    ["a number for a name", "skill", (text) => text.replace(/"name":\s*"[^"]*"/, '"name": 7')],
    ["a misspelt field", "skill", (text) => text.replace('"manifestVersion"', '"manifestVersoin"')],
    ["an interface that does not exist", "skill", (text) => text.replace("ALEXA_PRESENTATION_APL", "ALEXA_SCREEN")],
    ["a model without an invocation name", "en-US", (text) => text.replace(/"invocationName":\s*"[^"]*",/, "")],
    ["a sensitivity that does not exist", "en-US", (text) => text.replace(/"level":\s*"[A-Z]*"/, '"level": "SOME"')],
  ];
  const wrong = spoilt.map(([, name, spoil], at) => {
    const file = files.find((own) => own.name === name);
    return { ...file, name: `spoilt-${at}`, text: spoil(file.text) };
  });
  const found = typeErrors(wrong);
  return spoilt.filter((_, at) => !found.some((line) => line.includes(`spoilt-${at}`))).map(([what]) => what);
}

const files = committed();
const errors = typeErrors(files);
for (const error of errors) console.error(error);
const missed = provesItself(files);
for (const what of missed) console.error(`the types do not notice ${what}: this check proves nothing of it`);
console.log(`types: ${files.length} files against ask-smapi-model, errors: ${errors.length}`);
process.exitCode = errors.length || missed.length ? 1 : 0;
