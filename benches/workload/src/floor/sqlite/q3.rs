//! One company, its agreements, their licences, the patents that these list with owners and areas.

use rusqlite::{Connection, Statement, params};

use super::areas::Areas;
use super::{asked, json, slug_and_name, text};
use crate::Fault;

const COMPANY: &str = "SELECT id, slug, name FROM company WHERE slug = ?1";
const AGREEMENTS: &str = "SELECT a.id, a.slug, a.title, a.announced_on \
    FROM company_agreement l CROSS JOIN agreement a ON a.id = l.id WHERE l.company_id = ?1 \
    ORDER BY l.announced_on DESC NULLS FIRST, l.id LIMIT ?2 + 0";
const GRANTS: &str = "SELECT id, scope FROM licence_grant WHERE agreement_id = ?1 ORDER BY ordinal, id LIMIT ?2 + 0";
const PATENTS: &str = "SELECT p.id, p.publication_number, p.title, p.filed_on, c.slug, c.name \
    FROM licence_grant_patent l CROSS JOIN patent p ON p.id = l.patent_id LEFT JOIN company c ON c.id = p.owner_id \
    WHERE l.licence_grant_id = ?1 ORDER BY p.publication_number LIMIT ?2 + 0";

pub struct Statements {
    company: Statement<'static>,
    agreements: Statement<'static>,
    grants: Statement<'static>,
    patents: Statement<'static>,
    areas: Areas,
}

impl Statements {
    pub fn prepare(open: &'static Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            company: open.prepare(COMPANY)?,
            agreements: open.prepare(AGREEMENTS)?,
            grants: open.prepare(GRANTS)?,
            patents: open.prepare(PATENTS)?,
            areas: Areas::prepare(open, "patent_area", "patent_id")?,
        })
    }

    pub fn answer(&mut self, asked: &asked::Q3) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(256 * 1024);
        let mut companies = self.company.query([&asked.slug])?;
        let Some(company) = companies.next()? else { return Ok(br#"{"data":{"company":null}}"#.to_vec()) };
        out.extend_from_slice(br#"{"data":{"company":{"slug":"#);
        text(company, 1, &mut out)?;
        out.extend_from_slice(br#","name":"#);
        text(company, 2, &mut out)?;
        out.extend_from_slice(br#","agreements":{"nodes":["#);
        let mut is_first = true;
        let mut agreements = self.agreements.query(params![company.get::<_, i64>(0)?, asked.agreements])?;
        while let Some(agreement) = agreements.next()? {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(br#"{"slug":"#);
            text(agreement, 1, &mut out)?;
            out.extend_from_slice(br#","title":"#);
            text(agreement, 2, &mut out)?;
            out.extend_from_slice(br#","announcedOn":"#);
            text(agreement, 3, &mut out)?;
            out.extend_from_slice(br#","grants":{"nodes":["#);
            let mut is_first = true;
            let mut grants = self.grants.query(params![agreement.get::<_, i64>(0)?, asked.grants])?;
            while let Some(grant) = grants.next()? {
                json::comma(&mut out, &mut is_first);
                out.extend_from_slice(br#"{"scope":"#);
                text(grant, 1, &mut out)?;
                out.extend_from_slice(br#","patents":{"nodes":["#);
                let mut is_first = true;
                let mut patents = self.patents.query(params![grant.get::<_, i64>(0)?, asked.patents])?;
                while let Some(patent) = patents.next()? {
                    json::comma(&mut out, &mut is_first);
                    out.extend_from_slice(br#"{"publicationNumber":"#);
                    text(patent, 1, &mut out)?;
                    out.extend_from_slice(br#","title":"#);
                    text(patent, 2, &mut out)?;
                    out.extend_from_slice(br#","filedOn":"#);
                    text(patent, 3, &mut out)?;
                    out.extend_from_slice(br#","owner":"#);
                    slug_and_name(patent, 4, &mut out)?;
                    out.extend_from_slice(br#","areas":{"nodes":["#);
                    self.areas.write(patent.get(0)?, asked.areas, &mut out)?;
                    out.extend_from_slice(b"]}}");
                }
                out.extend_from_slice(b"]}}");
            }
            out.extend_from_slice(b"]}}");
        }
        out.extend_from_slice(b"]}}}}");
        Ok(out)
    }
}
