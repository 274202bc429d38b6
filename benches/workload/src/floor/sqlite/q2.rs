//! Companies by name, their agreements, the parties and areas of each.

use rusqlite::{Connection, Statement, params};

use super::areas::Areas;
use super::{asked, json, text};
use crate::Fault;

// `LIMIT ?` alone would have SQLite prepare a statement anew each time that a value is bound to it.
const COMPANIES: &str = "SELECT id, slug, name, country FROM company WHERE name >= ?1 ORDER BY name, id LIMIT ?2 + 0";
const AGREEMENTS: &str = "SELECT a.id, a.slug, a.title, a.announced_on, a.status \
    FROM company_agreement l CROSS JOIN agreement a ON a.id = l.id WHERE l.company_id = ?1 \
    ORDER BY l.announced_on DESC NULLS FIRST, l.id LIMIT ?2 + 0";
const PARTIES: &str = "SELECT p.role, c.name, c.slug FROM agreement_party p JOIN company c ON c.id = p.company_id \
    WHERE p.agreement_id = ?1 ORDER BY p.role, p.id LIMIT ?2 + 0";

pub struct Statements {
    companies: Statement<'static>,
    agreements: Statement<'static>,
    parties: Statement<'static>,
    areas: Areas,
}

impl Statements {
    pub fn prepare(open: &'static Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            companies: open.prepare(COMPANIES)?,
            agreements: open.prepare(AGREEMENTS)?,
            parties: open.prepare(PARTIES)?,
            areas: Areas::prepare(open, "agreement_area", "agreement_id")?,
        })
    }

    pub fn answer(&mut self, asked: &asked::Q2) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(128 * 1024);
        out.extend_from_slice(br#"{"data":{"companies":{"nodes":["#);
        let mut is_first = true;
        let mut companies = self.companies.query(params![asked.from, asked.companies])?;
        while let Some(company) = companies.next()? {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(br#"{"slug":"#);
            text(company, 1, &mut out)?;
            out.extend_from_slice(br#","name":"#);
            text(company, 2, &mut out)?;
            out.extend_from_slice(br#","country":"#);
            text(company, 3, &mut out)?;
            out.extend_from_slice(br#","agreements":{"nodes":["#);
            let mut is_first = true;
            let mut agreements = self.agreements.query(params![company.get::<_, i64>(0)?, asked.agreements])?;
            while let Some(agreement) = agreements.next()? {
                let key: i64 = agreement.get(0)?;
                json::comma(&mut out, &mut is_first);
                out.extend_from_slice(br#"{"slug":"#);
                text(agreement, 1, &mut out)?;
                out.extend_from_slice(br#","title":"#);
                text(agreement, 2, &mut out)?;
                out.extend_from_slice(br#","announcedOn":"#);
                text(agreement, 3, &mut out)?;
                out.extend_from_slice(br#","status":"#);
                text(agreement, 4, &mut out)?;
                out.extend_from_slice(br#","parties":{"nodes":["#);
                let mut is_first = true;
                let mut parties = self.parties.query(params![key, asked.parties])?;
                while let Some(party) = parties.next()? {
                    json::comma(&mut out, &mut is_first);
                    out.extend_from_slice(br#"{"role":"#);
                    text(party, 0, &mut out)?;
                    out.extend_from_slice(br#","company":{"name":"#);
                    text(party, 1, &mut out)?;
                    out.extend_from_slice(br#","slug":"#);
                    text(party, 2, &mut out)?;
                    out.extend_from_slice(b"}}");
                }
                out.extend_from_slice(br#"]},"areas":{"nodes":["#);
                self.areas.write(key, asked.areas, &mut out)?;
                out.extend_from_slice(b"]}}");
            }
            out.extend_from_slice(b"]}}");
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }
}
