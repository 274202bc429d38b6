//! A page of patents by filing date, with owners and areas.

use futures_util::future::try_join;
use tokio_postgres::{Client, Statement};

use super::rows::{Date, date, groups, slug_and_name, text};
use super::{BEGIN, COMMIT, asked, json};
use crate::Fault;

const DATED: &str = "SELECT p.id, p.publication_number, p.title, p.filed_on, c.slug, c.name \
    FROM (SELECT id, publication_number, title, filed_on, owner_id FROM patent \
        WHERE (filed_on, id) > ($1, $2) ORDER BY filed_on, id LIMIT $3) p \
    LEFT JOIN company c ON c.id = p.owner_id ORDER BY p.filed_on, p.id";
const UNDATED: &str = "SELECT p.id, p.publication_number, p.title, p.filed_on, c.slug, c.name \
    FROM (SELECT id, publication_number, title, filed_on, owner_id FROM patent \
        WHERE filed_on IS NULL ORDER BY id LIMIT $1) p \
    LEFT JOIN company c ON c.id = p.owner_id ORDER BY p.id";
const AREAS: &str = "SELECT a.o, a.slug, a.name FROM ( \
        SELECT u.o, r.id, r.slug, r.name, row_number() OVER (PARTITION BY u.o ORDER BY r.name, r.id) AS n \
        FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) JOIN patent_area l ON l.patent_id = u.k \
        JOIN cooperation_area r ON r.id = l.area_id) a \
    WHERE a.n <= $2 ORDER BY a.o, a.name, a.id";

pub struct Statements {
    dated: Statement,
    undated: Statement,
    areas: Statement,
}

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Fault> {
        Ok(Self {
            dated: client.prepare(DATED).await?,
            undated: client.prepare(UNDATED).await?,
            areas: client.prepare(AREAS).await?,
        })
    }

    pub async fn answer(&self, client: &Client, asked: &asked::Q6) -> Result<Vec<u8>, Fault> {
        let filed_on = Date::parse(&asked.filed_on)?;
        let ((), mut patents) =
            try_join(client.batch_execute(BEGIN), client.query(&self.dated, &[&filed_on, &asked.id, &asked.patents]))
                .await?;
        let missing = asked.patents - i64::try_from(patents.len())?;
        if missing > 0 {
            patents.extend(client.query(&self.undated, &[&missing]).await?);
        }
        let keys: Vec<i64> = patents.iter().map(|row| row.get(0)).collect();
        let (areas, ()) =
            try_join(client.query(&self.areas, &[&keys, &asked.areas]), client.batch_execute(COMMIT)).await?;

        let mut out = Vec::with_capacity(32 * 1024);
        out.extend_from_slice(br#"{"data":{"patents":{"nodes":["#);
        let mut is_first = true;
        for (patent, group) in patents.iter().zip(groups(&areas, keys.len())) {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(br#"{"publicationNumber":"#);
            text(patent, 1, &mut out);
            out.extend_from_slice(br#","title":"#);
            text(patent, 2, &mut out);
            out.extend_from_slice(br#","filedOn":"#);
            date(patent, 3, &mut out);
            out.extend_from_slice(br#","owner":"#);
            slug_and_name(patent, 4, &mut out);
            out.extend_from_slice(br#","areas":{"nodes":["#);
            let mut is_first = true;
            for area in &areas[group] {
                json::comma(&mut out, &mut is_first);
                slug_and_name(area, 1, &mut out);
            }
            out.extend_from_slice(b"]}}");
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }
}
