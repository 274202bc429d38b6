//! The handlers on SQLite: a connection for each thread, used on the thread that has the request; a prepared statement
//! for each level, stepped for each parent; rows go from the statement into the response.
//!
//! Stepping a level's statement once for each parent beats one statement for all of them: an embedded database costs no
//! round trip, and the keys need not go through a list.

mod areas;
mod q1;
mod q2;
mod q3;
mod q4;
mod q5;
mod q6;
mod q7;

use std::cell::RefCell;

use actix_web::{HttpResponse, web};
use rusqlite::{Connection, OpenFlags, Row};

use super::{asked, json, respond};
use crate::Fault;

/// This thread's connection and its statements. They live as long as the process does.
struct Prepared {
    open: &'static Connection,
    q1: q1::Statements,
    q2: q2::Statements,
    q3: q3::Statements,
    q4: q4::Statements,
    q5: q5::Statements,
    q6: q6::Statements,
    q7: q7::Statements,
}

thread_local! {
    static PREPARED: RefCell<Option<Prepared>> = const { RefCell::new(None) };
}

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/q1", get(|on, asked| on.q1.answer(asked)))
        .route("/q2", get(|on, asked| on.in_transaction(|on| on.q2.answer(asked))))
        .route("/q3", get(|on, asked| on.in_transaction(|on| on.q3.answer(asked))))
        .route("/q4", get(|on, asked| on.q4.answer(asked)))
        .route("/q5", get(|on, asked| on.in_transaction(|on| on.q5.plain(asked))))
        .route("/q5s", get(|on, asked| on.q5.set(asked)))
        .route("/q5p", get(|on, asked| on.q5.page(asked)))
        .route("/q6", get(|on, asked| on.in_transaction(|on| on.q6.answer(asked))))
        .route("/q7", get(|on, asked| on.in_transaction(|on| on.q7.answer(asked))));
}

/// The route of a handler.
fn get<A: serde::de::DeserializeOwned + 'static>(
    answer: fn(&mut Prepared, &A) -> Result<Vec<u8>, Fault>,
) -> actix_web::Route {
    web::get().to(move |path: web::Data<String>, asked: web::Query<A>| async move {
        respond(PREPARED.with_borrow_mut(|place| match place {
            Some(prepared) => answer(prepared, &asked),
            None => answer(place.insert(Prepared::open(&path)?), &asked),
        })) as HttpResponse
    })
}

impl Prepared {
    fn open(path: &str) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = Connection::open_with_flags(path, flags)?;
        // As the server sets its own.
        open.execute_batch(
            "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; \
             PRAGMA cache_size = -16000; PRAGMA mmap_size = 1099511627776; PRAGMA temp_store = MEMORY; \
             PRAGMA query_only = ON",
        )?;
        let open: &'static Connection = Box::leak(Box::new(open));
        Ok(Self {
            open,
            q1: q1::Statements::prepare(open)?,
            q2: q2::Statements::prepare(open)?,
            q3: q3::Statements::prepare(open)?,
            q4: q4::Statements::prepare(open)?,
            q5: q5::Statements::prepare(open)?,
            q6: q6::Statements::prepare(open)?,
            q7: q7::Statements::prepare(open)?,
        })
    }

    /// One snapshot for several statements.
    fn in_transaction<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.open.execute_batch("BEGIN")?;
        let answer = body(self);
        self.open.execute_batch("COMMIT")?;
        answer
    }
}

/// A text, as the bytes that the database holds: it takes none that are not UTF-8 from Dealgraph.
fn text(row: &Row<'_>, column: usize, out: &mut Vec<u8>) -> rusqlite::Result<()> {
    json::optional(out, row.get_ref(column)?.as_bytes_or_null()?, json::text);
    Ok(())
}

fn integer(row: &Row<'_>, column: usize, out: &mut Vec<u8>) -> rusqlite::Result<()> {
    json::optional(out, row.get_ref(column)?.as_i64_or_null()?, json::integer);
    Ok(())
}

/// `{"slug":…,"name":…}` of two columns, or null where there is no such row.
fn slug_and_name(row: &Row<'_>, column: usize, out: &mut Vec<u8>) -> rusqlite::Result<()> {
    let Some(slug) = row.get_ref(column)?.as_bytes_or_null()? else {
        out.extend_from_slice(b"null");
        return Ok(());
    };
    out.extend_from_slice(br#"{"slug":"#);
    json::text(out, slug);
    out.extend_from_slice(br#","name":"#);
    text(row, column + 1, out)?;
    out.push(b'}');
    Ok(())
}
