//! The handlers on SQLite: a connection for each thread, a prepared statement for each level, stepped for each parent;
//! rows go from the statement into the response.

use std::cell::RefCell;

use actix_web::{HttpResponse, web};
use rusqlite::{Connection, OpenFlags, Row, Statement, params};

use super::{Q2, Q4, json, respond};
use crate::Fault;

// `LIMIT ?` alone would have SQLite prepare a statement anew each time that a value is bound to it.
const COMPANIES: &str = "SELECT id, slug, name, country FROM company WHERE name >= ?1 ORDER BY name, id LIMIT ?2 + 0";
const AGREEMENTS: &str = "SELECT id, slug, title, announced_on, status FROM agreement \
    WHERE id IN (SELECT agreement_id FROM agreement_party WHERE company_id = ?1) \
    ORDER BY announced_on DESC NULLS FIRST, id LIMIT ?2 + 0";
const PARTIES: &str = "SELECT p.role, c.name, c.slug FROM agreement_party p JOIN company c ON c.id = p.company_id \
    WHERE p.agreement_id = ?1 ORDER BY p.role, p.id LIMIT ?2 + 0";
// `CROSS JOIN` from the link on: SQLite would rather read all areas for each agreement.
const AREAS: &str = "SELECT a.slug, a.name FROM agreement_area l CROSS JOIN cooperation_area a ON a.id = l.area_id \
    WHERE l.agreement_id = ?1 ORDER BY a.name, a.id LIMIT ?2 + 0";
const PATENTS: &str = "SELECT p.publication_number, p.title, p.office, p.kind_code, p.filed_on, p.status, \
    p.claims_count, c.slug FROM patent p LEFT JOIN company c ON c.id = p.owner_id \
    WHERE p.publication_number >= ?1 ORDER BY p.publication_number LIMIT ?2 + 0";

/// Statements of this thread's connection. They live as long as the process does, and so does the connection.
struct Prepared {
    open: &'static Connection,
    companies: Statement<'static>,
    agreements: Statement<'static>,
    parties: Statement<'static>,
    areas: Statement<'static>,
    patents: Statement<'static>,
}

thread_local! {
    static PREPARED: RefCell<Option<Prepared>> = const { RefCell::new(None) };
}

pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/q2", web::get().to(q2)).route("/q4", web::get().to(q4));
}

async fn q2(path: web::Data<String>, asked: web::Query<Q2>) -> HttpResponse {
    respond(with_prepared(&path, |prepared| {
        prepared.open.execute_batch("BEGIN")?;
        let answer = prepared.q2(&asked);
        prepared.open.execute_batch("COMMIT")?;
        answer
    }))
}

async fn q4(path: web::Data<String>, asked: web::Query<Q4>) -> HttpResponse {
    respond(with_prepared(&path, |prepared| prepared.q4(&asked)))
}

fn with_prepared(path: &str, body: impl FnOnce(&mut Prepared) -> Result<Vec<u8>, Fault>) -> Result<Vec<u8>, Fault> {
    PREPARED.with_borrow_mut(|place| match place {
        Some(prepared) => body(prepared),
        None => body(place.insert(Prepared::open(path)?)),
    })
}

fn text(row: &Row<'_>, column: usize, out: &mut Vec<u8>) -> rusqlite::Result<()> {
    let value = row.get_ref(column)?.as_str_or_null()?;
    json::optional(out, value, json::text);
    Ok(())
}

impl Prepared {
    fn open(path: &str) -> Result<Self, Fault> {
        let open =
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        open.execute_batch("PRAGMA cache_size = -16000; PRAGMA mmap_size = 268435456; PRAGMA query_only = ON")?;
        let open: &'static Connection = Box::leak(Box::new(open));
        Ok(Self {
            open,
            companies: open.prepare(COMPANIES)?,
            agreements: open.prepare(AGREEMENTS)?,
            parties: open.prepare(PARTIES)?,
            areas: open.prepare(AREAS)?,
            patents: open.prepare(PATENTS)?,
        })
    }

