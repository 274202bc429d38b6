//! The way in and out: routes, GraphQL over HTTP, health.
//!
//! Nothing here knows what a query means: it decodes a request, has the engine answer it, and says so in HTTP.

pub mod cors;
mod events;
mod graphql;
mod playground;
mod request;
mod socket;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use actix_web::dev::Server as ActixServer;
use actix_web::http::header::{REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::{Compress, Condition, DefaultHeaders};
use actix_web::{App, HttpResponse, HttpServer, web};

use crate::access::Gate;
use crate::config::Config;
use crate::engine::Engine;
use crate::http::cors::AllowedOrigins;
use crate::live::Live;
use crate::schema::sdl;

/// What handlers share.
struct Shared {
    engine: Arc<Engine>,
    gate: Gate,
    live: Arc<Live>,
    /// How often a connection that stays open is heard from.
    keep_alive: Duration,
    origins: AllowedOrigins,
    body_bytes_max: usize,
    sdl: String,
    request_ids: RequestIds,
}

/// A server that is bound to its address and not yet running.
pub struct Server {
    server: ActixServer,
    address: SocketAddr,
    live: Arc<Live>,
}

impl Server {
    /// Binds the address of the settings.
    ///
    /// # Errors
    /// The address cannot be bound.
    pub fn bind(config: &Config, engine: Arc<Engine>) -> std::io::Result<Self> {
        let listener = TcpListener::bind(config.bind_addr)?;
        let address = listener.local_addr()?;
        let gate = Gate::new(engine.store().clone(), Arc::clone(engine.writers()), config.gate_options());
        let live = Live::new(Arc::clone(&engine));
        let shared = web::Data::new(Shared {
            engine,
            gate,
            live: Arc::clone(&live),
            keep_alive: config.live_keep_alive(),
            origins: config.cors_allowed_origins.clone(),
            body_bytes_max: config.body_size_max(),
            sdl: sdl(),
            request_ids: RequestIds::new(),
        });
        let origins = config.cors_allowed_origins.clone();
        let app = move || {
            let cors = Condition::new(!origins.is_closed(), origins.middleware());
            App::new()
                .app_data(shared.clone())
                .wrap(Compress::default())
                .wrap(
                    DefaultHeaders::new()
                        .add((X_CONTENT_TYPE_OPTIONS, "nosniff"))
                        .add((REFERRER_POLICY, "no-referrer")),
                )
                .service(web::resource("/graphql").wrap(cors).route(web::route().to(graphql::handle)))
                .configure(playground::routes)
                .configure(routes)
        };
        let server = HttpServer::new(app)
            .workers(usize::try_from(config.workers).unwrap_or(1))
            .shutdown_timeout(u64::from(config.shutdown_timeout_s))
            .listen(listener)?
            .run();
        Ok(Self { server, address, live })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A handle to stop it from elsewhere.
    #[must_use]
    pub fn handle(&self) -> actix_web::dev::ServerHandle {
        self.server.handle()
    }

    /// Serves until it is told to stop; then requests under way are finished.
    ///
    /// # Errors
    /// The server failed.
    pub async fn run(self) -> std::io::Result<()> {
        // Connections that would stay open are ended, for they would be waited for.
        let ended = actix_web::rt::spawn(async move {
            told_to_stop().await;
            self.live.end();
        });
        let served = self.server.await;
        ended.abort();
        served
    }
}

/// Waits until the process is told to stop.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    let (Ok(mut terminate), Ok(mut interrupt)) = signals else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/schema.graphql", web::get().to(schema_file))
        .route("/health/live", web::get().to(live))
        .route("/health/ready", web::get().to(ready))
        .default_service(web::route().to(unknown));
}

const ADDRESSES: &str = "\
    GET  /                the playground\n\
    POST /graphql         GraphQL queries as JSON\n\
    GET  /graphql?query=  the same in an address\n\
    WS   /graphql         the same and subscriptions, by graphql-transport-ws\n\
    GET  /schema.graphql  the schema\n\
    GET  /health/live     whether the server runs\n\
    GET  /health/ready    whether it can answer\n";

async fn unknown() -> HttpResponse {
    HttpResponse::NotFound()
        .content_type("text/plain; charset=utf-8")
        .body(format!("There is nothing at this address.\n\n{ADDRESSES}"))
}

async fn schema_file(shared: web::Data<Shared>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(shared.sdl.clone())
}

async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

async fn ready(shared: web::Data<Shared>) -> HttpResponse {
    let engine = Arc::clone(&shared.engine);
    let answered = web::block(move || engine.store().ping()).await;
    match answered {
        Ok(Ok(())) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        Ok(Err(error)) => not_ready(&error.to_string()),
        Err(error) => not_ready(&error.to_string()),
    }
}

fn not_ready(why: &str) -> HttpResponse {
    tracing::warn!(error = why, "not ready: the store does not answer");
    HttpResponse::ServiceUnavailable()
        .content_type("text/plain; charset=utf-8")
        .body("not ready: the store does not answer\n")
}

/// Names requests in the log: when the server started, and a number.
struct RequestIds {
    start: u64,
    next: AtomicU64,
}

impl RequestIds {
    fn new() -> Self {
        let start = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self { start, next: AtomicU64::new(1) }
    }

    fn next(&self) -> String {
        format!("{:x}-{:x}", self.start, self.next.fetch_add(1, Ordering::Relaxed))
    }
}
