//! The handlers on PostgreSQL: an async driver, a few connections for each thread, one statement for each level with the
//! keys of all parents; a transaction only where there is more than one statement.

use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;

use actix_web::{HttpResponse, web};
use tokio::sync::Semaphore;
use tokio_postgres::types::{FromSql, Type};
use tokio_postgres::{Client, IsolationLevel, NoTls, Row, Statement};

use super::{Q2, Q4, json, respond};
use crate::Fault;

/// Connections of a thread.
const CONNECTIONS: usize = 4;
/// Days from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
const EPOCH_DAYS: i32 = 10_957;

const COMPANIES: &str = "SELECT id, slug, name, country FROM company WHERE name >= $1 ORDER BY name, id LIMIT $2";
const AGREEMENTS: &str = "SELECT u.o, a.id, a.slug, a.title, a.announced_on, a.status \
    FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) CROSS JOIN LATERAL ( \
        SELECT id, slug, title, announced_on, status FROM agreement \
        WHERE id IN (SELECT agreement_id FROM agreement_party WHERE company_id = u.k) \
        ORDER BY announced_on DESC, id LIMIT $2) a \
    ORDER BY u.o, a.announced_on DESC, a.id";
const PARTIES: &str = "SELECT u.o, p.role, c.name, c.slug \
    FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) CROSS JOIN LATERAL ( \
        SELECT id, role, company_id FROM agreement_party WHERE agreement_id = u.k ORDER BY role, id LIMIT $2) p \
    JOIN company c ON c.id = p.company_id ORDER BY u.o, p.role, p.id";
const AREAS: &str = "SELECT u.o, a.slug, a.name \
    FROM unnest($1::bigint[]) WITH ORDINALITY u(k, o) CROSS JOIN LATERAL ( \
        SELECT id, slug, name FROM cooperation_area \
        WHERE id IN (SELECT area_id FROM agreement_area WHERE agreement_id = u.k) ORDER BY name, id LIMIT $2) a \
    ORDER BY u.o, a.name, a.id";
const PATENTS: &str = "SELECT p.publication_number, p.title, p.office, p.kind_code, p.filed_on, p.status, \
    p.claims_count, c.slug FROM (SELECT * FROM patent WHERE publication_number >= $1 \
    ORDER BY publication_number LIMIT $2) p LEFT JOIN company c ON c.id = p.owner_id ORDER BY p.publication_number";

/// A connection and its prepared statements.
struct Prepared {
    client: Client,
    companies: Statement,
    agreements: Statement,
    parties: Statement,
    areas: Statement,
    patents: Statement,
}

/// The connections of a thread.
pub struct Pool {
    url: String,
    permits: Semaphore,
    idle: RefCell<Vec<Prepared>>,
}

/// A date as it comes: days since 2000-01-01.
struct Days(i32);

impl<'a> FromSql<'a> for Days {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        i32::from_sql(ty, raw).map(Self)
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::DATE
    }
}

pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/q2", web::get().to(q2)).route("/q4", web::get().to(q4));
}

async fn q2(pool: web::Data<Pool>, asked: web::Query<Q2>) -> HttpResponse {
    respond(pool.with(async |prepared| prepared.q2(&asked).await).await)
}

async fn q4(pool: web::Data<Pool>, asked: web::Query<Q4>) -> HttpResponse {
    respond(pool.with(async |prepared| prepared.q4(&asked).await).await)
}

impl Pool {
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned(), permits: Semaphore::new(CONNECTIONS), idle: RefCell::default() }
    }

    async fn with<T>(&self, body: impl AsyncFnOnce(&mut Prepared) -> Result<T, Fault>) -> Result<T, Fault> {
        let _permit = self.permits.acquire().await?;
        let idle = self.idle.borrow_mut().pop();
        let mut prepared = match idle {
            Some(prepared) => prepared,
            None => Prepared::open(&self.url).await?,
        };
        let answer = body(&mut prepared).await?;
        self.idle.borrow_mut().push(prepared);
        Ok(answer)
    }
}

/// The rows of each parent: where they begin and end. They come in the order of the parents.
fn groups(rows: &[Row], parents: usize) -> Vec<std::ops::Range<usize>> {
    let mut groups = vec![0..0; parents];
    for (place, row) in rows.iter().enumerate() {
        let parent = usize::try_from(row.get::<_, i64>(0) - 1).unwrap_or(0);
        if let Some(group) = groups.get_mut(parent) {
            if group.start == group.end {
                group.start = place;
            }
            group.end = place + 1;
        }
    }
    groups
}

fn text(row: &Row, column: usize, out: &mut Vec<u8>) {
    json::optional(out, row.get::<_, Option<&str>>(column), json::text);
}

fn date(row: &Row, column: usize, out: &mut Vec<u8>) {
    json::optional(out, row.get::<_, Option<Days>>(column), |out, days| json::date(out, days.0 + EPOCH_DAYS));
}

