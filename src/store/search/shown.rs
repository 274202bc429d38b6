//! Why something was found: the field, and the part of its text.

use std::collections::{BTreeMap, HashMap};

use crate::search::{Piece, Query, covered, fragment, whole};
use crate::store::StoreError;
use crate::store::dialect::Dialect;
use crate::store::search::candidates;
use crate::store::search::entry::Table;
use crate::store::search::run::{Ask, By, Hit};

/// The field that answers, and the part of its text.
#[derive(Debug, Default)]
pub(in crate::store) struct Shown {
    /// A value of `SearchField`.
    pub(in crate::store) field: &'static str,
    pub(in crate::store) pieces: Vec<Piece>,
}

/// A table's columns of texts, and the fields that they are.
type Texts = ((&'static str, &'static str, &'static str), [&'static str; 2]);

const fn texts_of(table: Table) -> Texts {
    match table {
        Table::Company => (("company", "name", "t.legal_name"), ["NAME", "LEGAL_NAME"]),
        Table::CompanyName => (("company_name", "name", "NULL"), ["OTHER_NAME", "OTHER_NAME"]),
        Table::Area => (("cooperation_area", "name", "t.description"), ["NAME", "DESCRIPTION"]),
        Table::Person => (("person", "name", "t.description"), ["NAME", "DESCRIPTION"]),
        Table::Agreement => (("agreement", "title", "t.summary"), ["TITLE", "SUMMARY"]),
        Table::Patent => (("patent", "title", "t.abstract"), ["TITLE", "ABSTRACT"]),
    }
}

/// What is shown of each hit.
pub(in crate::store) fn shown<D: Dialect>(ask: &mut Ask<'_>, hits: &[Hit]) -> Result<Vec<Shown>, StoreError> {
    let mut wanted: BTreeMap<Table, Vec<i64>> = BTreeMap::new();
    for hit in hits {
        if let By::Words(table, ..) = &hit.by {
            wanted.entry(*table).or_default().push(hit.entry);
        }
    }
    let mut texts: HashMap<(Table, i64), [Option<String>; 2]> = HashMap::new();
    for (table, ids) in wanted {
        for row in ask(candidates::texts::<D>(texts_of(table).0, &ids), (1, 2))? {
            let ([id], Ok(found)) = (row.integers.as_slice(), <[Option<String>; 2]>::try_from(row.texts)) else {
                continue;
            };
            texts.insert((table, *id), found);
        }
    }
    let none = [None, None];
    let of_hit = |hit: &Hit| match &hit.by {
        By::Number(number) => Shown { field: "NUMBER", pieces: whole(number) },
        By::Words(table, query) => of_texts(*table, query, texts.get(&(*table, hit.entry)).unwrap_or(&none)),
    };
    Ok(hits.iter().map(of_hit).collect())
}

/// The longer text is shown where it has more of the words.
fn of_texts(table: Table, query: &Query, [name, more]: &[Option<String>; 2]) -> Shown {
    let (name, [of_name, of_more]) = (name.as_deref().unwrap_or_default(), texts_of(table).1);
    match more.as_deref().filter(|more| covered(query, more) > covered(query, name)) {
        Some(more) => Shown { field: of_more, pieces: fragment(query, more) },
        None => Shown { field: of_name, pieces: fragment(query, name) },
    }
}
