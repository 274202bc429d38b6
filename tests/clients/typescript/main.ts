import { graphql } from "./generated/index.js";
import type { TypedDocumentString } from "./generated/graphql.js";

const url = process.argv[2] ?? "http://127.0.0.1:8080/graphql";

async function ask<Data, Variables>(query: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const Deal = graphql(`
  query Deal($slug: String!, $stage: CooperationStage!) {
    agreement(slug: $slug) {
      title
      announcedOn
      valueAmount
      cooperations(filter: { stage: { eq: $stage } }) { nodes { area { name } } }
    }
  }
`);

const { agreement } = await ask(Deal, { slug: "2017-nokia-xiaomi", stage: "EXPLORING" });
if (!agreement) throw new Error("There is no such agreement.");
const day: string | null | undefined = agreement.announcedOn;
console.log(`${day}: ${agreement.title}`);
for (const { area } of agreement.cooperations.nodes) console.log(`- ${area.name}`);