impl Prepared {
    async fn open(url: &str) -> Result<Self, Fault> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        actix_web::rt::spawn(connection);
        Ok(Self {
            companies: client.prepare(COMPANIES).await?,
            agreements: client.prepare(AGREEMENTS).await?,
            parties: client.prepare(PARTIES).await?,
            areas: client.prepare(AREAS).await?,
            patents: client.prepare(PATENTS).await?,
            client,
        })
    }

    async fn q2(&mut self, asked: &Q2) -> Result<Vec<u8>, Fault> {
        let Self { client, companies, agreements, parties, areas, .. } = self;
        let begin = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let transaction = begin.start().await?;
        let companies = transaction.query(companies, &[&asked.from, &asked.companies]).await?;
        let keys: Vec<i64> = companies.iter().map(|row| row.get(0)).collect();
        let agreements = transaction.query(agreements, &[&keys, &asked.agreements]).await?;
        // An agreement of several companies is asked for once.
        let mut places: HashMap<i64, usize> = HashMap::with_capacity(agreements.len());
        let mut agreement_keys: Vec<i64> = Vec::with_capacity(agreements.len());
        let mut agreement_places = Vec::with_capacity(agreements.len());
        for row in &agreements {
            let key = row.get(1);
            agreement_places.push(*places.entry(key).or_insert_with(|| {
                agreement_keys.push(key);
                agreement_keys.len() - 1
            }));
        }
        let parties = transaction.query(parties, &[&agreement_keys, &asked.parties]).await?;
        let areas = transaction.query(areas, &[&agreement_keys, &asked.areas]).await?;
        transaction.commit().await?;
        let agreement_groups = groups(&agreements, keys.len());
        let party_groups = groups(&parties, agreement_keys.len());
        let area_groups = groups(&areas, agreement_keys.len());

        let mut out = Vec::with_capacity(128 * 1024);
        out.extend_from_slice(b"{\"data\":{\"companies\":{\"nodes\":[");
        let mut is_first = true;
        for (company, group) in companies.iter().zip(agreement_groups) {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(b"{\"slug\":");
            text(company, 1, &mut out);
            out.extend_from_slice(b",\"name\":");
            text(company, 2, &mut out);
            out.extend_from_slice(b",\"country\":");
            text(company, 3, &mut out);
            out.extend_from_slice(b",\"agreements\":{\"nodes\":[");
            let mut is_first = true;
            for (agreement, place) in agreements[group.clone()].iter().zip(&agreement_places[group]) {
                json::comma(&mut out, &mut is_first);
                out.extend_from_slice(b"{\"slug\":");
                text(agreement, 2, &mut out);
                out.extend_from_slice(b",\"title\":");
                text(agreement, 3, &mut out);
                out.extend_from_slice(b",\"announcedOn\":");
                date(agreement, 4, &mut out);
                out.extend_from_slice(b",\"status\":");
                text(agreement, 5, &mut out);
                out.extend_from_slice(b",\"parties\":{\"nodes\":[");
                let mut is_first = true;
                for party in &parties[party_groups[*place].clone()] {
                    json::comma(&mut out, &mut is_first);
                    out.extend_from_slice(b"{\"role\":");
                    text(party, 1, &mut out);
                    out.extend_from_slice(b",\"company\":{\"name\":");
                    text(party, 2, &mut out);
                    out.extend_from_slice(b",\"slug\":");
                    text(party, 3, &mut out);
                    out.extend_from_slice(b"}}");
                }
                out.extend_from_slice(b"]},\"areas\":{\"nodes\":[");
                let mut is_first = true;
                for area in &areas[area_groups[*place].clone()] {
                    json::comma(&mut out, &mut is_first);
                    out.extend_from_slice(b"{\"slug\":");
                    text(area, 1, &mut out);
                    out.extend_from_slice(b",\"name\":");
                    text(area, 2, &mut out);
                    out.push(b'}');
                }
                out.extend_from_slice(b"]}}");
            }
            out.extend_from_slice(b"]}}");
        }
        out.extend_from_slice(b"]}}}");
        Ok(out)
    }

    async fn q4(&mut self, asked: &Q4) -> Result<Vec<u8>, Fault> {
        let patents = self.client.query(&self.patents, &[&asked.from, &asked.patents]).await?;
        let mut out = Vec::with_capacity(256 * 1024);
        out.extend_from_slice(b"{\"data\":{\"patents\":{\"nodes\":[");
        let mut is_first = true;
        for patent in &patents {
            json::comma(&mut out, &mut is_first);
            out.extend_from_slice(b"{\"publicationNumber\":");
            text(patent, 0, &mut out);
            out.extend_from_slice(b",\"title\":");
            text(patent, 1, &mut out);
            out.extend_from_slice(b",\"office\":");
            text(patent, 2, &mut out);
            out.extend_from_slice(b",\"kindCode\":");
            text(patent, 3, &mut out);
            out.extend_from_slice(b",\"filedOn\":");
            date(patent, 4, &mut out);
            out.extend_from_slice(b",\"status\":");
            text(patent, 5, &mut out);
            out.extend_from_slice(b",\"claimsCount\":");
            json::optional(&mut out, patent.get::<_, Option<i32>>(6), json::integer);
            out.extend_from_slice(b",\"owner\":");
            match patent.get::<_, Option<&str>>(7) {
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
