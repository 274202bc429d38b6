//! One company by slug.

use rusqlite::{Connection, Statement};

use super::{asked, text};
use crate::Fault;

const COMPANY: &str = "SELECT slug, name, country, city, founded_on FROM company WHERE slug = ?1";

pub struct Statements {
    company: Statement<'static>,
}

impl Statements {
    pub fn prepare(open: &'static Connection) -> rusqlite::Result<Self> {
        Ok(Self { company: open.prepare(COMPANY)? })
    }

    pub fn answer(&mut self, asked: &asked::Q1) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(256);
        out.extend_from_slice(br#"{"data":{"company":"#);
        match self.company.query([&asked.slug])?.next()? {
            Some(company) => {
                out.extend_from_slice(br#"{"slug":"#);
                text(company, 0, &mut out)?;
                out.extend_from_slice(br#","name":"#);
                text(company, 1, &mut out)?;
                out.extend_from_slice(br#","country":"#);
                text(company, 2, &mut out)?;
                out.extend_from_slice(br#","city":"#);
                text(company, 3, &mut out)?;
                out.extend_from_slice(br#","foundedOn":"#);
                text(company, 4, &mut out)?;
                out.push(b'}');
            }
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b"}}");
        Ok(out)
    }
}
