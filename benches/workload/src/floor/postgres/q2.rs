//! Companies by name, their agreements, the parties and areas of each.

use futures_util::future::{try_join, try_join3};
use tokio_postgres::{Client, Statement};

use super::rows::{Parents, date, groups, slug_and_name, text};
use super::{BEGIN, COMMIT, asked, json};
use crate::Fault;

const COMPANIES: &str = "SELECT id, slug, name, country FROM company WHERE name >= $1 ORDER BY name, id LIMIT $2";
const AGREEMENTS: &str = "SELECT u.o, a.id, a.slug, a.title, a.announced_on, a.status \
    FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) CROSS JOIN LATERAL ( \
        SELECT a.id, a.slug, a.title, a.announced_on, a.status FROM company_agreement l \
        JOIN agreement a ON a.id = l.id WHERE l.company_id = u.k \
        ORDER BY l.announced_on DESC, l.id LIMIT $2) a \
    ORDER BY u.o, a.announced_on DESC, a.id";
const PARTIES: &str = "SELECT u.o, p.role, c.name, c.slug \
    FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) CROSS JOIN LATERAL ( \
        SELECT id, role, company_id FROM agreement_party WHERE agreement_id = u.k ORDER BY role, id LIMIT $2) p \
    JOIN company c ON c.id = p.company_id ORDER BY u.o, p.role, p.id";
const AREAS: &str = "SELECT a.o, a.slug, a.name FROM ( \
        SELECT u.o, r.id, r.slug, r.name, row_number() OVER (PARTITION BY u.o ORDER BY r.name, r.id) AS n \
        FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) JOIN agreement_area l ON l.agreement_id = u.k \
        JOIN cooperation_area r ON r.id = l.area_id) a \
    WHERE a.n <= $2 ORDER BY a.o, a.name, a.id";

pub struct Statements {
    companies: Statement,
    agreements: Statement,
    parties: Statement,
    areas: Statement,
}

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Fault> {
        Ok(Self {
            companies: client.prepare(COMPANIES).await?,
            agreements: client.prepare(AGREEMENTS).await?,
            parties: client.prepare(PARTIES).await?,
            areas: client.prepare(AREAS).await?,
        })
    }

    pub async fn answer(&self, client: &Client, asked: &asked::Q2) -> Result<Vec<u8>, Fault> {
        let ((), companies) =
            try_join(client.batch_execute(BEGIN), client.query(&self.companies, &[&asked.from, &asked.companies]))
                .await?;
        let keys: Vec<i64> = companies.iter().map(|row| row.get(0)).collect();
        let agreements = client.query(&self.agreements, &[&keys, &asked.agreements]).await?;
        // An agreement of several companies is asked for once.
        let (parents, places) = Parents::of(&agreements, 1);
        let (parties, areas, ()) = try_join3(
            client.query(&self.parties, &[&parents.keys, &asked.parties]),
            client.query(&self.areas, &[&parents.keys, &asked.areas]),
            client.batch_execute(COMMIT),
        )
        .await?;
        let agreement_groups = groups(&agreements, keys.len());
        let party_groups = groups(&parties, parents.keys.len());
        let area_groups = groups(&areas, parents.keys.len());

        let mut out = Vec::with_capacity(128 * 1024);
        out.extend_from_slice(br#"{"data":{"companies":{"nodes":["#);
        let mut is_first = true;
        for (company, group) in companies.iter().zip(agreement_groups) {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(br#"{"slug":"#);
            text(company, 1, &mut out);
            out.extend_from_slice(br#","name":"#);
            text(company, 2, &mut out);
            out.extend_from_slice(br#","country":"#);
            text(company, 3, &mut out);
            out.extend_from_slice(br#","agreements":{"nodes":["#);
            let mut is_first = true;
            for (agreement, place) in agreements[group.clone()].iter().zip(&places[group]) {
                json::comma(&mut out, &mut is_first);
                out.extend_from_slice(br#"{"slug":"#);
                text(agreement, 2, &mut out);
                out.extend_from_slice(br#","title":"#);
                text(agreement, 3, &mut out);
                out.extend_from_slice(br#","announcedOn":"#);
                date(agreement, 4, &mut out);
                out.extend_from_slice(br#","status":"#);
                text(agreement, 5, &mut out);
                out.extend_from_slice(br#","parties":{"nodes":["#);
                let mut is_first = true;
                for party in &parties[party_groups[*place].clone()] {
                    json::comma(&mut out, &mut is_first);
                    out.extend_from_slice(br#"{"role":"#);
                    text(party, 1, &mut out);
                    out.extend_from_slice(br#","company":{"name":"#);
                    text(party, 2, &mut out);
                    out.extend_from_slice(br#","slug":"#);
                    text(party, 3, &mut out);
                    out.extend_from_slice(b"}}");
                }
                out.extend_from_slice(br#"]},"areas":{"nodes":["#);
                let mut is_first = true;
                for area in &areas[area_groups[*place].clone()] {
                    json::comma(&mut out, &mut is_first);
                    slug_and_name(area, 1, &mut out);
                }
                out.extend_from_slice(b"]}}");
            }
            out.extend_from_slice(b"]}}");
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }
}
