// Holds a running server against the specification of GraphQL over HTTP, with the audits of graphql-http.
//
//     node audit.mjs http://127.0.0.1:8080/graphql
//
// Prints each audit that fails with its id and reason, and how many passed; fails unless all do, be they MUST, SHOULD or MAY.

import { auditServer } from "graphql-http";

const [url] = process.argv.slice(2);
const results = await auditServer({ url });
const failed = results.filter((result) => result.status !== "ok");
for (const { id, status, name, reason } of failed) {
  console.log(`${id} (${status}) ${name}: ${reason}`);
}
console.log(`${results.length - failed.length} of ${results.length} audits passed`);
process.exitCode = failed.length === 0 && results.length > 0 ? 0 : 1;
