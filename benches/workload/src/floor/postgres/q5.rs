//! The newest patents of an area whose owner is of a country, and how many there are.

use futures_util::future::try_join4;
use tokio_postgres::{Client, Row, Statement};

use super::rows::{Date, date, slug_and_name, text};
use super::{BEGIN, COMMIT, asked, json};
use crate::Fault;

const PAGE: &str = "SELECT p.publication_number, p.title, p.filed_on, c.slug, c.name \
    FROM patent p JOIN company c ON c.id = p.owner_id \
    WHERE p.filed_on >= $3 AND c.country = $2 AND EXISTS (SELECT 1 FROM patent_area l \
        WHERE l.patent_id = p.id AND l.area_id = (SELECT id FROM cooperation_area WHERE slug = $1)) \
    ORDER BY p.filed_on DESC, p.id LIMIT $4";
const COUNT: &str = "SELECT count(*) FROM patent p JOIN company c ON c.id = p.owner_id \
    WHERE p.filed_on >= $3 AND c.country = $2 AND EXISTS (SELECT 1 FROM patent_area l \
        WHERE l.patent_id = p.id AND l.area_id = (SELECT id FROM cooperation_area WHERE slug = $1))";

pub struct Statements {
    page: Statement,
    count: Statement,
}

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Fault> {
        Ok(Self { page: client.prepare(PAGE).await?, count: client.prepare(COUNT).await? })
    }

    pub async fn with_count(&self, client: &Client, asked: &asked::Q5) -> Result<Vec<u8>, Fault> {
        let since = Date::parse(&asked.since)?;
        let ((), count, patents, ()) = try_join4(
            client.batch_execute(BEGIN),
            client.query_one(&self.count, &[&asked.area, &asked.country, &since]),
            client.query(&self.page, &[&asked.area, &asked.country, &since, &asked.patents]),
            client.batch_execute(COMMIT),
        )
        .await?;
        Ok(written(Some(count.get(0)), &patents))
    }

    pub async fn page(&self, client: &Client, asked: &asked::Q5) -> Result<Vec<u8>, Fault> {
        let since = Date::parse(&asked.since)?;
        let patents = client.query(&self.page, &[&asked.area, &asked.country, &since, &asked.patents]).await?;
        Ok(written(None, &patents))
    }
}

fn written(count: Option<i64>, patents: &[Row]) -> Vec<u8> {
    let mut out = Vec::with_capacity(8 * 1024);
    out.extend_from_slice(br#"{"data":{"patents":{"#);
    if let Some(count) = count {
        out.extend_from_slice(br#""totalCount":"#);
        json::integer(&mut out, count);
        out.push(b',');
    }
    out.extend_from_slice(br#""nodes":["#);
    let mut is_first = true;
    for patent in patents {
        json::comma(&mut out, &mut is_first);
        out.extend_from_slice(br#"{"publicationNumber":"#);
        text(patent, 0, &mut out);
        out.extend_from_slice(br#","title":"#);
        text(patent, 1, &mut out);
        out.extend_from_slice(br#","filedOn":"#);
        date(patent, 2, &mut out);
        out.extend_from_slice(br#","owner":"#);
        slug_and_name(patent, 3, &mut out);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}}}");
    out
}
