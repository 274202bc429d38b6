//! Patents by number, with the owner's slug.

use rusqlite::{Connection, Statement, params};

use super::{asked, integer, json, text};
use crate::Fault;

const PATENTS: &str = "SELECT p.publication_number, p.title, p.office, p.kind_code, p.filed_on, p.status, \
    p.claims_count, c.slug FROM patent p LEFT JOIN company c ON c.id = p.owner_id \
    WHERE p.publication_number >= ?1 ORDER BY p.publication_number LIMIT ?2 + 0";

pub struct Statements {
    patents: Statement<'static>,
}

impl Statements {
    pub fn prepare(open: &'static Connection) -> rusqlite::Result<Self> {
        Ok(Self { patents: open.prepare(PATENTS)? })
    }

    pub fn answer(&mut self, asked: &asked::Q4) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(256 * 1024);
        out.extend_from_slice(br#"{"data":{"patents":{"nodes":["#);
        let mut is_first = true;
        let mut patents = self.patents.query(params![asked.from, asked.patents])?;
        while let Some(patent) = patents.next()? {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(br#"{"publicationNumber":"#);
            text(patent, 0, &mut out)?;
            out.extend_from_slice(br#","title":"#);
            text(patent, 1, &mut out)?;
            out.extend_from_slice(br#","office":"#);
            text(patent, 2, &mut out)?;
            out.extend_from_slice(br#","kindCode":"#);
            text(patent, 3, &mut out)?;
            out.extend_from_slice(br#","filedOn":"#);
            text(patent, 4, &mut out)?;
            out.extend_from_slice(br#","status":"#);
            text(patent, 5, &mut out)?;
            out.extend_from_slice(br#","claimsCount":"#);
            integer(patent, 6, &mut out)?;
            out.extend_from_slice(br#","owner":"#);
            match patent.get_ref(7)?.as_bytes_or_null()? {
                Some(slug) => {
                    out.extend_from_slice(br#"{"slug":"#);
                    json::text(&mut out, slug);
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
