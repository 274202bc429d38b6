//! The newest agreements of an area with a party of a country, with their parties and citations.

use rusqlite::{Connection, Statement, params};

use super::{asked, json, text};
use crate::Fault;

// Along the area's agreements, the newest first.
const AGREEMENTS: &str = "SELECT a.id, a.slug, a.title, a.announced_on, a.status \
    FROM area_agreement l CROSS JOIN agreement a ON a.id = l.id \
    WHERE l.area_id = (SELECT id FROM cooperation_area WHERE slug = ?1) \
    AND EXISTS (SELECT 1 FROM agreement_party p JOIN company c ON c.id = p.company_id \
        WHERE p.agreement_id = l.id AND c.country = ?2) \
    ORDER BY l.announced_on DESC NULLS FIRST, l.id LIMIT ?3 + 0";
const PARTIES: &str = "SELECT p.role, c.slug, c.name, c.country FROM agreement_party p \
    JOIN company c ON c.id = p.company_id WHERE p.agreement_id = ?1 ORDER BY p.role, p.id LIMIT ?2 + 0";
const CITATIONS: &str = "SELECT c.quote, c.confidence, s.publisher, s.title, s.url FROM citation c \
    JOIN source s ON s.id = c.source_id WHERE c.agreement_id = ?1 ORDER BY c.ordinal, c.id LIMIT ?2 + 0";

pub struct Statements {
    agreements: Statement<'static>,
    parties: Statement<'static>,
    citations: Statement<'static>,
}

impl Statements {
    pub fn prepare(open: &'static Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            agreements: open.prepare(AGREEMENTS)?,
            parties: open.prepare(PARTIES)?,
            citations: open.prepare(CITATIONS)?,
        })
    }

    pub fn answer(&mut self, asked: &asked::Q7) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(64 * 1024);
        out.extend_from_slice(br#"{"data":{"agreements":{"nodes":["#);
        let mut is_first = true;
        let mut agreements = self.agreements.query(params![asked.area, asked.country, asked.agreements])?;
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
                out.extend_from_slice(br#","company":{"slug":"#);
                text(party, 1, &mut out)?;
                out.extend_from_slice(br#","name":"#);
                text(party, 2, &mut out)?;
                out.extend_from_slice(br#","country":"#);
                text(party, 3, &mut out)?;
                out.extend_from_slice(b"}}");
            }
            out.extend_from_slice(br#"]},"citations":{"nodes":["#);
            let mut is_first = true;
            let mut citations = self.citations.query(params![key, asked.citations])?;
            while let Some(citation) = citations.next()? {
                json::comma(&mut out, &mut is_first);
                out.extend_from_slice(br#"{"quote":"#);
                text(citation, 0, &mut out)?;
                out.extend_from_slice(br#","confidence":"#);
                text(citation, 1, &mut out)?;
                out.extend_from_slice(br#","source":{"publisher":"#);
                text(citation, 2, &mut out)?;
                out.extend_from_slice(br#","title":"#);
                text(citation, 3, &mut out)?;
                out.extend_from_slice(br#","url":"#);
                text(citation, 4, &mut out)?;
                out.extend_from_slice(b"}}");
            }
            out.extend_from_slice(b"]}}");
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }
}
