//! Tokens on the command line: made, listed, revoked.

use chrono::{NaiveDateTime, TimeDelta, Utc};

use super::Failure;
use crate::access::{Role, Secret};
use crate::store::access::{self, ListedToken, NewToken};
use crate::store::records::Moment;
use crate::store::{Connection, IdMaker};

/// Makes a token; gives its secret.
pub(super) fn create(
    connection: &mut Connection,
    ids: &mut IdMaker,
    name: &str,
    role: Role,
    days: i64,
) -> Result<String, Failure> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if name.is_empty() || name.len() > 80 || !name.chars().all(fits) {
        let problem = "a name has up to 80 letters, digits, hyphens, dots and underscores";
        return Err(Failure::Input(format!("{name}: {problem}")));
    }
    let secret = Secret::random().map_err(|error| Failure::Io(format!("no random numbers: {error}")))?;
    let now = Utc::now().naive_utc();
    let token = NewToken {
        id: ids.next_id(),
        name: name.to_owned(),
        secret_hash: secret.hash(),
        role: role.name(),
        created_at: Moment(now),
        expires_at: Moment(now + TimeDelta::days(days)),
    };
    if !access::create(connection, &token)? {
        return Err(Failure::Input(format!("there is a token named {name}; names of revoked ones stay taken too")));
    }
    tracing::info!(name, %role, days, "a token is made; its secret is not shown again");
    Ok(format!("{}\n", secret.reveal()))
}

/// The tokens as a table.
pub(super) fn list(connection: &mut Connection) -> Result<String, Failure> {
    let now = Utc::now().naive_utc();
    let mut text = line(["name", "role", "state", "created", "expires", "last used"]);
    for token in access::list(connection)? {
        let last = token.last_used_at.map_or_else(|| "never".to_owned(), shown);
        let state = state(&token, now);
        text.push_str(&line([
            &token.name,
            &token.role,
            state,
            &shown(token.created_at),
            &shown(token.expires_at),
            &last,
        ]));
    }
    Ok(text)
}

/// Revokes a token.
pub(super) fn revoke(connection: &mut Connection, name: &str) -> Result<(), Failure> {
    if access::revoke(connection, name, Utc::now().naive_utc())? {
        tracing::info!(name, "the token is revoked");
        return Ok(());
    }
    Err(Failure::Input(format!("there is no token named {name} that was not revoked before")))
}

fn state(token: &ListedToken, now: NaiveDateTime) -> &'static str {
    match token.revoked_at {
        Some(_) => "revoked",
        None if token.expires_at <= now => "expired",
        None => "good",
    }
}

fn shown(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%d %H:%M").to_string()
}

fn line(cells: [&str; 6]) -> String {
    let [name, role, state, created, expires, last] = cells;
    format!("{name:<24} {role:<7} {state:<8} {created:<16} {expires:<16} {last}\n")
}
