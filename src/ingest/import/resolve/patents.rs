//! Patents by their number within an office.

use std::collections::{BTreeSet, HashMap};

use crate::ingest::import::{Desk, ImportError, Problem, Slot, Working};
use crate::store::bulk::{BulkPatent, patent_keys, patents_numbered};

/// What a number leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named<T> {
    /// No patent of the store.
    Nothing,
    /// One.
    One(T),
    /// Several, which the number alone does not tell apart.
    Several,
}

impl<T> Named<T> {
    /// The one patent, or why there is none.
    pub(crate) fn one(self, column: &str, found: &str) -> Result<T, Problem> {
        match self {
            Self::One(patent) => Ok(patent),
            Self::Nothing => Err(Problem::new(
                column,
                found,
                "it refers to a patent that is not in the store",
                "a patent that was imported before",
            )),
            Self::Several => {
                Err(Problem::new(column, found, "it refers to several patents", "the number of one patent"))
            }
        }
    }
}

/// Rows that share a number, each with its kind.
type Kinds<T> = Vec<(Option<String>, T)>;

/// The grant among the publications under a number: certificates of re-examination have the number of their grant.
fn grant<T: Copy>(known: Option<&Kinds<T>>) -> Named<T> {
    let is_certificate = |kind: &Option<String>| kind.as_deref().is_some_and(|kind| kind.starts_with('C'));
    let mut grants = known.into_iter().flatten().filter(|(kind, _)| !is_certificate(kind));
    match (grants.next(), grants.next()) {
        (None, _) => Named::Nothing,
        (Some((_, patent)), None) => Named::One(*patent),
        (Some(_), Some(_)) => Named::Several,
    }
}

/// The publication of a kind: the same, or the one that lacks its kind so far.
fn of_kind<T: Copy>(known: Option<&Kinds<T>>, kind: Option<&str>) -> Option<T> {
    let known = known?;
    let same = known.iter().find(|(found, _)| found.as_deref() == kind);
    let open = || match (known.as_slice(), kind) {
        ([only], None) => Some(only),
        (known, Some(_)) => known.iter().find(|(found, _)| found.is_none()),
        _ => None,
    };
    same.or_else(open).map(|(_, patent)| *patent)
}

fn distinct<'n>(numbers: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    numbers.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}

/// The ids of the patents of an office that a batch names.
pub(crate) struct PatentIds {
    by_number: HashMap<String, Kinds<i64>>,
}

impl PatentIds {
    /// Looks the numbers up.
    pub(crate) fn find<'n>(
        desk: &mut Desk<'_>,
        office: &str,
        numbers: impl IntoIterator<Item = &'n str>,
    ) -> Result<Self, ImportError> {
        let mut by_number: HashMap<String, Kinds<i64>> = HashMap::new();
        for key in patent_keys(desk.connection, office, &distinct(numbers))? {
            by_number.entry(key.number).or_default().push((key.kind_code, key.id));
        }
        Ok(Self { by_number })
    }

    /// The grant under a number.
    pub(crate) fn grant(&self, number: &str) -> Named<i64> {
        grant(self.by_number.get(number))
    }

    /// All ids that were found.
    pub(crate) fn ids(&self) -> Vec<i64> {
        self.by_number.values().flatten().map(|(_, id)| *id).collect()
    }
}

/// The patents of an office that a batch names, whole, to be changed.
pub(crate) struct Patents {
    pub(crate) rows: Working<BulkPatent>,
    by_number: HashMap<String, Kinds<Slot>>,
}

impl Patents {
    /// Looks the numbers up.
    pub(crate) fn find<'n>(
        desk: &mut Desk<'_>,
        office: &str,
        numbers: impl IntoIterator<Item = &'n str>,
    ) -> Result<Self, ImportError> {
        let mut patents = Self { rows: Working::default(), by_number: HashMap::new() };
        for row in patents_numbered(desk.connection, office, &distinct(numbers))? {
            let (number, kind) = (row.number.clone(), row.kind_code.clone());
            let slot = patents.rows.standing(row);
            patents.by_number.entry(number).or_default().push((kind, slot));
        }
        Ok(patents)
    }

    /// The grant under a number.
    pub(crate) fn grant(&self, number: &str) -> Named<Slot> {
        grant(self.by_number.get(number))
    }

    /// The publication of a number and a kind; one that lacks its kind so far is meant too.
    pub(crate) fn of_kind(&self, number: &str, kind: Option<&str>) -> Option<Slot> {
        of_kind(self.by_number.get(number), kind)
    }

    /// The publication that a number means to somebody who may not know its kind: that of the kind, or one that lacks it; else
    /// the first by its kind, certificates last.
    pub(crate) fn named(&self, number: &str, kind: Option<&str>) -> Option<Slot> {
        let known = self.by_number.get(number)?;
        let same = kind.and_then(|_| of_kind(Some(known), kind));
        same.or_else(|| {
            let rank =
                |kind: &Option<String>| (kind.as_deref().is_some_and(|kind| kind.starts_with('C')), kind.clone());
            known.iter().min_by_key(|(kind, _)| rank(kind)).map(|(_, slot)| *slot)
        })
    }

    /// Takes in a new patent.
    pub(crate) fn place(&mut self, row: BulkPatent) {
        let (number, kind) = (row.number.clone(), row.kind_code.clone());
        let slot = self.rows.place(row);
        self.by_number.entry(number).or_default().push((kind, slot));
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, grant, of_kind};

    fn kinds(names: &[Option<&str>]) -> Vec<(Option<String>, usize)> {
        names.iter().enumerate().map(|(place, kind)| (kind.map(str::to_owned), place)).collect()
    }

    #[test]
    fn a_number_leads_to_its_grant_and_not_to_certificates() {
        assert_eq!(grant(None::<&Vec<(Option<String>, usize)>>), Named::Nothing);
        assert_eq!(grant(Some(&kinds(&[Some("C1"), Some("B2")]))), Named::One(1));
        assert_eq!(grant(Some(&kinds(&[Some("A1"), Some("B2")]))), Named::Several);
    }

    #[test]
    fn a_kind_is_found_or_completes_the_row_that_lacks_it() {
        assert_eq!(of_kind(Some(&kinds(&[Some("A1"), Some("B2")])), Some("B2")), Some(1));
        assert_eq!(of_kind(Some(&kinds(&[Some("A1"), None])), Some("B2")), Some(1));
        assert_eq!(of_kind(Some(&kinds(&[Some("B2")])), None), Some(0));
        assert_eq!(of_kind(Some(&kinds(&[Some("A1"), Some("B2")])), None), None);
        assert_eq!(of_kind(Some(&kinds(&[Some("A1")])), Some("B2")), None);
    }
}
