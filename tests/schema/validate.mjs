// Reads the schema file that is named and has graphql-js build and validate it; prints what is wrong, a line each.

import { readFileSync } from 'node:fs';
import { buildSchema, validateSchema } from 'graphql';

function faults(path) {
  try {
    return validateSchema(buildSchema(readFileSync(path, 'utf8')));
  } catch (fault) {
    return [fault];
  }
}

const found = faults(process.argv[2]);
for (const fault of found) {
  console.error(fault.toString());
}
process.exitCode = found.length === 0 ? 0 : 1;
