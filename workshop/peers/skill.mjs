// Where things are, and the project's Python: its virtual environment, or what PYTHON names.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const LOCALES = ["en-US", "en-GB", "en-AU", "en-CA", "en-IN"];
export const model = (locale) => join(ROOT, "interaction_models", `${locale}.json`);

/** The Python that the skill is installed for. Exits with a hint where there is none. */
function python() {
  const found = [process.env.PYTHON, join(ROOT, ".venv/bin/python"), join(ROOT, ".venv/Scripts/python.exe")];
  const own = found.find((path) => path && existsSync(path));
  if (!own) fail("expected a Python in .venv, found none. Hint: run `make peers`, which sets it up, or name one in PYTHON");
  return own;
}

/** Starts a Python file of this folder; its errors go to ours. */
export function run(file, ...args) {
  return spawn(python(), ["-m", `workshop.peers.${file.replace(/\.py$/, "")}`, ...args], { stdio: ["pipe", "pipe", "inherit"], cwd: ROOT });
}

/** Starts the skill on loopback. Resolves to its address and a way to end it. */
export function serve() {
  const server = run("serve.py");
  return new Promise((resolve) => {
    server.stdout.once("data", (port) =>
      resolve({ url: `http://127.0.0.1:${String(port).trim()}/`, close: () => server.stdin.end() }));
    server.once("exit", (code) => code && fail(`the skill on loopback ended with code ${code}; its error is above`));
  });
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
