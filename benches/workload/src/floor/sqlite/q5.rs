//! The newest patents of an area whose owner is of a country, and how many there are.

use rusqlite::{Connection, Params, Statement, params};

use super::{asked, json, slug_and_name, text};
use crate::Fault;

// The plain joins: an area's slug and a patent's areas are unique, so that no patent is met twice.
const PAGE: &str = "SELECT p.publication_number, p.title, p.filed_on, c.slug, c.name FROM patent p \
    JOIN company c ON c.id = p.owner_id JOIN patent_area l ON l.patent_id = p.id \
    JOIN cooperation_area a ON a.id = l.area_id \
    WHERE a.slug = ?1 AND c.country = ?2 AND p.filed_on >= ?3 ORDER BY p.filed_on DESC, p.id LIMIT ?4 + 0";
const COUNT: &str = "SELECT count(*) FROM patent p \
    JOIN company c ON c.id = p.owner_id JOIN patent_area l ON l.patent_id = p.id \
    JOIN cooperation_area a ON a.id = l.area_id WHERE a.slug = ?1 AND c.country = ?2 AND p.filed_on >= ?3";

// The country's companies as a set that is made once: cheaper than to look each owner up.
macro_rules! hits {
    () => {
        "FROM patent_area l CROSS JOIN patent p ON p.id = l.patent_id \
         WHERE l.area_id = (SELECT id FROM cooperation_area WHERE slug = ?1) AND p.filed_on >= ?3 \
         AND p.owner_id IN (SELECT id FROM company WHERE country = ?2)"
    };
}
const SET_PAGE: &str = concat!(
    "SELECT p.publication_number, p.title, p.filed_on, c.slug, c.name FROM (SELECT p.id, p.filed_on ",
    hits!(),
    " ORDER BY p.filed_on DESC, p.id LIMIT ?4 + 0) h CROSS JOIN patent p ON p.id = h.id \
     CROSS JOIN company c ON c.id = p.owner_id ORDER BY h.filed_on DESC, h.id"
);
/// Both from the same hits, which are found once.
const SET_PAGE_AND_COUNT: &str = concat!(
    "WITH hits AS MATERIALIZED (SELECT p.id, p.filed_on ",
    hits!(),
    ") SELECT p.publication_number, p.title, p.filed_on, c.slug, c.name, (SELECT count(*) FROM hits) \
     FROM (SELECT id, filed_on FROM hits ORDER BY filed_on DESC, id LIMIT ?4 + 0) h CROSS JOIN patent p ON p.id = h.id \
     CROSS JOIN company c ON c.id = p.owner_id ORDER BY h.filed_on DESC, h.id"
);

pub struct Statements {
    page: Statement<'static>,
    count: Statement<'static>,
    set_page: Statement<'static>,
    set_page_and_count: Statement<'static>,
}

impl Statements {
    pub fn prepare(open: &'static Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            page: open.prepare(PAGE)?,
            count: open.prepare(COUNT)?,
            set_page: open.prepare(SET_PAGE)?,
            set_page_and_count: open.prepare(SET_PAGE_AND_COUNT)?,
        })
    }

    /// Page and count, each by a statement that says what is wanted in the plainest way.
    pub fn plain(&mut self, asked: &asked::Q5) -> Result<Vec<u8>, Fault> {
        let count = self.count.query_row(params![asked.area, asked.country, asked.since], |row| row.get(0))?;
        let mut nodes = Vec::with_capacity(8 * 1024);
        patents(&mut self.page, params![asked.area, asked.country, asked.since, asked.patents], &mut nodes)?;
        Ok(written(Some(count), &nodes))
    }

    /// The page alone.
    pub fn page(&mut self, asked: &asked::Q5) -> Result<Vec<u8>, Fault> {
        let mut nodes = Vec::with_capacity(8 * 1024);
        patents(&mut self.set_page, params![asked.area, asked.country, asked.since, asked.patents], &mut nodes)?;
        Ok(written(None, &nodes))
    }

    /// Page and count from hits that are found once.
    pub fn set(&mut self, asked: &asked::Q5) -> Result<Vec<u8>, Fault> {
        let mut nodes = Vec::with_capacity(8 * 1024);
        let values = params![asked.area, asked.country, asked.since, asked.patents];
        let count = patents(&mut self.set_page_and_count, values, &mut nodes)?;
        Ok(written(Some(count), &nodes))
    }
}

/// Writes patents, and gives the count that stands behind their columns, if there is one.
fn patents(statement: &mut Statement<'_>, values: impl Params, out: &mut Vec<u8>) -> Result<i64, Fault> {
    let mut count = 0;
    let has_count = statement.column_count() > 5;
    let mut is_first = true;
    let mut patents = statement.query(values)?;
    while let Some(patent) = patents.next()? {
        if has_count && is_first {
            count = patent.get(5)?;
        }
        json::comma(out, &mut is_first);
        out.extend_from_slice(br#"{"publicationNumber":"#);
        text(patent, 0, out)?;
        out.extend_from_slice(br#","title":"#);
        text(patent, 1, out)?;
        out.extend_from_slice(br#","filedOn":"#);
        text(patent, 2, out)?;
        out.extend_from_slice(br#","owner":"#);
        slug_and_name(patent, 3, out)?;
        out.push(b'}');
    }
    Ok(count)
}

fn written(count: Option<i64>, nodes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(nodes.len() + 64);
    out.extend_from_slice(br#"{"data":{"patents":{"#);
    if let Some(count) = count {
        out.extend_from_slice(br#""totalCount":"#);
        json::integer(&mut out, count);
        out.push(b',');
    }
    out.extend_from_slice(br#""nodes":["#);
    out.extend_from_slice(nodes);
    out.extend_from_slice(b"]}}}");
    out
}
