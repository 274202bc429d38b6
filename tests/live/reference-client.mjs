// The reference client of graphql-transport-ws against a server: a subscription that goes on from a number and outlives a
// cut connection, a query, and a refusal. Prints what it was told.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, since, until] = process.argv.slice(2);
let opened = 0;
let socket;
const client = createClient({
  url,
  webSocketImpl: WebSocket,
  keepAlive: 100,
  retryAttempts: 5,
  retryWait: async () => {},
  on: {
    opened: (open) => {
      opened += 1;
      socket = open;
    },
  },
});

const told = { seqs: [], query: null, refused: null, opened: 0 };
const query = "subscription ($since: Decimal) { changed(since: $since) { seq } }";
let last = since;
const follow = async (count) => {
  for await (const { data } of client.iterate({ query, variables: { since: last } })) {
    last = data.changed.seq;
    told.seqs.push(Number(last));
    if (last === until || told.seqs.length === count) return;
  }
};
await follow(2);
for await (const { data } of client.iterate({ query: "{ __typename }" })) told.query = data.__typename;
try {
  for await (const _ of client.iterate({ query: "{ nothing }" }));
} catch (errors) {
  told.refused = errors[0].extensions.code;
}
socket.terminate();
await follow();
told.opened = opened;
console.log(JSON.stringify(told));
await client.dispose();
