//! The newest agreements of an area with a party of a country, with their parties and citations.

use futures_util::future::{try_join, try_join3};
use tokio_postgres::{Client, Statement};

use super::rows::{date, groups, text};
use super::{BEGIN, COMMIT, asked, json};
use crate::Fault;

const AGREEMENTS: &str = "SELECT a.id, a.slug, a.title, a.announced_on, a.status FROM ( \
        SELECT l.announced_on, l.id FROM area_agreement l \
        WHERE l.area_id = (SELECT id FROM cooperation_area WHERE slug = $1) \
        AND EXISTS (SELECT 1 FROM agreement_party p JOIN company c ON c.id = p.company_id \
            WHERE p.agreement_id = l.id AND c.country = $2) \
        ORDER BY l.announced_on DESC, l.id LIMIT $3) l JOIN agreement a ON a.id = l.id \
    ORDER BY l.announced_on DESC, l.id";
const PARTIES: &str = "SELECT u.o, p.role, c.slug, c.name, c.country \
    FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) CROSS JOIN LATERAL ( \
        SELECT id, role, company_id FROM agreement_party WHERE agreement_id = u.k ORDER BY role, id LIMIT $2) p \
    JOIN company c ON c.id = p.company_id ORDER BY u.o, p.role, p.id";
const CITATIONS: &str = "SELECT u.o, c.quote, c.confidence, s.publisher, s.title, s.url \
    FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) CROSS JOIN LATERAL ( \
        SELECT id, ordinal, quote, confidence, source_id FROM citation \
        WHERE agreement_id = u.k ORDER BY ordinal, id LIMIT $2) c \
    JOIN source s ON s.id = c.source_id ORDER BY u.o, c.ordinal, c.id";

pub struct Statements {
    agreements: Statement,
    parties: Statement,
    citations: Statement,
}

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Fault> {
        Ok(Self {
            agreements: client.prepare(AGREEMENTS).await?,
            parties: client.prepare(PARTIES).await?,
            citations: client.prepare(CITATIONS).await?,
        })
    }

    pub async fn answer(&self, client: &Client, asked: &asked::Q7) -> Result<Vec<u8>, Fault> {
        let ((), agreements) = try_join(
            client.batch_execute(BEGIN),
            client.query(&self.agreements, &[&asked.area, &asked.country, &asked.agreements]),
        )
        .await?;
        let keys: Vec<i64> = agreements.iter().map(|row| row.get(0)).collect();
        let (parties, citations, ()) = try_join3(
            client.query(&self.parties, &[&keys, &asked.parties]),
            client.query(&self.citations, &[&keys, &asked.citations]),
            client.batch_execute(COMMIT),
        )
        .await?;
        let party_groups = groups(&parties, keys.len());
        let citation_groups = groups(&citations, keys.len());

        let mut out = Vec::with_capacity(64 * 1024);
        out.extend_from_slice(br#"{"data":{"agreements":{"nodes":["#);
        let mut is_first = true;
        for ((agreement, party_group), citation_group) in agreements.iter().zip(party_groups).zip(citation_groups) {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(br#"{"slug":"#);
            text(agreement, 1, &mut out);
            out.extend_from_slice(br#","title":"#);
            text(agreement, 2, &mut out);
            out.extend_from_slice(br#","announcedOn":"#);
            date(agreement, 3, &mut out);
            out.extend_from_slice(br#","status":"#);
            text(agreement, 4, &mut out);
            out.extend_from_slice(br#","parties":{"nodes":["#);
            let mut is_first = true;
            for party in &parties[party_group] {
                json::comma(&mut out, &mut is_first);
                out.extend_from_slice(br#"{"role":"#);
                text(party, 1, &mut out);
                out.extend_from_slice(br#","company":{"slug":"#);
                text(party, 2, &mut out);
                out.extend_from_slice(br#","name":"#);
                text(party, 3, &mut out);
                out.extend_from_slice(br#","country":"#);
                text(party, 4, &mut out);
                out.extend_from_slice(b"}}");
            }
            out.extend_from_slice(br#"]},"citations":{"nodes":["#);
            let mut is_first = true;
            for citation in &citations[citation_group] {
                json::comma(&mut out, &mut is_first);
                out.extend_from_slice(br#"{"quote":"#);
                text(citation, 1, &mut out);
                out.extend_from_slice(br#","confidence":"#);
                text(citation, 2, &mut out);
                out.extend_from_slice(br#","source":{"publisher":"#);
                text(citation, 3, &mut out);
                out.extend_from_slice(br#","title":"#);
                text(citation, 4, &mut out);
                out.extend_from_slice(br#","url":"#);
                text(citation, 5, &mut out);
                out.extend_from_slice(b"}}");
            }
            out.extend_from_slice(b"]}}");
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }
}
