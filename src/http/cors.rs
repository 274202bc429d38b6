//! Which pages of other origins may ask: the setting, and what the protocol makes of it.

use actix_cors::Cors;
use actix_web::http::Method;

/// The origins whose pages may read the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedOrigins {
    /// These; with none of them only pages of this server may.
    Listed(Vec<String>),
    /// Every page.
    Any,
}

impl AllowedOrigins {
    /// Reads the setting: origins with commas between them, `*`, or nothing.
    ///
    /// # Errors
    /// A sentence about what is no origin.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            ["*"] => Ok(Self::Any),
            parts if parts.contains(&"*") => Err("`*` must stand alone: it allows every origin".to_owned()),
            parts => parts.iter().map(|part| origin(part)).collect::<Result<_, _>>().map(Self::Listed),
        }
    }

    /// Whether no page of another origin may ask.
    pub(super) fn is_closed(&self) -> bool {
        *self == Self::Listed(Vec::new())
    }

    /// Whether a page of an origin may open a WebSocket to the server that it asked by this name.
    pub(super) fn may_open(&self, origin: &str, host: &str) -> bool {
        let origin = origin.to_ascii_lowercase();
        let is_own = origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host));
        is_own
            || match self {
                Self::Any => true,
                Self::Listed(origins) => origins.contains(&origin),
            }
    }

    /// The middleware that answers preflights and says in each answer who may read it.
    ///
    /// No header that a client sends means anything to this server, and it knows no cookies: any header may come.
    pub(super) fn middleware(&self) -> Cors {
        let cors = Cors::default()
            .allowed_methods([Method::GET, Method::POST])
            .allow_any_header()
            .expose_headers(["x-request-id", "server-timing"])
            .max_age(7200);
        match self {
            Self::Any => cors.allow_any_origin().send_wildcard(),
            Self::Listed(origins) => origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin)),
        }
    }
}

/// An origin as browsers write it: lower case, no path, no default port.
fn origin(text: &str) -> Result<String, String> {
    let expected = || format!("`{text}` must be an origin such as `https://app.example`, without a path, or `*`");
    let lower = text.to_ascii_lowercase();
    let (scheme, host) = lower.split_once("://").ok_or_else(expected)?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_lowercase())
        && scheme.chars().all(|other| other.is_ascii_alphanumeric() || "+-.".contains(other));
    let is_host = host.parse::<actix_web::http::uri::Authority>().is_ok() && !host.contains(['@', '*']);
    if !is_scheme || !is_host {
        return Err(expected());
    }
    let default_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    Ok(format!("{scheme}://{}", host.strip_suffix(default_port).unwrap_or(host)))
}

#[cfg(test)]
mod tests {
    use super::AllowedOrigins;

    #[test]
    fn origins_are_read_as_browsers_write_them() {
        let listed = |origins: &[&str]| Ok(AllowedOrigins::Listed(origins.iter().map(|&o| o.to_owned()).collect()));
        assert_eq!(AllowedOrigins::parse(""), listed(&[]));
        assert_eq!(AllowedOrigins::parse(" , "), listed(&[]));
        assert_eq!(AllowedOrigins::parse("*"), Ok(AllowedOrigins::Any));
        let both = AllowedOrigins::parse("https://App.example:443, http://127.0.0.1:3000,");
        assert_eq!(both, listed(&["https://app.example", "http://127.0.0.1:3000"]));
        assert_eq!(AllowedOrigins::parse("http://[::1]:80"), listed(&["http://[::1]"]));
    }

    #[test]
    fn what_is_no_origin_is_refused_and_named() {
        let wrong = [
            "app.example",
            "https://app.example/",
            "https://app.example/path",
            "https://",
            "://app.example",
            "https://*.example",
            "https://user@app.example",
            "https://app example",
            "null",
        ];
        for text in wrong {
            let error = AllowedOrigins::parse(&format!("https://a.example,{text}"));
            assert!(error.as_ref().is_err_and(|error| error.contains(text)), "{text}: {error:?}");
        }
        assert!(AllowedOrigins::parse("*,https://app.example").is_err());
    }
}
