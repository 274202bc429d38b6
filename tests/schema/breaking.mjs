// Says what in a new schema would break a client that was written for an old one: `node breaking.mjs old.graphql new.graphql`.
//
// What was deprecated in the old schema may go, and an object type that nothing leads to any more. Fails when anything
// else breaks a client, and prints it.

import { readFileSync } from "node:fs";
import { ChangeType, CriticalityLevel, DiffRule, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const [before, after] = process.argv.slice(2).map((path) => buildSchema(readFileSync(path, "utf8")));
const changes = await diff(before, after, [DiffRule.suppressRemovalOfDeprecatedField]);
const breaking = changes.filter(
  (change) => change.criticality.level === CriticalityLevel.Breaking && !isDeprecatedArgument(change),
);
for (const { message, path } of breaking) {
  console.log(`${path}: ${message}`);
}
console.log(`${breaking.length} of ${changes.length} changes break clients`);
process.exitCode = breaking.length === 0 ? 0 : 1;

/** Whether an argument went that was deprecated before; the rule above looks at fields and values only. */
function isDeprecatedArgument({ type, path }) {
  if (type !== ChangeType.FieldArgumentRemoved) return false;
  const [typeName, fieldName, argumentName] = path.split(".");
  const field = before.getType(typeName).getFields()[fieldName];
  return field.args.some((argument) => argument.name === argumentName && argument.deprecationReason != null);
}
