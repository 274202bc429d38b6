//! Two companies that are the same become one.

use crate::catalog::entities::COMPANY;
use crate::changes::{Change, ChangeKind, Subject};
use crate::document::input::Input;
use crate::ingest::derive_ownership_of;
use crate::mutation::company::found;
use crate::mutation::error::{Fault, UserErrorCode};
use crate::mutation::update::stale;
use crate::mutation::{Desk, value};
use crate::store::merge::{Apart, Merging, apart, merge as move_all, merging, patents_of};
use crate::store::records::correct::{CompanyChange, correct_company};
use crate::store::records::{among, touching};

/// A company with the version that was seen, which must be the present one.
fn seen(desk: &mut Desk<'_>, input: &Input, (field, of_version): (&str, &str)) -> Result<(i64, Merging), Fault> {
    let id = found(desk, field, value::text(input, field))?;
    let company = merging(desk.connection, id)?
        .ok_or_else(|| Fault::at(UserErrorCode::NotFound, field, "The company is gone."))?;
    let version = value::number(input, of_version);
    if company.version != version {
        return Err(stale(of_version, version, company.version, id));
    }
    Ok((id, company))
}

/// `companyMerge`.
pub(super) fn merge(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let (kept, stays) = seen(desk, input, ("slug", "version"))?;
    let (gone, goes) = seen(desk, input, ("other", "otherVersion"))?;
    check(desk, (kept, &stays), (gone, &goes))?;
    let (before, other) = (desk.state(Subject::Company(kept))?, desk.state(Subject::Company(gone))?);
    let patents = patents_of(desk.connection, gone)?;
    let change = CompanyChange { version: stays.version.saturating_add(1), ..CompanyChange::default() };
    if !correct_company(desk.connection, kept, stays.version, &change)? {
        return Err(stale("version", stays.version, change.version, kept));
    }
    keep_names(desk, kept, gone, &stays, &goes)?;
    move_all(desk.connection, kept, gone)?;
    if stays.lei.is_none() && goes.lei.is_some() {
        let change = CompanyChange { lei: Some(goes.lei), version: change.version, ..CompanyChange::default() };
        correct_company(desk.connection, kept, change.version, &change)?;
    }
    touching::index_company(desk.connection, kept)?;
    let derived = derive_ownership_of(desk.connection, desk.ids, &patents)?;
    desk.changes.record(Change::of(ChangeKind::Merged, Subject::Company(kept), other, None).of_fact(&COMPANY, gone));
    desk.note_change(ChangeKind::Updated, Subject::Company(kept), before)?;
    if derived.stored + derived.removed > 0 {
        let counts = serde_json::json!({"ownership": {"patents": patents.len(), "stored": derived.stored,
            "removed": derived.removed}});
        desk.changes.record(Change::of_many(ChangeKind::Derived, &counts).about(Some(Subject::Company(kept))));
    }
    Ok(kept)
}

/// What keeps two companies apart.
fn check(desk: &mut Desk<'_>, (kept, stays): (i64, &Merging), (gone, goes): (i64, &Merging)) -> Result<(), Fault> {
    let refused = |message: String| Err(Fault::at(UserErrorCode::NotAllowed, "other", message));
    if kept == gone {
        return refused(format!("`{}` and `{}` are one company already.", stays.slug, goes.slug));
    }
    if let (Some(one), Some(other)) = (&stays.lei, &goes.lei) {
        return refused(format!("They have different Legal Entity Identifiers, {one} and {other}: they are two."));
    }
    match apart(desk.connection, kept, gone)? {
        None => Ok(()),
        Some(Apart::License) => refused("One of them licenses to the other: they are two.".to_owned()),
        Some(Apart::Assignment) => refused("One of them assigned patents to the other: they are two.".to_owned()),
        Some(Apart::Parent) => refused("One of them is recorded as the parent of the other: they are two.".to_owned()),
    }
}

/// The names of the company that goes stay as spellings, on the evidence that it had.
fn keep_names(desk: &mut Desk<'_>, kept: i64, gone: i64, stays: &Merging, goes: &Merging) -> Result<(), Fault> {
    let known = [Some(&stays.name), stays.legal_name.as_ref()];
    let names = [Some(&goes.name), goes.legal_name.as_ref()];
    let mut new: Vec<&String> = names.into_iter().flatten().filter(|name| !known.contains(&Some(name))).collect();
    new.dedup();
    let sources = among::cited(desk.connection, gone)?;
    for name in new {
        touching::add_spelling(desk.connection, desk.ids, (kept, gone), name, &sources, desk.now)?;
    }
    Ok(())
}
