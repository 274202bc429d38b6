//! The handlers on PostgreSQL: an async driver, a few connections for each thread; one prepared statement for each level,
//! with the keys of all parents; a transaction only where there is more than one statement. What does not wait for
//! another's rows is sent together with it: the beginning with the first level, sibling levels and the end.

mod q1;
mod q2;
mod q3;
mod q4;
mod q5;
mod q6;
mod q7;
mod rows;

use std::cell::RefCell;

use actix_web::{HttpResponse, web};
use tokio::sync::Semaphore;
use tokio_postgres::{Client, NoTls};

use super::{asked, json, respond};
use crate::Fault;

/// Connections of a thread.
const CONNECTIONS: usize = 4;
/// As the server sets its own.
const SETTINGS: &str =
    "SET statement_timeout = 10000; SET default_transaction_read_only = on; SET random_page_cost = 1.1";
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const COMMIT: &str = "COMMIT";

/// A connection and its prepared statements.
struct Prepared {
    client: Client,
    q1: q1::Statements,
    q2: q2::Statements,
    q3: q3::Statements,
    q4: q4::Statements,
    q5: q5::Statements,
    q6: q6::Statements,
    q7: q7::Statements,
}

/// The connections of a thread.
pub struct Pool {
    url: String,
    permits: Semaphore,
    idle: RefCell<Vec<Prepared>>,
}

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/q1", web::get().to(q1))
        .route("/q2", web::get().to(q2))
        .route("/q3", web::get().to(q3))
        .route("/q4", web::get().to(q4))
        .route("/q5", web::get().to(q5))
        .route("/q5p", web::get().to(q5p))
        .route("/q5s", web::get().to(q5s))
        .route("/q6", web::get().to(q6))
        .route("/q7", web::get().to(q7));
}

async fn q1(pool: web::Data<Pool>, asked: web::Query<asked::Q1>) -> HttpResponse {
    respond(pool.with(async |on| on.q1.answer(&on.client, &asked).await).await)
}

async fn q2(pool: web::Data<Pool>, asked: web::Query<asked::Q2>) -> HttpResponse {
    respond(pool.with(async |on| on.q2.answer(&on.client, &asked).await).await)
}

async fn q3(pool: web::Data<Pool>, asked: web::Query<asked::Q3>) -> HttpResponse {
    respond(pool.with(async |on| on.q3.answer(&on.client, &asked).await).await)
}

async fn q4(pool: web::Data<Pool>, asked: web::Query<asked::Q4>) -> HttpResponse {
    respond(pool.with(async |on| on.q4.answer(&on.client, &asked).await).await)
}

async fn q5(pool: web::Data<Pool>, asked: web::Query<asked::Q5>) -> HttpResponse {
    respond(pool.with(async |on| on.q5.plain(&on.client, &asked).await).await)
}

async fn q5p(pool: web::Data<Pool>, asked: web::Query<asked::Q5>) -> HttpResponse {
    respond(pool.with(async |on| on.q5.page(&on.client, &asked).await).await)
}

async fn q5s(pool: web::Data<Pool>, asked: web::Query<asked::Q5>) -> HttpResponse {
    respond(pool.with(async |on| on.q5.set(&on.client, &asked).await).await)
}

async fn q6(pool: web::Data<Pool>, asked: web::Query<asked::Q6>) -> HttpResponse {
    respond(pool.with(async |on| on.q6.answer(&on.client, &asked).await).await)
}

async fn q7(pool: web::Data<Pool>, asked: web::Query<asked::Q7>) -> HttpResponse {
    respond(pool.with(async |on| on.q7.answer(&on.client, &asked).await).await)
}

impl Pool {
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned(), permits: Semaphore::new(CONNECTIONS), idle: RefCell::default() }
    }

    /// Runs `body` on a connection. One on which it failed may be within a transaction, and is closed.
    async fn with<T>(&self, body: impl AsyncFnOnce(&Prepared) -> Result<T, Fault>) -> Result<T, Fault> {
        let _permit = self.permits.acquire().await?;
        let idle = self.idle.borrow_mut().pop();
        let prepared = match idle {
            Some(prepared) => prepared,
            None => Prepared::open(&self.url).await?,
        };
        let answer = body(&prepared).await?;
        self.idle.borrow_mut().push(prepared);
        Ok(answer)
    }
}

impl Prepared {
    async fn open(url: &str) -> Result<Self, Fault> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        actix_web::rt::spawn(connection);
        client.batch_execute(SETTINGS).await?;
        Ok(Self {
            q1: q1::Statements::prepare(&client).await?,
            q2: q2::Statements::prepare(&client).await?,
            q3: q3::Statements::prepare(&client).await?,
            q4: q4::Statements::prepare(&client).await?,
            q5: q5::Statements::prepare(&client).await?,
            q6: q6::Statements::prepare(&client).await?,
            q7: q7::Statements::prepare(&client).await?,
            client,
        })
    }
}
