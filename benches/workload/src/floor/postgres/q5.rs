//! The newest patents of an area whose owner is of a country, and how many there are.

use futures_util::future::try_join4;
use tokio_postgres::{Client, Row, Statement};

use super::rows::{Date, date, slug_and_name, text};
use super::{BEGIN, COMMIT, asked, json};
use crate::Fault;

// The plain joins: an area's slug and a patent's areas are unique, so that no patent is met twice.
const PAGE: &str = "SELECT p.publication_number, p.title, p.filed_on, c.slug, c.name FROM patent p \
    JOIN company c ON c.id = p.owner_id JOIN patent_area l ON l.patent_id = p.id \
    JOIN cooperation_area a ON a.id = l.area_id \
    WHERE a.slug = $1 AND c.country = $2 AND p.filed_on >= $3 ORDER BY p.filed_on DESC, p.id LIMIT $4";
const COUNT: &str = "SELECT count(*) FROM patent p \
    JOIN company c ON c.id = p.owner_id JOIN patent_area l ON l.patent_id = p.id \
    JOIN cooperation_area a ON a.id = l.area_id WHERE a.slug = $1 AND c.country = $2 AND p.filed_on >= $3";

// The country's companies as an array, by which the index of owners is read; the area's patents as a hashed set.
macro_rules! hits {
    () => {
        "FROM patent p WHERE p.owner_id = ANY (ARRAY(SELECT id FROM company WHERE country = $2)) AND p.filed_on >= $3 \
         AND p.id IN (SELECT patent_id FROM patent_area \
             WHERE area_id = (SELECT id FROM cooperation_area WHERE slug = $1))"
    };
}
const SET_PAGE: &str = concat!(
    "SELECT p.publication_number, p.title, p.filed_on, c.slug, c.name FROM (SELECT p.publication_number, p.title, \
     p.filed_on, p.owner_id, p.id ",
    hits!(),
    " ORDER BY p.filed_on DESC, p.id LIMIT $4) p JOIN company c ON c.id = p.owner_id ORDER BY p.filed_on DESC, p.id"
);
/// Both from the same hits, which are found once.
const SET_PAGE_AND_COUNT: &str = concat!(
    "WITH hits AS MATERIALIZED (SELECT p.id, p.filed_on ",
    hits!(),
    ") SELECT p.publication_number, p.title, p.filed_on, c.slug, c.name, (SELECT count(*) FROM hits) \
     FROM (SELECT id, filed_on FROM hits ORDER BY filed_on DESC, id LIMIT $4) h JOIN patent p ON p.id = h.id \
     JOIN company c ON c.id = p.owner_id ORDER BY h.filed_on DESC, h.id"
);

pub struct Statements {
    page: Statement,
    count: Statement,
    set_page: Statement,
    set_page_and_count: Statement,
}

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Fault> {
        Ok(Self {
            page: client.prepare(PAGE).await?,
            count: client.prepare(COUNT).await?,
            set_page: client.prepare(SET_PAGE).await?,
            set_page_and_count: client.prepare(SET_PAGE_AND_COUNT).await?,
        })
    }

    /// Page and count, each by a statement that says what is wanted in the plainest way.
    pub async fn plain(&self, client: &Client, asked: &asked::Q5) -> Result<Vec<u8>, Fault> {
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

    /// The page alone.
    pub async fn page(&self, client: &Client, asked: &asked::Q5) -> Result<Vec<u8>, Fault> {
        let since = Date::parse(&asked.since)?;
        let patents = client.query(&self.set_page, &[&asked.area, &asked.country, &since, &asked.patents]).await?;
        Ok(written(None, &patents))
    }

    /// Page and count from hits that are found once.
    pub async fn set(&self, client: &Client, asked: &asked::Q5) -> Result<Vec<u8>, Fault> {
        let since = Date::parse(&asked.since)?;
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
            [&asked.area, &asked.country, &since, &asked.patents];
        let patents = client.query(&self.set_page_and_count, &values).await?;
        let count = patents.first().map_or(0, |row| row.get(5));
        Ok(written(Some(count), &patents))
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
