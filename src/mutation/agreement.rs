//! Corrections and retractions of agreements.

use crate::changes::{ChangeKind, Subject};
use crate::document::input::Input;
use crate::ingest::deals::AgreementLine;
use crate::ingest::derive_ownership_of;
use crate::ingest::import::agreement_row;
use crate::mutation::error::{Fault, UserErrorCode};
use crate::mutation::update::{check_not_null, cite, evidence, given, stale};
use crate::mutation::{Desk, value};
use crate::store::bulk::agreements_by_slug;
use crate::store::records::correct::{AgreementChange, correct_agreement, patents_of_agreement, seen_agreement};
use crate::store::records::{FactKind, Moment};

/// An agreement as a correction finds it.
struct Seen {
    id: i64,
    title: String,
    status: String,
    version: i32,
}

/// The agreement of a slug, if its version is the one that was seen.
fn found(desk: &mut Desk<'_>, input: &Input) -> Result<Seen, Fault> {
    let slug = value::text(input, "slug");
    let standing = agreements_by_slug(desk.connection, &[slug])?;
    let shown: String = slug.chars().take(80).collect();
    let missing = || Fault::at(UserErrorCode::NotFound, "slug", format!("There is no agreement `{shown}`."));
    let id = standing.first().map(|row| row.id).ok_or_else(missing)?;
    let (title, status, version, retracted) = seen_agreement(desk.connection, id)?;
    let seen = value::number(input, "version");
    if seen != version {
        return Err(stale("version", seen, version, id));
    }
    if retracted.is_some() {
        return Err(Fault::at(UserErrorCode::NotAllowed, "slug", format!("The agreement `{shown}` is retracted.")));
    }
    Ok(Seen { id, title, status, version })
}

/// Makes a change and derives again who owns what, as far as that follows from the agreement.
fn change(desk: &mut Desk<'_>, seen: &Seen, kind: ChangeKind, change: &AgreementChange) -> Result<(), Fault> {
    let subject = Subject::Agreement(seen.id);
    let before = desk.state(subject)?;
    let patents = patents_of_agreement(desk.connection, seen.id)?;
    let owned = desk.states(&patents)?;
    if !correct_agreement(desk.connection, seen.id, seen.version, change)? {
        let (_, _, present, _) = seen_agreement(desk.connection, seen.id)?;
        return Err(stale("version", seen.version, present, seen.id));
    }
    derive_ownership_of(desk.connection, desk.ids, &patents)?;
    desk.note_change(kind, subject, before)?;
    desk.note_derived(owned)
}

/// `agreementUpdate`.
pub(super) fn update(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let seen = found(desk, input)?;
    check_not_null(input, "title")?;
    check_not_null(input, "status")?;
    let mut members = value::object(input);
    let (citations, sources) = evidence(&mut members)?;
    members.remove("version");
    members.entry("title").or_insert_with(|| seen.title.clone().into());
    members.entry("status").or_insert_with(|| seen.status.clone().into());
    let line: AgreementLine = value::line(members)?;
    let row = agreement_row(&line).map_err(|problem| Fault::of_problem(&problem, input))?;
    let made = AgreementChange {
        title: given(input, "title", row.title),
        title_folded: given(input, "title", row.title_folded),
        summary: given(input, "summary", row.summary),
        announced_on: given(input, "announcedOn", row.announced_on),
        announced_precision: given(input, "announcedOn", row.announced_precision),
        signed_on: given(input, "signedOn", row.signed_on),
        effective_on: given(input, "effectiveOn", row.effective_on),
        expires_on: given(input, "expiresOn", row.expires_on),
        term: given(input, "term", row.term),
        status: given(input, "status", row.status),
        value_amount: given(input, "value", row.value_amount),
        value_currency: given(input, "value", row.value_currency),
        value_disclosed: given(input, "valueDisclosed", row.value_disclosed),
        version: seen.version.saturating_add(1),
        ..AgreementChange::default()
    };
    change(desk, &seen, ChangeKind::Updated, &made)?;
    cite(desk, input, Subject::Agreement(seen.id), (FactKind::Agreement, citations, sources))?;
    Ok(seen.id)
}

/// `agreementRetract`.
pub(super) fn retract(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let seen = found(desk, input)?;
    let reason = value::text(input, "reason").trim();
    if reason.is_empty() {
        return Err(Fault::at(UserErrorCode::BadValue, "reason", "A retraction needs a reason."));
    }
    let made = AgreementChange {
        retracted_at: Some(Some(Moment(desk.now))),
        retraction_reason: Some(Some(reason.to_owned())),
        version: seen.version.saturating_add(1),
        ..AgreementChange::default()
    };
    change(desk, &seen, ChangeKind::Retracted, &made)?;
    Ok(seen.id)
}
