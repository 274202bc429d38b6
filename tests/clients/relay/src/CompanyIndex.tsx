import type { ReactElement } from "react";
import { graphql, usePaginationFragment } from "react-relay";

import type { CompanyIndex_query$key } from "./__generated__/CompanyIndex_query.graphql";
import type { CompanyIndexNextQuery } from "./__generated__/CompanyIndexNextQuery.graphql";

/** All companies of a country, page after page. */
export function CompanyIndex({ query }: { query: CompanyIndex_query$key }): ReactElement {
  const { data, hasNext, loadNext, refetch } = usePaginationFragment<CompanyIndexNextQuery, CompanyIndex_query$key>(
    graphql`
      fragment CompanyIndex_query on Query
      @refetchable(queryName: "CompanyIndexNextQuery")
      @argumentDefinitions(
        count: { type: "Int", defaultValue: 20 }
        cursor: { type: "String" }
        filter: { type: "CompanyFilter" }
      ) {
        companies(first: $count, after: $cursor, filter: $filter) @connection(key: "CompanyIndex_companies") {
          edges {
            node {
              id
              name
              country
            }
          }
        }
      }
    `,
    query,
  );
  return (
    <>
      <button onClick={() => refetch({ filter: { country: { eq: "CN" } } })}>China only</button>
      <ul>
        {data.companies.edges.map(({ node }) => (
          <li key={node.id}>
            {node.name} {node.country}
          </li>
        ))}
      </ul>
      {hasNext && <button onClick={() => loadNext(20)}>More</button>}
    </>
  );
}
