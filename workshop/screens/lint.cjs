"use strict";
// Reads APL documents, one JSON a line, and prints what apl-suggester finds in each: one JSON list a line.
const readline = require("node:readline");
const { StaticAplTemplateValidator } = require("apl-suggester");

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const found = await new StaticAplTemplateValidator().validate(JSON.parse(line));
    process.stdout.write(`${JSON.stringify(found)}\n`);
  }
})();
