//! Input values as text: literals, with variables in the place of some of them.

use dealgraph::schema::{Argument, TypeDef, TypeRef, schema};
use serde_json::{Map, Value as Json};

use super::Features;
use crate::random::Rng;

/// A variable.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    /// Its type and default as they are declared.
    pub declared: String,
    /// What is sent for it, if anything is.
    pub value: Option<Json>,
}

/// Makes text of values and collects the variables that it makes on the way.
#[derive(Default)]
pub struct Inputs {
    pub variables: Vec<Variable>,
    /// While a default is written: it holds no variables.
    pub constant: bool,
}

impl Inputs {
    /// A value where this type is wanted: a variable, or a literal that may hold variables.
    pub fn value(&mut self, rng: &mut Rng, features: &mut Features, ty: &TypeRef, json: &Json) -> String {
        if !self.constant && rng.chance(9) {
            return self.variable(rng, features, ty, json);
        }
        self.literal(rng, features, ty, json)
    }

    /// A variable that has no value where none is needed.
    pub fn absent(&mut self, features: &mut Features, ty: &TypeRef) -> String {
        features.insert("absent variable".to_owned());
        self.declare(ty.nullable().to_string(), None)
    }

    fn declare(&mut self, declared: String, value: Option<Json>) -> String {
        let name = format!("v{}", self.variables.len());
        self.variables.push(Variable { name: name.clone(), declared, value });
        format!("${name}")
    }

    fn variable(&mut self, rng: &mut Rng, features: &mut Features, ty: &TypeRef, json: &Json) -> String {
        features.insert(format!("variable of {}", category(ty)));
        let value = match json {
            Json::Array(items) if items.len() == 1 && rng.chance(20) => {
                features.insert("single value for a list in a variable".to_owned());
                items[0].clone()
            }
            _ => json.clone(),
        };
        if rng.chance(30) && !json.is_null() {
            features.insert("variable with a default".to_owned());
            self.constant = true;
            let default = self.literal(rng, features, ty, json);
            self.constant = false;
            let value = rng.chance(40).then_some(value);
            return self.declare(format!("{} = {default}", ty.nullable()), value);
        }
        let stricter = !ty.is_required() && !json.is_null() && rng.chance(30);
        let declared = if stricter { format!("{ty}!") } else { ty.to_string() };
        self.declare(declared, Some(value))
    }

    fn literal(&mut self, rng: &mut Rng, features: &mut Features, ty: &TypeRef, json: &Json) -> String {
        match (ty.nullable(), json) {
            (_, Json::Null) => {
                features.insert("null literal".to_owned());
                "null".to_owned()
            }
            (TypeRef::List(inner), Json::Array(items)) => {
                if let ([single], true) = (items.as_slice(), rng.chance(15)) {
                    features.insert("single value for a list".to_owned());
                    return self.literal(rng, features, inner, single);
                }
                let items: Vec<String> = items.iter().map(|item| self.value(rng, features, inner, item)).collect();
                format!("[{}]", items.join(", "))
            }
            (named, Json::Object(given)) => match schema().get(named.name()) {
                Some(TypeDef::Input { fields, .. }) => {
                    let written = given.iter().map(|(name, json)| {
                        let value = self.value(rng, features, &fields[name].ty, json);
                        format!("{name}: {value}")
                    });
                    let mut written: Vec<String> = written.collect();
                    self.add_absent(rng, features, (given, fields.iter()), &mut written);
                    rng.shuffle(&mut written);
                    format!("{{{}}}", written.join(", "))
                }
                other => panic!("{other:?} takes no object"),
            },
            (named, Json::String(text)) => match schema().get(named.name()) {
                Some(TypeDef::Closed(_) | TypeDef::Enum { .. }) => text.clone(),
                _ => json.to_string(),
            },
            _ => json.to_string(),
        }
    }

    /// Now and then a field more, whose variable has no value.
    fn add_absent<'a>(
        &mut self,
        rng: &mut Rng,
        features: &mut Features,
        (given, fields): (&Map<String, Json>, impl Iterator<Item = (&'a String, &'a Argument)>),
        written: &mut Vec<String>,
    ) {
        if self.constant || !rng.chance(5) {
            return;
        }
        let free = |(name, field): &(&String, &Argument)| !given.contains_key(*name) && !field.ty.is_required();
        let free: Vec<_> = fields.filter(free).collect();
        if let Some((name, field)) = rng.pick_if_any(&free) {
            features.insert("absent variable in an input object".to_owned());
            let variable = self.absent(features, &field.ty);
            written.push(format!("{name}: {variable}"));
        }
    }
}

fn category(ty: &TypeRef) -> String {
    let list = if matches!(ty.nullable(), TypeRef::List(_)) { "a list of " } else { "" };
    let what = match schema().get(ty.name()) {
        Some(TypeDef::Input { .. }) if ty.name().ends_with("Order") => "an order",
        Some(TypeDef::Input { .. }) => "a filter",
        Some(TypeDef::Closed(_) | TypeDef::Enum { .. }) => "an enum",
        _ => ty.name(),
    };
    format!("{list}{what}")
}
