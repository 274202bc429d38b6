import { type ReactElement, Suspense } from "react";
import { graphql, useLazyLoadQuery, usePaginationFragment } from "react-relay";

import type { CompanyPageQuery } from "./__generated__/CompanyPageQuery.graphql";
import type { CompanyPatents_company$key } from "./__generated__/CompanyPatents_company.graphql";
import type { CompanyPatentsNextQuery } from "./__generated__/CompanyPatentsNextQuery.graphql";
import type { CompanyAgreements_company$key } from "./__generated__/CompanyAgreements_company.graphql";
import type { CompanyAgreementsNextQuery } from "./__generated__/CompanyAgreementsNextQuery.graphql";

/** A company with its patents and its agreements, each list with a button for more. */
export function CompanyPage({ slug }: { slug: string }): ReactElement {
  const { company } = useLazyLoadQuery<CompanyPageQuery>(
    graphql`
      query CompanyPageQuery($slug: String!, $count: Int!) {
        company(slug: $slug) {
          id
          name
          ...CompanyPatents_company @arguments(count: $count)
          ...CompanyAgreements_company @arguments(count: $count)
        }
      }
    `,
    { slug, count: 10 },
  );
  if (!company) return <p>There is no such company.</p>;
  return (
    <Suspense fallback="…">
      <h1>{company.name}</h1>
      <Patents company={company} />
      <Agreements company={company} />
    </Suspense>
  );
}

function Patents({ company }: { company: CompanyPatents_company$key }): ReactElement {
  const { data, hasNext, loadNext } = usePaginationFragment<CompanyPatentsNextQuery, CompanyPatents_company$key>(
    graphql`
      fragment CompanyPatents_company on Company
      @refetchable(queryName: "CompanyPatentsNextQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
        patents(first: $count, after: $cursor, orderBy: [{ field: PUBLICATION_NUMBER }])
          @connection(key: "CompanyPatents_patents", filters: ["orderBy"]) {
          edges {
            node {
              publicationNumber
              title
              filedOn
            }
          }
        }
      }
    `,
    company,
  );
  const rows = data.patents.edges.map(({ node }) => (
    <li key={node.publicationNumber}>
      {node.publicationNumber} {node.title} {node.filedOn}
    </li>
  ));
  return <List rows={rows} more={hasNext ? () => loadNext(10) : undefined} />;
}

function Agreements({ company }: { company: CompanyAgreements_company$key }): ReactElement {
  const { data, hasNext, loadNext } = usePaginationFragment<CompanyAgreementsNextQuery, CompanyAgreements_company$key>(
    graphql`
      fragment CompanyAgreements_company on Company
      @refetchable(queryName: "CompanyAgreementsNextQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
        agreements(first: $count, after: $cursor) @connection(key: "CompanyAgreements_agreements") {
          totalCount
          edges {
            node {
              slug
              title
              status
            }
          }
        }
      }
    `,
    company,
  );
  const rows = data.agreements.edges.map(({ node }) => (
    <li key={node.slug}>
      {node.title} {node.status}
    </li>
  ));
  return <List rows={rows} more={hasNext ? () => loadNext(10) : undefined} />;
}

function List({ rows, more }: { rows: ReactElement[]; more: (() => void) | undefined }): ReactElement {
  return (
    <>
      <ul>{rows}</ul>
      {more && <button onClick={more}>More</button>}
    </>
  );
}
