//! The floor: hand-written handlers for exactly the queries of the workload, as a careful programmer would write an
//! endpoint for one of them. Same bytes, no GraphQL.

mod asked;
mod json;
mod postgres;
mod sqlite;

use actix_web::{App, HttpResponse, HttpServer, web};

use crate::Fault;

/// Serves the handlers until the process is ended.
pub fn serve(url: &str, port: u16, workers: usize) -> Result<(), Fault> {
    let url = url.to_owned();
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            let app = App::new().route("/", web::get().to(|| async { "floor" }));
            match url.strip_prefix("sqlite:") {
                Some(path) => app.app_data(web::Data::new(path.to_owned())).configure(sqlite::routes),
                None => app.app_data(web::Data::new(postgres::Pool::new(&url))).configure(postgres::routes),
            }
        });
        server.workers(workers).bind(("127.0.0.1", port))?.run().await
    })?;
    Ok(())
}

fn respond(answer: Result<Vec<u8>, Fault>) -> HttpResponse {
    match answer {
        Ok(body) => HttpResponse::Ok().content_type("application/json").body(body),
        Err(fault) => HttpResponse::InternalServerError().body(fault.to_string()),
    }
}
