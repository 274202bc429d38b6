//! From a coerced filter to a condition on rows.

use chrono::NaiveDate;

use crate::catalog::{Abstract, AsOf, Edge, Entity, Field, Kind, Reach};
use crate::document::input::Input;
use crate::error::{ClientError, Code};
use crate::plan::predicate::{Datum, Operator, Place, Predicate, Quantifier};
use crate::plan::{as_of, ids};
use crate::text::fold;

/// Bytes of a folded text at most: folding can lengthen it, and SQLite bounds a pattern.
const FOLDED_BYTES_MAX: usize = 8_192;

type Outcome = Result<Predicate, ClientError>;

/// Where a value stands, as an error names it: most have none, so that nothing is written before.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    /// An argument.
    Argument(&'a str),
    /// A field of an input object.
    Name(&'a Path<'a>, &'a str),
    /// An item of a list.
    Index(&'a Path<'a>, usize),
}

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Argument(name) => f.write_str(name),
            Self::Name(around, name) => write!(f, "{around}.{name}"),
            Self::Index(around, index) => write!(f, "{around}.{index}"),
        }
    }
}

/// The condition of an entity's filter.
///
/// # Errors
/// A null stands where a value must, an id is not one, or a number has too many digits.
pub(super) fn predicate(entity: &'static Entity, filter: &Input, path: &Path<'_>) -> Outcome {
    let mut all = Vec::new();
    for (name, value) in fields(filter, path)? {
        let path = Path::Name(path, name);
        all.push(member(entity, name, value, &path)?);
    }
    Ok(Predicate::all(all))
}

/// The changes that have a larger number: it is their key.
pub(super) const fn after_seq(seq: i64) -> Predicate {
    Predicate::Compare(Place { column: "id", kind: Kind::Key }, Operator::Greater, Datum::Integer(seq))
}

fn refused(path: &Path<'_>, what: &str) -> ClientError {
    ClientError::new(Code::BadInput, format!("`{path}` {what}."))
}

/// The fields of an input object, none of which may be null.
fn fields<'a>(input: &'a Input, path: &Path<'_>) -> Result<Vec<(&'a str, &'a Input)>, ClientError> {
    let Input::Object(fields) = input else { return Err(refused(path, "must be an object")) };
    let field = |(name, value): &'a (&'static str, Input)| match value {
        Input::Null => {
            let what = "must not be null: leave it out, or ask `isNull: true` of a field";
            Err(refused(&Path::Name(path, name), what))
        }
        value => Ok((*name, value)),
    };
    fields.iter().map(field).collect()
}

fn member(entity: &'static Entity, name: &str, value: &Input, path: &Path<'_>) -> Outcome {
    match name {
        "and" => Ok(Predicate::And(list(entity, value, path)?)),
        "or" => Ok(Predicate::Or(list(entity, value, path)?)),
        "not" => Ok(Predicate::Not(Box::new(predicate(entity, value, path)?))),
        "id" => key_comparison(entity, value, path),
        _ => {
            if let Some(field) = entity.fields.iter().find(|field| field.is_named(name)) {
                return comparison(field, value, path);
            }
            let edge = entity.edges.iter().find(|edge| edge.is_named(name));
            edge.map_or_else(|| Err(refused(path, "is not a field of this filter")), |edge| along(edge, value, path))
        }
    }
}

fn list(entity: &'static Entity, value: &Input, path: &Path<'_>) -> Result<Vec<Predicate>, ClientError> {
    let Input::List(items) = value else { return Err(refused(path, "must be a list")) };
    items.iter().enumerate().map(|(index, item)| predicate(entity, item, &Path::Index(path, index))).collect()
}

fn along(edge: &'static Edge, value: &Input, path: &Path<'_>) -> Outcome {
    match &edge.reach {
        Reach::One { column, target, .. } => to_one(column, target, value, path),
        Reach::OneOf(set) => one_of(set, value, path),
        Reach::Many { target, .. } | Reach::Through { target, .. } => to_many(edge, target, value, path),
    }
}

fn to_one(column: &'static str, target: &'static Entity, value: &Input, path: &Path<'_>) -> Outcome {
    let condition = Box::new(predicate(target, value, path)?);
    Ok(Predicate::ToOne { column, target, condition })
}

fn one_of(set: &'static Abstract, value: &Input, path: &Path<'_>) -> Outcome {
    let mut all = Vec::new();
    for (name, value) in fields(value, path)? {
        let arm = set.arms.iter().find(|(_, entity)| entity.name.eq_ignore_ascii_case(name));
        let Some((column, target)) = arm else { return Err(refused(path, "names no type of this field")) };
        all.push(to_one(column, target, value, &Path::Name(path, name))?);
    }
    Ok(Predicate::all(all))
}

