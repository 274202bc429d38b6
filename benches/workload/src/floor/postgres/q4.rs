//! Patents by number, with the owner's slug.

use tokio_postgres::{Client, Statement};

use super::rows::{date, integer, text};
use super::{asked, json};
use crate::Fault;

const PATENTS: &str = "SELECT p.publication_number, p.title, p.office, p.kind_code, p.filed_on, p.status, \
    p.claims_count, c.slug FROM (SELECT * FROM patent WHERE publication_number >= $1 \
    ORDER BY publication_number LIMIT $2) p LEFT JOIN company c ON c.id = p.owner_id ORDER BY p.publication_number";

pub struct Statements {
    patents: Statement,
}

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Fault> {
        Ok(Self { patents: client.prepare(PATENTS).await? })
    }

    pub async fn answer(&self, client: &Client, asked: &asked::Q4) -> Result<Vec<u8>, Fault> {
        let patents = client.query(&self.patents, &[&asked.from, &asked.patents]).await?;
        let mut out = Vec::with_capacity(256 * 1024);
        out.extend_from_slice(br#"{"data":{"patents":{"nodes":["#);
        let mut is_first = true;
        for patent in &patents {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(br#"{"publicationNumber":"#);
            text(patent, 0, &mut out);
            out.extend_from_slice(br#","title":"#);
            text(patent, 1, &mut out);
            out.extend_from_slice(br#","office":"#);
            text(patent, 2, &mut out);
            out.extend_from_slice(br#","kindCode":"#);
            text(patent, 3, &mut out);
            out.extend_from_slice(br#","filedOn":"#);
            date(patent, 4, &mut out);
            out.extend_from_slice(br#","status":"#);
            text(patent, 5, &mut out);
            out.extend_from_slice(br#","claimsCount":"#);
            integer(patent, 6, &mut out);
            out.extend_from_slice(br#","owner":"#);
            match patent.get::<_, Option<&str>>(7) {
                Some(slug) => {
                    out.extend_from_slice(br#"{"slug":"#);
                    json::text(&mut out, slug.as_bytes());
                    out.push(b'}');
                }
                None => out.extend_from_slice(b"null"),
            }
            out.push(b'}');
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }
}
