//! The schema: the file that is reviewed, the type system inside, what async-graphql was given, and graphql-js's view.

mod introspection;

use std::path::{Path, PathBuf};
use std::process::Command;

use dealgraph::schema::{Argument, ByName, OutputField, Schema, TypeDef, TypeRef, schema, sdl};

use crate::harness::tools;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_schema_file_is_the_schema() {
    let path = root().join("schema.graphql");
    let (wanted, found) = (sdl(), std::fs::read_to_string(&path).unwrap_or_default());
    if wanted != found {
        std::fs::write(&path, wanted).expect("the schema file can be written");
        panic!("schema.graphql was not the schema. The right one is written: review its difference and commit it.");
    }
}

#[test]
fn graphql_js_builds_and_accepts_the_schema_file() {
    tools::node_packages();
    let validate = |schema: PathBuf| {
        let output = Command::new("node").arg(root().join("tests/schema/validate.mjs")).arg(schema).output();
        let output = output.expect("`node` runs; install Node.js");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (is_valid, faults) = validate(root().join("schema.graphql"));
    assert!(is_valid, "graphql-js refuses the schema:\n{faults}");
    let broken = crate::harness::Harness::folder().join("broken.graphql");
    std::fs::write(&broken, "type Query implements Node { a: Int }\ninterface Node { id: ID! }").expect("a file");
    let (is_valid, faults) = validate(broken);
    assert!(!is_valid && faults.contains("Node.id"), "a broken schema is refused: {faults}");
}

/// The fields of an object or an interface.
fn fields(def: &TypeDef) -> Option<&ByName<OutputField>> {
    match def {
        TypeDef::Object { fields, .. } | TypeDef::Interface { fields, .. } => Some(fields),
        _ => None,
    }
}

fn interfaces(def: &TypeDef) -> &[&'static str] {
    match def {
        TypeDef::Object { interfaces, .. } | TypeDef::Interface { interfaces, .. } => interfaces,
        _ => &[],
    }
}

/// Every output field with its place.
fn output_fields(schema: &Schema) -> Vec<(String, &OutputField)> {
    let of_type = |(name, def)| {
        let fields = fields(def).into_iter().flatten();
        fields.map(move |(field, known)| (format!("{name}.{field}"), known))
    };
    schema.types.iter().flat_map(of_type).collect()
}

/// Every argument and input field with its place.
fn inputs(schema: &Schema) -> Vec<(String, &Argument)> {
    let mut inputs = Vec::new();
    for (place, field) in output_fields(schema) {
        inputs.extend(field.arguments.iter().map(|(name, argument)| (format!("{place}({name}:)"), argument)));
    }
    for (name, def) in &schema.types {
        if let TypeDef::Input { fields, .. } = def {
            inputs.extend(fields.iter().map(|(field, known)| (format!("{name}.{field}"), known)));
        }
    }
    inputs
}

#[test]
fn every_type_that_is_named_exists_and_fits_its_place() {
    let schema = schema();
    let get = |place: &str, ty: &TypeRef| {
        schema.get(ty.name()).unwrap_or_else(|| panic!("{place} is of a type that is not there: {ty}"))
    };
    for (place, field) in output_fields(schema) {
        let is_input = matches!(get(&place, &field.ty), TypeDef::Input { .. });
        assert!(!is_input, "{place} gives an input: {}", field.ty);
    }
    for (place, argument) in inputs(schema) {
        let is_output = schema.is_composite(argument.ty.name());
        assert!(!is_output, "{place} takes an output: {}", argument.ty);
        get(&place, &argument.ty);
    }
    for (name, def) in &schema.types {
        if let TypeDef::Interface { possible, .. } | TypeDef::Union { possible, .. } = def {
            assert!(!possible.is_empty(), "nothing can be a {name}");
            for object in possible {
                assert!(schema.is_object(object), "{name} can be {object}, which is no object");
            }
        }
    }
}

/// Whether a field of this type can stand where an interface has that one: the same, or never null.
fn is_at_least(object: &TypeRef, interface: &TypeRef) -> bool {
    object == interface || (object.is_required() && object.nullable() == interface)
}

#[test]
fn objects_have_what_their_interfaces_have() {
    let schema = schema();
    for (name, def) in &schema.types {
        for interface in interfaces(def) {
            let Some(TypeDef::Interface { fields: wanted, possible, interfaces: wider, .. }) = schema.get(interface)
            else {
                panic!("{name} implements {interface}, which is no interface")
            };
            assert!(possible.contains(&&**name) || !schema.is_object(name), "{interface} does not know of {name}");
            assert!(wider.iter().all(|wider| interfaces(def).contains(wider)), "{name} implements all of {wider:?}");
            for (field, wanted) in wanted {
                let found = schema.field(name, field).unwrap_or_else(|| panic!("{name} has no {field} of {interface}"));
                assert!(is_at_least(&found.ty, &wanted.ty), "{name}.{field} is {}, not {}", found.ty, wanted.ty);
                for (argument, wanted) in &wanted.arguments {
                    let found = found.arguments.get(argument).map(|argument| &argument.ty);
                    assert_eq!(found, Some(&wanted.ty), "{name}.{field}({argument}:) of {interface}");
                }
                let more = found.arguments.iter().filter(|(argument, _)| !wanted.arguments.contains_key(*argument));
                for (argument, more) in more {
                    assert!(!more.ty.is_required(), "{name}.{field}({argument}:) is required beyond {interface}");
                }
            }
        }
        if let TypeDef::Interface { possible, .. } = def {
            for object in possible {
                let implements = schema.get(object).is_some_and(|def| interfaces(def).contains(&&**name));
                assert!(implements, "{object} can be a {name} and does not implement it");
            }
        }
    }
}

/// Everything that has a description, with its place.
fn descriptions(schema: &Schema) -> Vec<(String, &str)> {
    let mut found: Vec<(String, &str)> = Vec::new();
    found.extend(output_fields(schema).into_iter().map(|(place, field)| (place, &*field.doc)));
    found.extend(inputs(schema).into_iter().map(|(place, argument)| (place, &*argument.doc)));
    for (name, def) in &schema.types {
        let doc = match def {
            TypeDef::BuiltIn => continue,
            TypeDef::Scalar(scalar) => scalar.doc,
            TypeDef::Closed(set) => {
                found.extend(set.values.iter().map(|(value, doc)| (format!("{name}.{value}"), *doc)));
                set.doc
            }
            TypeDef::Enum { doc, values } => {
                found.extend(values.iter().map(|value| (format!("{name}.{}", value.name), &*value.doc)));
                doc
            }
            TypeDef::Input { doc, .. }
            | TypeDef::Object { doc, .. }
            | TypeDef::Interface { doc, .. }
            | TypeDef::Union { doc, .. } => doc,
        };
        found.push((name.clone(), doc));
    }
    found
}

#[test]
fn everything_is_described_in_sentences() {
    for (place, doc) in descriptions(schema()) {
        assert!(doc.chars().filter(|letter| letter.is_alphabetic()).count() > 3, "{place} is not described: {doc:?}");
        assert!(doc.trim() == doc && doc.ends_with(['.', '?', ')']), "{place} ends as no sentence does: {doc}");
        assert!(!doc.contains("\"\"\""), "{place} would end its own description");
        assert!(!doc.contains("  ") && !doc.contains('\n'), "{place} is broken by blanks: {doc}");
    }
}

#[test]
fn every_field_that_can_be_null_says_what_null_means() {
    let silent: Vec<String> = output_fields(schema())
        .into_iter()
        .filter(|(_, field)| !field.ty.is_required() && !field.doc.contains("null"))
        .map(|(place, field)| format!("{place}: {}", field.doc))
        .collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn a_field_that_is_never_null_does_not_speak_of_null() {
    // Of a list, the items can be null.
    let wrong: Vec<String> = output_fields(schema())
        .into_iter()
        .filter(|(_, field)| {
            field.ty.is_required() && field.doc.contains("null") && !field.ty.to_string().contains('[')
        })
        .map(|(place, field)| format!("{place}: {}", field.doc))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn names_are_written_as_graphql_writes_them() {
    let schema = schema();
    let is_camel = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(|l| l.is_ascii_alphanumeric())
    };
    for (place, _) in output_fields(schema).into_iter().map(|(place, field)| (place, &field.doc)) {
        assert!(place.split('.').nth(1).is_some_and(is_camel), "{place}");
    }
    for (name, def) in &schema.types {
        assert!(name.starts_with(|first: char| first.is_ascii_uppercase()), "{name}");
        let values: Vec<&str> = match def {
            TypeDef::Closed(set) => set.values.iter().map(|(value, _)| *value).collect(),
            TypeDef::Enum { values, .. } => values.iter().map(|value| &*value.name).collect(),
            _ => continue,
        };
        for value in values {
            let is_upper = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
            assert!(value.chars().all(is_upper), "{name}.{value}");
        }
    }
}
