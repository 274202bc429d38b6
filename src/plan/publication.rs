//! A publication number as it was asked for: which rows it can mean.

use crate::catalog::Kind;
use crate::error::{ClientError, Code};
use crate::plan::predicate::{Datum, Operator, Place, Predicate};
use crate::publication_number::PublicationNumber;

/// The columns of a patent's number.
const OFFICE: Place = Place { column: "office", kind: Kind::Text };
const NUMBER: Place = Place { column: "number", kind: Kind::Text };
const KIND: Place = Place { column: "kind_code", kind: Kind::Text };

/// A publication number that was asked for.
#[derive(Clone, Debug)]
pub struct WantedNumber {
    /// As it was written.
    pub text: String,
    /// The canonical forms of its readings: a row under one of them is meant before any other.
    pub exact: Vec<String>,
    /// What the rows have that it can mean.
    pub fits: Predicate,
}

impl WantedNumber {
    /// Reads a text.
    ///
    /// # Errors
    /// It is not a publication number.
    pub fn new(text: &str, argument: &str) -> Result<Self, ClientError> {
        let readings = PublicationNumber::readings(text).map_err(|fault| {
            let shown: String = text.chars().take(60).collect();
            ClientError::new(Code::BadInput, format!("`{argument}`: `{shown}` is {fault}."))
        })?;
        let exact = readings.iter().map(ToString::to_string).collect();
        let mut fits: Vec<Predicate> = readings.into_iter().map(fits).collect();
        let fits = match fits.pop() {
            Some(only) if fits.is_empty() => only,
            last => {
                fits.extend(last);
                Predicate::Or(fits)
            }
        };
        Ok(Self { text: text.to_owned(), exact, fits })
    }

    /// Those of the publications found that are meant: those under just this number, else all.
    #[must_use]
    pub fn meant(&self, mut found: Vec<String>) -> Vec<String> {
        if found.iter().any(|number| self.exact.contains(number)) {
            found.retain(|number| self.exact.contains(number));
        }
        found
    }
}

/// The number, and a kind that does not contradict: a letter alone stands for the kinds that begin with it, and a row
/// whose source has no kind may be of any.
fn fits(reading: PublicationNumber) -> Predicate {
    let is = |place, text: String| Predicate::Compare(place, Operator::Equal, Datum::Text(text));
    let mut all = vec![is(OFFICE, reading.office), is(NUMBER, reading.number)];
    if let Some(kind) = reading.kind {
        let same = if kind.len() > 1 {
            is(KIND, kind)
        } else {
            // Behind the letter stands a digit or nothing; `:` comes after the digits.
            let end = Datum::Text(format!("{kind}:"));
            let start = Predicate::Compare(KIND, Operator::GreaterOrEqual, Datum::Text(kind));
            Predicate::And(vec![start, Predicate::Compare(KIND, Operator::Less, end)])
        };
        all.push(Predicate::Or(vec![same, Predicate::IsNull(KIND.column, true)]));
    }
    Predicate::And(all)
}
