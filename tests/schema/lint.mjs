// Holds schema.graphql against the rules of eslint.config.mjs, and prints each problem.

import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rules = fileURLToPath(new URL("eslint.config.mjs", import.meta.url));
const eslint = new ESLint({ overrideConfigFile: rules, cwd: root });
const [{ messages }] = await eslint.lintFiles(["schema.graphql"]);
for (const { line, message, ruleId } of messages) {
  console.log(`schema.graphql:${line}: ${message} (${ruleId})`);
}
console.log(`${messages.length} problems`);
process.exitCode = messages.length === 0 ? 0 : 1;
