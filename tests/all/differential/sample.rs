//! Whether a run has seen enough of everything to mean something.

use std::collections::BTreeMap;

use dealgraph_differential::generator::Features;

/// What every run of 200 documents holds at least once: each is in one of fifteen documents or in more.
const COMMON: &[&str] = &[
    "@include that keeps",
    "@skip that keeps",
    "ID eq",
    "__typename",
    "absent variable as an argument",
    "absent variable in an input object",
    "after and before",
    "after, forward",
    "alias",
    "and",
    "backward page",
    "before, backward",
    "cursor of no row",
    "empty page",
    "filter on Fact",
    "filter on a to-one edge",
    "forward page",
    "fragment on the root",
    "fragment spread again",
    "inline fragment on an interface",
    "inline fragment on an object",
    "inline fragment on an union",
    "inline fragment without a type",
    "lookup that hits",
    "merged field",
    "merged field with arguments",
    "named fragment on an interface",
    "named fragment on an object",
    "named fragment on an union",
    "node",
    "node that is not there",
    "nodes",
    "not",
    "null literal",
    "one field under two names",
    "operator eq",
    "operator gt",
    "operator gte",
    "operator in",
    "operator isNull",
    "operator lt",
    "operator lte",
    "operator ne",
    "operator notIn",
    "or",
    "order by several fields",
    "quantifier every",
    "quantifier none",
    "quantifier some",
    "root list",
    "several operations",
    "single value for a list",
    "variable of Boolean",
    "variable of Int",
    "variable of String",
    "variable of a filter",
    "variable of a list of an order",
    "variable of an enum",
    "variable with a default",
];

/// What a run of 1,000 documents holds as well.
const RARE: &[&str] = &[
    "@include by a variable",
    "@include that drops",
    "@skip by a variable",
    "@skip that drops",
    "Boolean eq",
    "Date lt",
    "DateTime eq",
    "Decimal eq",
    "Int lt",
    "after, backward",
    "before, forward",
    "date-time at an offset",
    "empty filter",
    "empty order",
    "enum in",
    "filter on StatementSubject",
    "folded text lt",
    "id of another type in a filter",
    "lookup that misses",
    "nodes with an id twice",
    "operator contains",
    "operator startsWith",
    "text lt",
    "variable of ID",
    "variable of a list of ID",
    "variable of a list of a filter",
];

/// What the documents of a run were like.
#[derive(Default)]
pub struct Sample {
    documents: usize,
    with_rows: usize,
    features: BTreeMap<String, usize>,
}

impl Sample {
    /// Counts a document.
    pub fn count(&mut self, features: &Features, rows: usize) {
        self.documents += 1;
        self.with_rows += usize::from(rows > 0);
        for feature in features {
            *self.features.entry(feature.clone()).or_default() += 1;
        }
    }

    /// Panics if the run was degenerate: few answers hold rows, or something never occurred.
    pub fn check(&self) {
        println!("{} documents, {} of them answered with rows: {:#?}", self.documents, self.with_rows, self.features);
        assert!(self.with_rows * 10 >= self.documents * 9, "at least nine answers in ten hold rows");
        let wanted = match self.documents {
            0..200 => Vec::new(),
            200..1000 => COMMON.to_vec(),
            _ => [COMMON, RARE].concat(),
        };
        let missing: Vec<_> = wanted.into_iter().filter(|feature| !self.features.contains_key(*feature)).collect();
        assert!(missing.is_empty(), "these never occurred: {missing:?}");
    }
}
