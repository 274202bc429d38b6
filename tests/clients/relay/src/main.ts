// What the hooks of the components do, without a browser: the first page, then the next one, merged by Relay's store.

import {
  ConnectionHandler,
  Environment,
  type FetchFunction,
  type GraphQLTaggedNode,
  Network,
  type OperationType,
  RecordSource,
  Store,
  createOperationDescriptor,
  fetchQuery,
  getRequest,
} from "relay-runtime";

import pageQuery, { type CompanyPageQuery } from "./__generated__/CompanyPageQuery.graphql";
import nextQuery, { type CompanyPatentsNextQuery } from "./__generated__/CompanyPatentsNextQuery.graphql";

const url = process.argv[2] ?? "http://127.0.0.1:8080/graphql";

const ask: FetchFunction = async ({ text }, variables) => {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query: text, variables }) });
  return await response.json();
};

const environment = new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });

async function load<Q extends OperationType>(query: GraphQLTaggedNode, variables: Q["variables"]) {
  environment.retain(createOperationDescriptor(getRequest(query), variables));
  return await fetchQuery<Q>(environment, query, variables).toPromise();
}

/** The publication numbers of the patents that the store holds of a company, and where the next page starts. */
function held(id: string): { numbers: unknown[]; cursor: string } {
  const found = { numbers: [] as unknown[], cursor: "" };
  environment.commitUpdate((records) => {
    const company = records.get(id);
    const filters = { orderBy: [{ field: "PUBLICATION_NUMBER" }] };
    const patents = company && ConnectionHandler.getConnection(company, "CompanyPatents_patents", filters);
    const edges = patents?.getLinkedRecords("edges") ?? [];
    found.numbers = edges.map((edge) => edge?.getLinkedRecord("node")?.getValue("publicationNumber"));
    found.cursor = String(patents?.getLinkedRecord("pageInfo")?.getValue("endCursor"));
  });
  return found;
}

async function main(): Promise<void> {
  const page = await load<CompanyPageQuery>(pageQuery, { slug: "nokia", count: 3 });
  if (!page?.company) throw new Error("There is no such company.");
  const { id, name } = page.company;
  const { cursor } = held(id);
  await load<CompanyPatentsNextQuery>(nextQuery, { id, count: 4, cursor });
  const { numbers } = held(id);
  console.log(`${name}: ${numbers.length} patents on two pages, ${new Set(numbers).size} of them different`);
}

void main();
