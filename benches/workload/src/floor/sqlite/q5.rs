//! The newest patents of an area whose owner is of a country, and how many there are.

use rusqlite::{Connection, Statement, params};

use super::{asked, json, slug_and_name, text};
use crate::Fault;

const PAGE: &str = "SELECT p.publication_number, p.title, p.filed_on, c.slug, c.name \
    FROM patent p JOIN company c ON c.id = p.owner_id \
    WHERE p.filed_on >= ?3 AND c.country = ?2 AND EXISTS (SELECT 1 FROM patent_area l \
        WHERE l.patent_id = p.id AND l.area_id = (SELECT id FROM cooperation_area WHERE slug = ?1)) \
    ORDER BY p.filed_on DESC, p.id LIMIT ?4 + 0";
const COUNT: &str = "SELECT count(*) FROM patent p JOIN company c ON c.id = p.owner_id \
    WHERE p.filed_on >= ?3 AND c.country = ?2 AND EXISTS (SELECT 1 FROM patent_area l \
        WHERE l.patent_id = p.id AND l.area_id = (SELECT id FROM cooperation_area WHERE slug = ?1))";

pub struct Statements {
    page: Statement<'static>,
    count: Statement<'static>,
}

impl Statements {
    pub fn prepare(open: &'static Connection) -> rusqlite::Result<Self> {
        Ok(Self { page: open.prepare(PAGE)?, count: open.prepare(COUNT)? })
    }

    pub fn answer(&mut self, asked: &asked::Q5, counts: bool) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(8 * 1024);
        out.extend_from_slice(br#"{"data":{"patents":{"#);
        if counts {
            let count: i64 = self.count.query_row(params![asked.area, asked.country, asked.since], |row| row.get(0))?;
            out.extend_from_slice(br#""totalCount":"#);
            json::integer(&mut out, count);
            out.push(b',');
        }
        out.extend_from_slice(br#""nodes":["#);
        let mut is_first = true;
        let mut patents = self.page.query(params![asked.area, asked.country, asked.since, asked.patents])?;
        while let Some(patent) = patents.next()? {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(br#"{"publicationNumber":"#);
            text(patent, 0, &mut out)?;
            out.extend_from_slice(br#","title":"#);
            text(patent, 1, &mut out)?;
            out.extend_from_slice(br#","filedOn":"#);
            text(patent, 2, &mut out)?;
            out.extend_from_slice(br#","owner":"#);
            slug_and_name(patent, 3, &mut out)?;
            out.push(b'}');
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }
}
