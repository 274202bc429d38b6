//! What a browser is shown: the playground and its files, and a plain page where the playground was not built.
//!
//! The playground is built in `web/` and embedded, compressed, when the crate is compiled. A build without it is a whole server.

use std::borrow::Cow;
use std::io::{self, Read};

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT, ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, Route, guard, web};
use flate2::read::GzDecoder;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::graphql::media_type;

/// The built playground.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Built;

/// The plain page and its files.
#[derive(RustEmbed)]
#[folder = "src/http/plain/"]
struct Plain;

/// What the playground may load: its own files and answers of this server.
///
/// Styles are the one loosening: the editor writes its theme into a style element, and each line of text that it draws
/// has a style attribute; neither can be told ahead by a hash, nor does it take a nonce. A style runs no code, and could
/// send nothing away: images, fonts and connections are bound to this origin. The editor's icons are `data:` images.
const PLAYGROUND_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; \
    style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the plain page may load; it sends its form where there is no script.
const PLAIN_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
    img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// May be kept, and is to be asked for again each time.
const REVALIDATE: &str = "no-cache";
/// The name changes with the content.
const FOREVER: &str = "public, max-age=31536000, immutable";

pub(super) fn routes(config: &mut web::ServiceConfig) {
    let read_only =
        |path: &str, read: Route| web::resource(path).route(read).default_service(web::route().to(only_read));
    config
        .service(read_only("/", read().to(page)))
        .service(read_only("/favicon.ico", read().to(icon)))
        .service(read_only("/plain", read().to(plain_page)))
        .service(read_only("/plain/{name}", read().to(plain_file)))
        .service(read_only("/assets/{name}", read().to(asset)));
}

fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

async fn only_read(http: HttpRequest) -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((ALLOW, HeaderValue::from_static("GET, HEAD")))
        .content_type("text/plain; charset=utf-8")
        .body(format!("{} is not allowed here: only GET is. Queries go to /graphql.\n", http.method()))
}

/// The playground, or the plain page where it was not built.
pub(super) async fn page(http: HttpRequest) -> HttpResponse {
    match Built::get("index.html") {
        Some(file) => shown(&http, file, PLAYGROUND_POLICY),
        None => plain_page(http).await,
    }
}

async fn plain_page(http: HttpRequest) -> HttpResponse {
    Plain::get("page.html").map_or_else(missing, |file| shown(&http, file, PLAIN_POLICY))
}

fn shown(http: &HttpRequest, file: EmbeddedFile, policy: &'static str) -> HttpResponse {
    let mut response = sent(http, "page.html", file, REVALIDATE);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    // The address answers with JSON to other clients.
    response.headers_mut().append(VARY, HeaderValue::from_name(ACCEPT));
    response
}

/// The icon, where browsers look for it even when they show JSON.
async fn icon(http: HttpRequest) -> HttpResponse {
    Plain::get("icon.svg").map_or_else(missing, |file| sent(&http, "icon.svg", file, REVALIDATE))
}

async fn plain_file(http: HttpRequest, name: web::Path<String>) -> HttpResponse {
    Plain::get(&name).map_or_else(missing, |file| sent(&http, &name, file, REVALIDATE))
}

async fn asset(http: HttpRequest, name: web::Path<String>) -> HttpResponse {
    let path = format!("assets/{name}");
    let (file, encoding) = match Built::get(&path) {
        Some(file) => (File::from(file), None),
        None => match Built::get(&format!("{path}.gz")) {
            Some(file) if takes_gzip(http.headers()) => (File::from(file), Some("gzip")),
            Some(file) => match inflated(file) {
                Ok(file) => (file, None),
                Err(error) => return unreadable(&name, &error),
            },
            None => return missing(),
        },
    };
    let mut response = sent(&http, &name, file, lasting(&name));
    response.headers_mut().append(VARY, HeaderValue::from_name(ACCEPT_ENCODING));
    if let Some(encoding) = encoding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// A file for the rare client that takes nothing compressed; it counts as another than the compressed one.
fn inflated(file: EmbeddedFile) -> io::Result<File> {
    let compressed = File::from(file);
    let mut data = Vec::new();
    GzDecoder::new(&*compressed.data).read_to_end(&mut data)?;
    Ok(File { data: data.into(), tag: compressed.tag + "-plain" })
}

/// A name without a hash, as that of the licences, may come to stand for something else.
fn lasting(name: &str) -> &'static str {
    if name.contains('-') { FOREVER } else { REVALIDATE }
}

fn missing() -> HttpResponse {
    HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body("There is no such file.\n")
}

fn unreadable(name: &str, error: &io::Error) -> HttpResponse {
    tracing::error!(name, %error, "an embedded file can't be decompressed");
    HttpResponse::InternalServerError().content_type("text/plain; charset=utf-8").body("The file can't be read.\n")
}

/// What is sent of a file, and what it is known by.
struct File {
    data: Bytes,
    tag: String,
}

impl From<EmbeddedFile> for File {
    fn from(file: EmbeddedFile) -> Self {
        let hash = file.metadata.sha256_hash();
        let tag = hash.iter().take(16).fold(String::new(), |tag, byte| tag + &format!("{byte:02x}"));
        let data = match file.data {
            Cow::Borrowed(data) => Bytes::from_static(data),
            Cow::Owned(data) => Bytes::from(data),
        };
        Self { data, tag }
    }
}

/// A file, or that the client has it already.
fn sent(http: &HttpRequest, name: &str, file: impl Into<File>, caching: &'static str) -> HttpResponse {
    let File { data, tag } = file.into();
    let tag = format!("\"{tag}\"");
    let known = http.headers().get_all(IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    let is_known = known.flat_map(|value| value.split(',')).any(|value| value.trim().trim_start_matches("W/") == tag);
    let mut response = HttpResponse::build(if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.insert_header((CONTENT_TYPE, HeaderValue::from_static(content_type(name))));
    response.insert_header((CACHE_CONTROL, HeaderValue::from_static(caching)));
    response.insert_header((ETAG, tag));
    if is_known { response.finish() } else { response.body(data) }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "ttf" => "font/ttf",
        "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    quality(headers, &ACCEPT_ENCODING, &["gzip", "*"]) > 0.0
}

/// Whether a GET of the GraphQL address is a person's, who opened it in a browser.
pub(super) fn is_wanted(http: &HttpRequest) -> bool {
    let has_query = http.query_string().split('&').any(|pair| pair.split('=').next() == Some("query"));
    let json = ["application/json", "application/graphql-response+json"];
    !has_query && quality(http.headers(), &ACCEPT, &["text/html"]) > quality(http.headers(), &ACCEPT, &json)
}

/// How much a client likes the best of some names that it lists; nothing when it lists none of them.
fn quality(headers: &HeaderMap, header: &HeaderName, names: &[&str]) -> f32 {
    let mut best = 0.0_f32;
    for range in headers.get_all(header).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')) {
        let (name, mut parameters) = media_type(range);
        let given = parameters.find(|(name, _)| name == "q").map_or(Some(1.0), |(_, q)| q.parse().ok()).unwrap_or(0.0);
        if names.contains(&name.as_str()) {
            best = best.max(given);
        }
    }
    best
}
