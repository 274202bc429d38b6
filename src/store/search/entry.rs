//! What is searched: rows of six tables, each with a name and perhaps a longer text.

use crate::search::{Kind, name_of, words_of};
use crate::store::bulk::{AgreementRow, AreaRow, BulkCompany, BulkCompanyName, BulkPatent, PersonRow};

/// A table whose rows are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Table {
    Company,
    CompanyName,
    Area,
    Person,
    Agreement,
    Patent,
}

impl Table {
    pub(super) const ALL: [Self; 6] =
        [Self::Company, Self::CompanyName, Self::Area, Self::Person, Self::Agreement, Self::Patent];

    /// What its rows are found as.
    pub(super) const fn kind(self) -> Kind {
        match self {
            Self::Company | Self::CompanyName => Kind::Company,
            Self::Area => Kind::Area,
            Self::Person => Kind::Person,
            Self::Agreement => Kind::Agreement,
            Self::Patent => Kind::Patent,
        }
    }
}

/// What a row is found by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntryText<'a> {
    pub(crate) id: i64,
    /// What is found: the row itself, or the company whose name it is.
    pub(crate) entity_id: i64,
    pub(crate) name: &'a str,
    /// A text that is searched too.
    pub(crate) more: Option<&'a str>,
}

/// A row that is searched.
pub(crate) trait Searched {
    /// Its table.
    const TABLE: Table;

    /// What it is found by.
    fn text(&self) -> EntryText<'_>;
}

macro_rules! searched {
    ($row:ty, $table:ident, $self:ident => $entity:expr, $name:expr, $more:expr) => {
        impl Searched for $row {
            const TABLE: Table = Table::$table;

            fn text(&$self) -> EntryText<'_> {
                EntryText { id: $self.id, entity_id: $entity, name: $name, more: $more }
            }
        }
    };
}

searched!(BulkCompany, Company, self => self.id, &self.name, self.legal_name.as_deref());
searched!(BulkCompanyName, CompanyName, self => self.company_id, &self.name, None);
searched!(AreaRow, Area, self => self.id, &self.name, self.description.as_deref());
searched!(PersonRow, Person, self => self.id, &self.name, self.description.as_deref());
searched!(AgreementRow, Agreement, self => self.id, &self.title, self.summary.as_deref());
searched!(BulkPatent, Patent, self => self.id, self.title.as_deref().unwrap_or_default(), self.abstract_.as_deref());

/// A row's entry in the index.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: i64,
    pub(super) entity_id: i64,
    pub(super) name: String,
    /// Tells whether anything of it changed.
    pub(super) fingerprint: i64,
    /// Its words, each once, with spaces between them.
    pub(super) words: String,
}

impl Entry {
    pub(super) fn of(text: EntryText<'_>) -> Self {
        let words: Vec<String> = words_of([text.name].into_iter().chain(text.more)).into_iter().collect();
        Self {
            id: text.id,
            entity_id: text.entity_id,
            name: name_of(text.name),
            fingerprint: fingerprint(text),
            words: words.join(" "),
        }
    }
}

/// 64 bits of FNV-1a of all that an entry is made of.
pub(super) fn fingerprint(text: EntryText<'_>) -> i64 {
    let entity = text.entity_id.to_le_bytes();
    let parts = [&entity[..], text.name.as_bytes(), &[0], text.more.unwrap_or_default().as_bytes()];
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.into_iter().flatten() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash.cast_signed()
}
