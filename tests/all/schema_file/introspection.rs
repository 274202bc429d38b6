//! What clients see of the schema is the type system that the plan uses: async-graphql was given the same.

use std::collections::{BTreeMap, BTreeSet};

use dealgraph::schema::{Argument, OutputField, TypeDef, schema};
use serde_json::{Value, json};

use crate::harness::{Harness, answer, engine};

const QUERY: &str = "{ __schema { queryType { name } mutationType { name } subscriptionType { name }
  types { kind name description specifiedByURL
    fields(includeDeprecated: true) { name description type { ...T } args { ...I } }
    inputFields { ...I }
    enumValues(includeDeprecated: true) { name description }
    interfaces { name }
    possibleTypes { name } } } }
fragment I on __InputValue { name description defaultValue type { ...T } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// A type as it is written.
fn written(ty: &Value) -> String {
    match ty["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&ty["ofType"])),
        Some("LIST") => format!("[{}]", written(&ty["ofType"])),
        _ => ty["name"].as_str().expect("a name").to_owned(),
    }
}

fn each<'a>(list: &'a Value, show: impl Fn(&'a Value) -> String) -> Vec<String> {
    list.as_array().into_iter().flatten().map(show).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

fn shown_input(input: &Value) -> String {
    let (name, ty) = (text(&input["name"]), written(&input["type"]));
    format!("{name}: {ty} = {} # {}", text(&input["defaultValue"]), text(&input["description"]))
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

/// A type as introspection shows it, a line a part.
fn shown(def: &Value) -> Vec<String> {
    let mut lines =
        vec![format!("{} # {} {}", text(&def["kind"]), text(&def["description"]), text(&def["specifiedByURL"]))];
    lines.extend(each(&def["fields"], |field| {
        let arguments = each(&field["args"], shown_input).join("; ");
        let (name, ty) = (text(&field["name"]), written(&field["type"]));
        format!("{name}({arguments}): {ty} # {}", text(&field["description"]))
    }));
    lines.extend(each(&def["inputFields"], shown_input));
    lines.extend(each(&def["enumValues"], |value| {
        format!("{} # {}", text(&value["name"]), text(&value["description"]))
    }));
    lines.extend(sorted(each(&def["interfaces"], |name| format!("implements {}", text(&name["name"])))));
    lines.extend(sorted(each(&def["possibleTypes"], |name| format!("can be {}", text(&name["name"])))));
    lines
}

fn known_input((name, input): (&String, &Argument)) -> String {
    format!("{name}: {} = {} # {}", input.ty, input.default.unwrap_or("-"), input.doc)
}

fn known_field((name, field): (&String, &OutputField)) -> String {
    let arguments: Vec<String> = field.arguments.iter().map(known_input).collect();
    format!("{name}({}): {} # {}", arguments.join("; "), field.ty, field.doc)
}

fn all(begin: &str, names: &[&str]) -> Vec<String> {
    sorted(names.iter().map(|name| format!("{begin} {name}")).collect())
}

/// The same lines of the type system.
fn known(def: &TypeDef) -> Vec<String> {
    let head = |kind: &str, doc: &str| vec![format!("{kind} # {doc} -")];
    match def {
        TypeDef::BuiltIn => Vec::new(),
        TypeDef::Scalar(scalar) => vec![format!("SCALAR # {} {}", scalar.doc, scalar.specified_by)],
        TypeDef::Closed(set) => {
            let values = set.values.iter().map(|(value, doc)| format!("{value} # {doc}"));
            head("ENUM", set.doc).into_iter().chain(values).collect()
        }
        TypeDef::Enum { doc, values } => {
            let values = values.iter().map(|value| format!("{} # {}", value.name, value.doc));
            head("ENUM", doc).into_iter().chain(values).collect()
        }
        TypeDef::Input { doc, fields, .. } => {
            head("INPUT_OBJECT", doc).into_iter().chain(fields.iter().map(known_input)).collect()
        }
        TypeDef::Object { doc, interfaces, fields, .. } => {
            let lines = head("OBJECT", doc).into_iter().chain(fields.iter().map(known_field));
            lines.chain(all("implements", interfaces)).collect()
        }
        // async-graphql 7.2.1 introspects the interfaces of objects only; the SDL has those of interfaces too.
        TypeDef::Interface { doc, fields, possible, .. } => {
            let lines = head("INTERFACE", doc).into_iter().chain(fields.iter().map(known_field));
            lines.chain(all("can be", possible)).collect()
        }
        TypeDef::Union { doc, possible } => head("UNION", doc).into_iter().chain(all("can be", possible)).collect(),
    }
}

#[test]
fn introspection_shows_the_schema_that_plans_are_made_from() {
    let engine = engine(&Harness::sqlite());
    let response: Value = serde_json::from_str(&answer(&*engine, QUERY, &json!({}))).expect("JSON");
    let found = &response["data"]["__schema"];
    assert_eq!(found["queryType"]["name"], "Query", "{response}");
    assert_eq!(found["mutationType"]["name"], "Mutation");
    assert_eq!(found["subscriptionType"]["name"], "Subscription");
    let types = found["types"].as_array().expect("types");
    let types: BTreeMap<&str, &Value> = types.iter().map(|def| (text(&def["name"]), def)).collect();
    let own: BTreeSet<&str> = types.keys().copied().filter(|name| !name.starts_with("__")).collect();
    let known_names: BTreeSet<&str> = schema().types.keys().map(String::as_str).collect();
    assert_eq!(own.symmetric_difference(&known_names).collect::<Vec<_>>(), Vec::<&&str>::new());
    for (name, def) in &schema().types {
        if !matches!(def, TypeDef::BuiltIn) {
            assert_eq!(shown(types[name.as_str()]), known(def), "{name}");
        }
    }
}