fn to_many(edge: &'static Edge, target: &'static Entity, value: &Input, path: &Path<'_>) -> Outcome {
    let mut all = Vec::new();
    // Of rows that change with the days, those of the present are meant.
    let held = match &edge.as_of {
        Some(AsOf::Rows(periods)) => as_of::held(periods, None, None),
        _ => Predicate::always(),
    };
    for (name, value) in fields(value, path)? {
        let condition = predicate(target, value, &Path::Name(path, name))?;
        let (quantifier, condition) = match name {
            "some" => (Quantifier::Some, Predicate::all(vec![held.clone(), condition])),
            "none" => (Quantifier::None, Predicate::all(vec![held.clone(), condition])),
            _ if held.is_always() => (Quantifier::Every, condition),
            _ => (Quantifier::None, Predicate::And(vec![held.clone(), Predicate::Not(Box::new(condition))])),
        };
        all.push(Predicate::ToMany { reach: &edge.reach, target, quantifier, condition: Box::new(condition) });
    }
    Ok(Predicate::all(all))
}

fn key_comparison(entity: &'static Entity, value: &Input, path: &Path<'_>) -> Outcome {
    let place = Place { column: "id", kind: Kind::Key };
    let mut all = Vec::new();
    for (operator, value) in fields(value, path)? {
        let given = match value {
            Input::List(items) => items.iter().collect(),
            single => vec![single],
        };
        let mut values = Vec::new();
        for id in given {
            let Input::Id(id) = id else { return Err(refused(path, "must be an id")) };
            let (found, key) = ids::decode(id).ok_or_else(|| bad_id(id))?;
            // An id of another type is no row of this one.
            if found == entity {
                values.push(Datum::Integer(key));
            }
        }
        let negated = matches!(operator, "ne" | "notIn");
        all.push(Predicate::In { place, values, negated });
    }
    Ok(Predicate::all(all))
}

/// The error of an id that is not one of ours.
pub(super) fn bad_id(id: &str) -> ClientError {
    let shown: String = id.chars().take(60).collect();
    ClientError::new(Code::BadId, format!("`{shown}` is not an id of this graph."))
}

fn comparison(field: &'static Field, value: &Input, path: &Path<'_>) -> Outcome {
    let mut all = Vec::new();
    for (operator, value) in fields(value, path)? {
        all.push(compare(field, operator, value, &Path::Name(path, operator))?);
    }
    Ok(Predicate::all(all))
}

fn compare(field: &'static Field, operator: &str, value: &Input, path: &Path<'_>) -> Outcome {
    let place = Place { column: field.column, kind: field.kind };
    let compared = |operator| Ok(Predicate::Compare(place, operator, datum(field.kind, value, path)?));
    match operator {
        "eq" => compared(Operator::Equal),
        "ne" => compared(Operator::NotEqual),
        "lt" => compared(Operator::Less),
        "lte" => compared(Operator::LessOrEqual),
        "gt" => compared(Operator::Greater),
        "gte" => compared(Operator::GreaterOrEqual),
        "isNull" => Ok(Predicate::IsNull(field.column, *value == Input::Boolean(true))),
        "in" | "notIn" => {
            let Input::List(items) = value else { return Err(refused(path, "must be a list")) };
            let values: Result<Vec<Datum>, ClientError> =
                items.iter().map(|item| datum(field.kind, item, path)).collect();
            Ok(Predicate::In { place, values: values?, negated: operator == "notIn" })
        }
        _ => match (field.folded, value) {
            (Some(column), Input::Text(text)) => {
                let text = fold(text);
                if text.len() > FOLDED_BYTES_MAX {
                    let what =
                        format!("has {} bytes once it is folded; at most {FOLDED_BYTES_MAX} are allowed", text.len());
                    return Err(refused(path, &what));
                }
                Ok(Predicate::Matches { column, text, at_start: operator == "startsWith" })
            }
            _ => Err(refused(path, "is not a comparison of this field")),
        },
    }
}

fn datum(kind: Kind, value: &Input, path: &Path<'_>) -> Result<Datum, ClientError> {
    match (kind, value) {
        (Kind::Decimal(scale), Input::Decimal(decimal)) => decimal.scaled(scale).map(Datum::Integer).ok_or_else(|| {
            refused(path, &format!("must have at most {scale} digits after the point and fit into 64 bits"))
        }),
        (_, Input::Boolean(value)) => Ok(Datum::Boolean(*value)),
        (_, Input::Int(value)) => Ok(Datum::Integer(i64::from(*value))),
        (_, Input::Text(text)) => Ok(Datum::Text(text.clone())),
        (_, Input::Enum(name)) => Ok(Datum::Text((*name).to_owned())),
        (_, Input::Date(date)) => Ok(Datum::Date(epoch_days(*date))),
        (_, Input::DateTime(micros)) => Ok(Datum::DateTime(*micros)),
        _ => Err(refused(path, "has a value of another kind")),
    }
}

fn epoch_days(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}
