//! Who held title to a patent, on which day, as known on which day: the rules of `docs/ownership.md`, and nothing else.
//!
//! A pure function of a patent's history. It knows no store, no clock and no names beyond those that it is given; the
//! numbers in the comments are the rules' on that page.

mod chain;
mod dates;
mod liens;
mod records;
pub mod text;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use chain::Chain;
use records::Known;
pub use text::ReelFrame;

/// Somebody who can hold title.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A company, by its id.
    Company(i64),
    /// Somebody of whom only the name is known, folded: a natural person, or a company that is not resolved.
    Named(String),
}

/// What a record conveys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conveyance {
    /// Title.
    Assignment,
    /// Title, by a merger.
    Merger,
    /// Title, to the same owner under a new name.
    NameChange,
    /// A lien.
    SecurityInterest,
    /// The end of a lien.
    Release,
    /// What an earlier record should have conveyed.
    Correction,
    /// A licence.
    Licence,
    /// A government's interest.
    GovernmentInterest,
    /// Anything else.
    Other,
}

impl Conveyance {
    /// The conveyance of its name in the catalogue.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "ASSIGNMENT" => Self::Assignment,
            "MERGER" => Self::Merger,
            "NAME_CHANGE" => Self::NameChange,
            "SECURITY_INTEREST" => Self::SecurityInterest,
            "RELEASE" => Self::Release,
            "CORRECTION" => Self::Correction,
            "LICENCE" => Self::Licence,
            "GOVERNMENT_INTEREST" => Self::GovernmentInterest,
            "OTHER" => Self::Other,
            _ => return None,
        })
    }

    fn moves_title(self) -> bool {
        matches!(self, Self::Assignment | Self::Merger | Self::NameChange)
    }
}

/// Who conveys, and when that party signed, where the record says so of each.
#[derive(Clone, Debug)]
pub struct Assignor {
    /// Who.
    pub holder: Holder,
    /// The day of execution.
    pub executed_on: Option<NaiveDate>,
}

/// A record of a conveyance that names the patent.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// Its id.
    pub id: i64,
    /// Where it is recorded.
    pub place: Option<ReelFrame>,
    /// The records that its text names: those that it corrects or releases.
    pub refers_to: Vec<ReelFrame>,
    /// What it conveys.
    pub conveyance: Conveyance,
    /// Who conveys.
    pub assignors: Vec<Assignor>,
    /// Who receives.
    pub assignees: Vec<Holder>,
    /// The day of execution, where the record gives one for all.
    pub executed_on: Option<NaiveDate>,
    /// The day of recording.
    pub recorded_on: Option<NaiveDate>,
    /// The day on which a source reported it, for what is known from no register.
    pub reported_on: Option<NaiveDate>,
    /// Whether that is the announcement of an agreement, which comes before what is agreed.
    pub is_announced: bool,
    /// Whether it says that it takes effect from a day before its execution.
    pub is_retroactive: bool,
}

/// Present owners that a source states.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The day on which it was published or read.
    pub stated_on: Option<NaiveDate>,
    /// Who they are; nobody when the source states none.
    pub holders: Vec<Holder>,
}

/// What is recorded of one patent.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The day of filing, or else of the earliest priority.
    pub filed_on: Option<NaiveDate>,
    /// The day of publication or of grant, whichever comes first.
    pub published_on: Option<NaiveDate>,
    /// The assignees that the publication names.
    pub first: Vec<Holder>,
    /// The present owners that a source states.
    pub present: Option<Statement>,
    /// The records that name it.
    pub transfers: Vec<Transfer>,
}

/// What the first day of an ownership rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The conveyance was executed on it.
    Executed,
    /// The conveyance was recorded on it; its day of execution is not known or cannot be right.
    Recorded,
    /// A source reported or stated it on that day: title moved no later.
    Reported,
    /// The agreement was announced on it: title may have moved later.
    Announced,
    /// The application was filed on it.
    Filed,
    /// The patent was published on it; its day of filing is not known.
    Published,
    /// No day is known.
    Unknown,
}

impl Basis {
    /// Its name in the catalogue.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Executed => "EXECUTED",
            Self::Recorded => "RECORDED",
            Self::Reported => "REPORTED",
            Self::Announced => "ANNOUNCED",
            Self::Filed => "FILED",
            Self::Published => "PUBLISHED",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// Somebody held title from one day up to another, as known from one day up to another. Each first day is in, each last
/// day is out; an absent first day is before all days, an absent last day after all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ownership {
    /// Who.
    pub holder: Holder,
    /// From this day.
    pub since: Option<NaiveDate>,
    /// Up to this day.
    pub until: Option<NaiveDate>,
    /// Known from this day.
    pub known_since: Option<NaiveDate>,
    /// Known up to this day.
    pub known_until: Option<NaiveDate>,
    /// What `since` rests on.
    pub basis: Basis,
    /// Whether the chain that leads to it has no gap.
    pub is_unbroken: bool,
    /// The transfer that began it; none for assignees that a publication or a source names.
    pub transfer: Option<i64>,
}

