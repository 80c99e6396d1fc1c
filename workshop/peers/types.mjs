// The TypeScript compiler over JSON: each file becomes a constant of a type, so that a field that is missing, misspelt or
// of another kind is an error.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * What the compiler says against `files` ({name, type, text}), whose types come by the line `imports`; each finding one
 * line, which `where` begins with what a file's name stands for.
 */
export function typeErrors(files, imports, where) {
  const typescript = createRequire(import.meta.url)("typescript");
  const folder = mkdtempSync(join(here, "node_modules", ".types-")); // inside, so that the import below is found
  try {
    const sources = files.map(({ name, type, text }) => {
      const path = join(folder, `${name}.ts`);
      writeFileSync(path, `${imports}\nexport const value: ${type} = ${text};\n`);
      return path;
    });
    const options = { strict: true, noEmit: true, types: [], module: typescript.ModuleKind.CommonJS };
    const program = typescript.createProgram(sources, { ...options, skipLibCheck: true });
    return typescript.getPreEmitDiagnostics(program).map((found) => told(typescript, found, where));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function told(typescript, { file, start, messageText }, where) {
  const text = typescript.flattenDiagnosticMessageText(messageText, " ").slice(0, 400);
  if (!file) return text;
  const line = file.getLineAndCharacterOfPosition(start).line; // the import is line 0, so this is the JSON's own line
  return `${where(basename(file.fileName, ".ts"))}: line ${line}: ${text}`;
}

/** What of `spoilt` ([what, file]) the compiler does not notice: whether a check can fail at all. */
export function unnoticed(spoilt, imports) {
  const files = spoilt.map(([, file], at) => ({ ...file, name: `spoilt-${at}` }));
  const found = new Set(typeErrors(files, imports, (name) => name).map((line) => line.split(":", 1)[0]));
  return spoilt.filter((_, at) => !found.has(`spoilt-${at}`)).map(([what]) => what);
}
