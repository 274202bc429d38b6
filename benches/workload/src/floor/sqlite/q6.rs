//! A page of patents by filing date, with owners and areas.

use rusqlite::{Connection, Rows, Statement, params};

use super::areas::Areas;
use super::{asked, json, slug_and_name, text};
use crate::Fault;

const DATED: &str = "SELECT p.id, p.publication_number, p.title, p.filed_on, c.slug, c.name \
    FROM patent p LEFT JOIN company c ON c.id = p.owner_id \
    WHERE (p.filed_on, p.id) > (?1, ?2) ORDER BY p.filed_on, p.id LIMIT ?3 + 0";
const UNDATED: &str = "SELECT p.id, p.publication_number, p.title, p.filed_on, c.slug, c.name \
    FROM patent p LEFT JOIN company c ON c.id = p.owner_id \
    WHERE p.filed_on IS NULL ORDER BY p.id LIMIT ?1 + 0";

pub struct Statements {
    dated: Statement<'static>,
    undated: Statement<'static>,
    areas: Areas,
}

impl Statements {
    pub fn prepare(open: &'static Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            dated: open.prepare(DATED)?,
            undated: open.prepare(UNDATED)?,
            areas: Areas::prepare(open, "patent_area", "patent_id")?,
        })
    }

    pub fn answer(&mut self, asked: &asked::Q6) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(32 * 1024);
        out.extend_from_slice(br#"{"data":{"patents":{"nodes":["#);
        let dated = self.dated.query(params![asked.filed_on, asked.id, asked.patents])?;
        let written = patents(dated, &mut self.areas, asked, true, &mut out)?;
        if written < asked.patents {
            let undated = self.undated.query([asked.patents - written])?;
            patents(undated, &mut self.areas, asked, written == 0, &mut out)?;
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }
}

/// Writes patents, and tells how many they are.
fn patents(
    mut patents: Rows<'_>,
    areas: &mut Areas,
    asked: &asked::Q6,
    mut is_first: bool,
    out: &mut Vec<u8>,
) -> Result<i64, Fault> {
    let mut written = 0;
    while let Some(patent) = patents.next()? {
        written += 1;
        json::comma(out, &mut is_first);
        out.extend_from_slice(br#"{"publicationNumber":"#);
        text(patent, 1, out)?;
        out.extend_from_slice(br#","title":"#);
        text(patent, 2, out)?;
        out.extend_from_slice(br#","filedOn":"#);
        text(patent, 3, out)?;
        out.extend_from_slice(br#","owner":"#);
        slug_and_name(patent, 4, out)?;
        out.extend_from_slice(br#","areas":{"nodes":["#);
        areas.write(patent.get(0)?, asked.areas, out)?;
        out.extend_from_slice(b"]}}");
    }
    Ok(written)
}