/// What a record did to the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It does not touch title.
    None,
    /// It has no day on which it could have done anything.
    Unplaced,
    /// A later record corrects it and stands in its place.
    Corrected,
    /// It puts a lien on the patent.
    Encumbers,
    /// It ends a lien.
    Releases,
    /// The assignees held title already.
    Confirms,
    /// The assignor had conveyed title to somebody else before.
    Competes,
    /// The assignees take title, though the assignor is not shown to hold it.
    Breaks,
    /// The assignees take title from those who held it.
    Moves,
    /// The chain begins with it.
    Opens,
}

impl Effect {
    /// Its name in the catalogue.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Unplaced => "UNPLACED",
            Self::Corrected => "CORRECTED",
            Self::Encumbers => "ENCUMBERS",
            Self::Releases => "RELEASES",
            Self::Confirms => "CONFIRMS",
            Self::Competes => "COMPETES",
            Self::Breaks => "BREAKS",
            Self::Moves => "MOVES",
            Self::Opens => "OPENS",
        }
    }
}

/// A step of the chain of title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The record; none for the assignees that the publication or a source names.
    pub transfer: Option<i64>,
    /// What it did.
    pub effect: Effect,
    /// When; the first day where its parties signed on several.
    pub on: Option<NaiveDate>,
    /// What that day rests on.
    pub basis: Basis,
}

/// What the register leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// An assignor is not shown to hold title.
    Gap,
    /// An assignor had conveyed title to somebody else before.
    CompetingAssignment,
    /// A lien that no record releases.
    OpenLien,
    /// A release of a lien that no record shows.
    ReleaseWithoutLien,
    /// A day that cannot be right.
    ImpossibleDate,
    /// No day of execution or recording.
    Undated,
    /// It takes effect from a day that the record does not name.
    Retroactive,
    /// A correction of a record that is not here.
    CorrectsUnknown,
    /// The publication names another owner than the register on that day.
    FirstAssigneeDiffers,
}

impl FindingKind {
    /// Its name in the catalogue.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gap => "GAP",
            Self::CompetingAssignment => "COMPETING_ASSIGNMENT",
            Self::OpenLien => "OPEN_LIEN",
            Self::ReleaseWithoutLien => "RELEASE_WITHOUT_LIEN",
            Self::ImpossibleDate => "IMPOSSIBLE_DATE",
            Self::Undated => "UNDATED",
            Self::Retroactive => "RETROACTIVE",
            Self::CorrectsUnknown => "CORRECTS_UNKNOWN",
            Self::FirstAssigneeDiffers => "FIRST_ASSIGNEE_DIFFERS",
        }
    }
}

/// Something that the register leaves open about a patent, by all that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// The record that it is about.
    pub transfer: Option<i64>,
    /// The record that it contradicts.
    pub other: Option<i64>,
    /// The day that it is about.
    pub on: Option<NaiveDate>,
}

/// What follows from a history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// Who held title when, as known when.
    pub ownerships: Vec<Ownership>,
    /// The chain of title by all that is known.
    pub steps: Vec<Step>,
    /// What is left open.
    pub findings: Vec<Finding>,
}

/// Derives ownership from a history.
#[must_use]
pub fn derive(history: &History) -> Derived {
    let mut ownerships = Vec::new();
    let mut standing: BTreeMap<Ownership, Option<NaiveDate>> = BTreeMap::new();
    let mut last = Chain::default();
    for version in versions(history) {
        last = chain::chain(history, &Known::on(history, version));
        let mut now = BTreeMap::new();
        for span in &last.spans {
            let known_since = standing.remove(span).unwrap_or(version);
            now.insert(span.clone(), known_since);
        }
        let ended = std::mem::replace(&mut standing, now);
        ownerships.extend(ended.into_iter().map(|(span, known_since)| Ownership {
            known_since,
            known_until: version,
            ..span
        }));
    }
    ownerships.extend(standing.into_iter().map(|(span, known_since)| Ownership { known_since, ..span }));
    ownerships.sort();
    let Chain { mut steps, mut findings, .. } = last;
    liens::add(history, &Known::on(history, Some(NaiveDate::MAX)), &mut steps, &mut findings);
    steps.sort_by_key(|(order, _)| *order);
    findings.sort();
    findings.dedup();
    Derived { ownerships, steps: steps.into_iter().map(|(_, step)| step).collect(), findings }
}

/// The days on which something became known, in their order; first the absent day, which is before all.
fn versions(history: &History) -> Vec<Option<NaiveDate>> {
    let mut days: Vec<Option<NaiveDate>> = history.transfers.iter().map(Transfer::known_on).collect();
    if !history.first.is_empty() {
        days.push(history.published_on);
    }
    days.extend(history.present.iter().filter_map(|present| present.stated_on).map(Some));
    days.sort_unstable();
    days.dedup();
    days
}
