//! One company, its agreements, their licences, the patents that these list with owners and areas.

use futures_util::future::try_join;
use tokio_postgres::{Client, Statement};

use super::rows::{Parents, date, groups, slug_and_name, text};
use super::{BEGIN, COMMIT, asked, json};
use crate::Fault;

const COMPANY: &str = "SELECT id, slug, name FROM company WHERE slug = $1";
const AGREEMENTS: &str = "SELECT a.id, a.slug, a.title, a.announced_on FROM company_agreement l \
    JOIN agreement a ON a.id = l.id WHERE l.company_id = $1 ORDER BY l.announced_on DESC, l.id LIMIT $2";
const GRANTS: &str = "SELECT u.o, g.id, g.scope \
    FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) CROSS JOIN LATERAL ( \
        SELECT id, ordinal, scope FROM licence_grant WHERE agreement_id = u.k ORDER BY ordinal, id LIMIT $2) g \
    ORDER BY u.o, g.ordinal, g.id";
const PATENTS: &str = "SELECT p.o, p.id, p.publication_number, p.title, p.filed_on, c.slug, c.name FROM ( \
        SELECT u.o, p.id, p.publication_number, p.title, p.filed_on, p.owner_id, \
            row_number() OVER (PARTITION BY u.o ORDER BY p.publication_number) AS n \
        FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) JOIN licence_grant_patent l ON l.licence_grant_id = u.k \
        JOIN patent p ON p.id = l.patent_id) p \
    LEFT JOIN company c ON c.id = p.owner_id WHERE p.n <= $2 ORDER BY p.o, p.publication_number";
const AREAS: &str = "SELECT a.o, a.slug, a.name FROM ( \
        SELECT u.o, r.id, r.slug, r.name, row_number() OVER (PARTITION BY u.o ORDER BY r.name, r.id) AS n \
        FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) JOIN patent_area l ON l.patent_id = u.k \
        JOIN cooperation_area r ON r.id = l.area_id) a \
    WHERE a.n <= $2 ORDER BY a.o, a.name, a.id";

pub struct Statements {
    company: Statement,
    agreements: Statement,
    grants: Statement,
    patents: Statement,
    areas: Statement,
}

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Fault> {
        Ok(Self {
            company: client.prepare(COMPANY).await?,
            agreements: client.prepare(AGREEMENTS).await?,
            grants: client.prepare(GRANTS).await?,
            patents: client.prepare(PATENTS).await?,
            areas: client.prepare(AREAS).await?,
        })
    }

    pub async fn answer(&self, client: &Client, asked: &asked::Q3) -> Result<Vec<u8>, Fault> {
        let ((), company) =
            try_join(client.batch_execute(BEGIN), client.query_opt(&self.company, &[&asked.slug])).await?;
        let Some(company) = company else {
            client.batch_execute(COMMIT).await?;
            return Ok(br#"{"data":{"company":null}}"#.to_vec());
        };
        let agreements = client.query(&self.agreements, &[&company.get::<_, i64>(0), &asked.agreements]).await?;
        let keys: Vec<i64> = agreements.iter().map(|row| row.get(0)).collect();
        let grants = client.query(&self.grants, &[&keys, &asked.grants]).await?;
        let grant_keys: Vec<i64> = grants.iter().map(|row| row.get(1)).collect();
        let patents = client.query(&self.patents, &[&grant_keys, &asked.patents]).await?;
        // A patent of several licences is asked for once.
        let (parents, places) = Parents::of(&patents, 1);
        let (areas, ()) =
            try_join(client.query(&self.areas, &[&parents.keys, &asked.areas]), client.batch_execute(COMMIT)).await?;
        let grant_groups = groups(&grants, keys.len());
        let patent_groups = groups(&patents, grant_keys.len());
        let area_groups = groups(&areas, parents.keys.len());

        let mut out = Vec::with_capacity(256 * 1024);
        out.extend_from_slice(br#"{"data":{"company":{"slug":"#);
        text(&company, 1, &mut out);
        out.extend_from_slice(br#","name":"#);
        text(&company, 2, &mut out);
        out.extend_from_slice(br#","agreements":{"nodes":["#);
        let mut is_first = true;
        for (agreement, group) in agreements.iter().zip(grant_groups) {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(br#"{"slug":"#);
            text(agreement, 1, &mut out);
            out.extend_from_slice(br#","title":"#);
            text(agreement, 2, &mut out);
            out.extend_from_slice(br#","announcedOn":"#);
            date(agreement, 3, &mut out);
            out.extend_from_slice(br#","grants":{"nodes":["#);
            let mut is_first = true;
            for (grant, group) in grants[group.clone()].iter().zip(&patent_groups[group]) {
                json::comma(&mut out, &mut is_first);
                out.extend_from_slice(br#"{"scope":"#);
                text(grant, 2, &mut out);
                out.extend_from_slice(br#","patents":{"nodes":["#);
                let mut is_first = true;
                for (patent, place) in patents[group.clone()].iter().zip(&places[group.clone()]) {
                    json::comma(&mut out, &mut is_first);
                    out.extend_from_slice(br#"{"publicationNumber":"#);
                    text(patent, 2, &mut out);
                    out.extend_from_slice(br#","title":"#);
                    text(patent, 3, &mut out);
                    out.extend_from_slice(br#","filedOn":"#);
                    date(patent, 4, &mut out);
                    out.extend_from_slice(br#","owner":"#);
                    slug_and_name(patent, 5, &mut out);
                    out.extend_from_slice(br#","areas":{"nodes":["#);
                    let mut is_first = true;
                    for area in &areas[area_groups[*place].clone()] {
                        json::comma(&mut out, &mut is_first);
                        slug_and_name(area, 1, &mut out);
                    }
                    out.extend_from_slice(b"]}}");
                }
                out.extend_from_slice(b"]}}");
            }
            out.extend_from_slice(b"]}}");
        }
        out.extend_from_slice(b"]}}}}");
        Ok(out)
    }
}