    fn q2(&mut self, asked: &Q2) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(128 * 1024);
        out.extend_from_slice(b"{\"data\":{\"companies\":{\"nodes\":[");
        let mut is_first = true;
        let mut companies = self.companies.query(params![asked.from, asked.companies])?;
        while let Some(company) = companies.next()? {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(b"{\"slug\":");
            text(company, 1, &mut out)?;
            out.extend_from_slice(b",\"name\":");
            text(company, 2, &mut out)?;
            out.extend_from_slice(b",\"country\":");
            text(company, 3, &mut out)?;
            out.extend_from_slice(b",\"agreements\":{\"nodes\":[");
            let mut is_first = true;
            let mut agreements = self.agreements.query(params![company.get::<_, i64>(0)?, asked.agreements])?;
            while let Some(agreement) = agreements.next()? {
                let key: i64 = agreement.get(0)?;
                json::comma(&mut out, &mut is_first);
                out.extend_from_slice(b"{\"slug\":");
                text(agreement, 1, &mut out)?;
                out.extend_from_slice(b",\"title\":");
                text(agreement, 2, &mut out)?;
                out.extend_from_slice(b",\"announcedOn\":");
                text(agreement, 3, &mut out)?;
                out.extend_from_slice(b",\"status\":");
                text(agreement, 4, &mut out)?;
                out.extend_from_slice(b",\"parties\":{\"nodes\":[");
                let mut is_first = true;
                let mut parties = self.parties.query(params![key, asked.parties])?;
                while let Some(party) = parties.next()? {
                    json::comma(&mut out, &mut is_first);
                    out.extend_from_slice(b"{\"role\":");
                    text(party, 0, &mut out)?;
                    out.extend_from_slice(b",\"company\":{\"name\":");
                    text(party, 1, &mut out)?;
                    out.extend_from_slice(b",\"slug\":");
                    text(party, 2, &mut out)?;
                    out.extend_from_slice(b"}}");
                }
                out.extend_from_slice(b"]},\"areas\":{\"nodes\":[");
                let mut is_first = true;
                let mut areas = self.areas.query(params![key, asked.areas])?;
                while let Some(area) = areas.next()? {
                    json::comma(&mut out, &mut is_first);
                    out.extend_from_slice(b"{\"slug\":");
                    text(area, 0, &mut out)?;
                    out.extend_from_slice(b",\"name\":");
                    text(area, 1, &mut out)?;
                    out.push(b'}');
                }
                out.extend_from_slice(b"]}}");
            }
            out.extend_from_slice(b"]}}");
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }

    fn q4(&mut self, asked: &Q4) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(256 * 1024);
        out.extend_from_slice(b"{\"data\":{\"patents\":{\"nodes\":[");
        let mut is_first = true;
        let mut patents = self.patents.query(params![asked.from, asked.patents])?;
        while let Some(patent) = patents.next()? {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(b"{\"publicationNumber\":");
            text(patent, 0, &mut out)?;
            out.extend_from_slice(b",\"title\":");
            text(patent, 1, &mut out)?;
            out.extend_from_slice(b",\"office\":");
            text(patent, 2, &mut out)?;
            out.extend_from_slice(b",\"kindCode\":");
            text(patent, 3, &mut out)?;
            out.extend_from_slice(b",\"filedOn\":");
            text(patent, 4, &mut out)?;
            out.extend_from_slice(b",\"status\":");
            text(patent, 5, &mut out)?;
            out.extend_from_slice(b",\"claimsCount\":");
            json::optional(&mut out, patent.get_ref(6)?.as_i64_or_null()?, json::integer);
            out.extend_from_slice(b",\"owner\":");
            match patent.get_ref(7)?.as_str_or_null()? {
                Some(slug) => {
                    out.extend_from_slice(b"{\"slug\":");
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
