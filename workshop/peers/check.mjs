// Runs every check-*.mjs of this folder, one after the other, and fails if any of them did.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const checks = readdirSync(here).filter((name) => /^check-.*\.mjs$/.test(name)).sort();
const failed = checks.filter((name) => spawnSync(process.execPath, [here + name], { stdio: "inherit" }).status !== 0);
console.log(failed.length ? `peers: ${failed.join(", ")} failed` : `peers: ${checks.length} checks, all passed`);
process.exitCode = failed.length ? 1 : 0;
