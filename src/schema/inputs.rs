//! The inputs: filters, comparisons and orders.

use crate::catalog::abstracts::ABSTRACTS;
use crate::catalog::closed::CLOSED_SETS;
use crate::catalog::scalars::SCALARS;
use crate::catalog::{Abstract, AsOf, ENTITIES, Edge, Entity, Field, Kind, Reach, words};
use crate::schema::types::{Argument, ByName, EnumValue, InputRole, Schema, TypeDef, TypeRef};

/// Adds every input type, the scalars and the enums.
pub(super) fn add(schema: &mut Schema) {
    for name in ["Int", "Float", "String", "Boolean", "ID"] {
        schema.types.insert(name.to_owned(), TypeDef::BuiltIn);
    }
    for scalar in SCALARS {
        schema.types.insert(scalar.name.to_owned(), TypeDef::Scalar(scalar));
    }
    for set in CLOSED_SETS {
        schema.types.insert(set.name.to_owned(), TypeDef::Closed(set));
        add_comparison(schema, set.name, &EQUALITY);
    }
    add_comparison(schema, "ID", &["eq", "ne", "in", "notIn"]);
    add_comparison(schema, "Boolean", &["eq", "ne", "isNull"]);
    for name in ["String", "Int", "Date", "DateTime", "Decimal"] {
        add_comparison(schema, name, &ORDERED);
    }
    add_text_comparison(schema);
    add_direction(schema);
    for entity in ENTITIES {
        add_filter(schema, entity);
        if is_reached_by_many(entity) {
            add_list_filter(schema, entity);
        }
        add_order(schema, entity);
    }
    for set in ABSTRACTS {
        add_abstract_filter(schema, set);
    }
}

const EQUALITY: [&str; 5] = ["eq", "ne", "in", "notIn", "isNull"];
const ORDERED: [&str; 9] = ["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte", "isNull"];

fn comparison_doc(operator: &str) -> &'static str {
    match operator {
        "eq" => "Equal to this. Null is refused; ask `isNull: true`.",
        "ne" => "Not equal to this. Null is not unequal to anything.",
        "in" => "Equal to one of these; an empty list matches nothing.",
        "notIn" => "Not null, and equal to none of these.",
        "lt" => "Less than this.",
        "lte" => "Less than this or equal to it.",
        "gt" => "Greater than this.",
        "gte" => "Greater than this or equal to it.",
        "contains" => "Contains this text, whatever the case; `%` and `_` are plain characters.",
        "startsWith" => "Begins with this text, whatever the case; `%` and `_` are plain characters.",
        _ => "Whether it is null.",
    }
}

fn comparison_fields(scalar: &str, operators: &[&str]) -> ByName<Argument> {
    let field = |operator: &&str| {
        let ty = match *operator {
            "isNull" => TypeRef::named("Boolean"),
            "in" | "notIn" => TypeRef::named(scalar).required().list(),
            _ => TypeRef::named(scalar),
        };
        ((*operator).to_owned(), Argument::new(comparison_doc(operator), ty))
    };
    operators.iter().map(field).collect()
}

fn add_comparison(schema: &mut Schema, scalar: &str, operators: &[&str]) {
    let doc =
        format!("Comparisons of `{scalar}` values; all that are given must hold. A comparison with null is false.");
    let fields = comparison_fields(scalar, operators);
    schema.types.insert(format!("{scalar}Filter"), TypeDef::Input { doc, fields, role: InputRole::Comparison });
}

fn add_text_comparison(schema: &mut Schema) {
    let operators: Vec<&str> = ORDERED.into_iter().chain(["contains", "startsWith"]).collect();
    let doc = "Comparisons of a text, also by what it contains; all that are given must hold. \
               A comparison with null is false. Order is by code point."
        .to_owned();
    let fields = comparison_fields("String", &operators);
    schema.types.insert("TextFilter".to_owned(), TypeDef::Input { doc, fields, role: InputRole::Comparison });
}

fn add_direction(schema: &mut Schema) {
    let value = |name: &str, doc: &str| EnumValue { name: name.to_owned(), doc: doc.to_owned(), deprecated: None };
    let values =
        vec![value("ASC", "Smallest first; null comes last."), value("DESC", "Largest first; null comes first.")];
    schema
        .types
        .insert("OrderDirection".to_owned(), TypeDef::Enum { doc: "Which way an order runs.".to_owned(), values });
}

/// The comparisons that a field is filtered with, if it can be.
fn comparison_type(field: &Field) -> Option<String> {
    Some(match field.kind {
        Kind::Json => return None,
        Kind::Text if field.folded.is_some() => "TextFilter".to_owned(),
        Kind::Text | Kind::Code(_) => "StringFilter".to_owned(),
        Kind::Int => "IntFilter".to_owned(),
        Kind::Decimal(_) => "DecimalFilter".to_owned(),
        Kind::Boolean => "BooleanFilter".to_owned(),
        Kind::Date => "DateFilter".to_owned(),
        Kind::DateTime => "DateTimeFilter".to_owned(),
        Kind::Closed(set) => format!("{}Filter", set.name),
        Kind::Key => "IDFilter".to_owned(),
    })
}

fn add_filter(schema: &mut Schema, entity: &'static Entity) {
    let own = format!("{}Filter", entity.name);
    let all = TypeRef::named(&own).required().list();
    let mut fields = ByName::default();
    fields.insert("and".to_owned(), Argument::new("All of these hold; true of an empty list.", all.clone()));
    fields.insert("or".to_owned(), Argument::new("At least one of these holds; false of an empty list.", all));
    fields.insert("not".to_owned(), Argument::new("This does not hold.", TypeRef::named(&own)));
    fields.insert("id".to_owned(), Argument::new("By id.", TypeRef::named("IDFilter")));
    for field in entity.fields {
        fields.extend(field_filter(field).map(|by| (field.name(), by)));
    }
    for edge in entity.edges {
        fields.insert(edge.field_name(), edge_filter(edge));
    }
    let doc =
        format!("Which of the {} are meant: all that is given must hold; `{{}}` holds for each.", words(entity.plural));
    schema.types.insert(own, TypeDef::Input { doc, fields, role: InputRole::Filter(entity) });
}

fn field_filter(field: &Field) -> Option<Argument> {
    let by = Argument::new(format!("By `{}`.", field.name()), TypeRef::named(comparison_type(field)?));
    Some(Argument { deprecated: field.deprecated, ..by })
}

fn edge_filter(edge: &Edge) -> Argument {
    let name = edge.field_name();
    let by = match &edge.reach {
        Reach::One { target, .. } => Argument::new(
            format!("By its `{name}`, which must be there; `{{}}` asks only that it is."),
            TypeRef::named(format!("{}Filter", target.name)),
        ),
        Reach::OneOf(set) => Argument::new(format!("By its `{name}`."), TypeRef::named(format!("{}Filter", set.name))),
        Reach::Many { target, .. } | Reach::Through { target, .. } => {
            let present = if matches!(edge.as_of, Some(AsOf::Rows(_))) { " of the present" } else { "" };
            Argument::new(format!("By its `{name}`{present}."), TypeRef::named(format!("{}ListFilter", target.name)))
        }
    };
    Argument { deprecated: edge.deprecated, ..by }
}

/// Whether an edge leads to several of an entity: only then is there something to say of `some` or `every`.
fn is_reached_by_many(entity: &Entity) -> bool {
    ENTITIES.iter().flat_map(|from| from.edges).any(|edge| match &edge.reach {
        Reach::Many { target, .. } | Reach::Through { target, .. } => *target == entity,
        Reach::One { .. } | Reach::OneOf(_) => false,
    })
}

fn add_list_filter(schema: &mut Schema, entity: &'static Entity) {
    let filter = || TypeRef::named(format!("{}Filter", entity.name));
    let mut fields = ByName::default();
    fields.insert("some".to_owned(), Argument::new("It holds for at least one.", filter()));
    fields.insert("none".to_owned(), Argument::new("It holds for none.", filter()));
    fields.insert("every".to_owned(), Argument::new("It holds for every one; true when there are none.", filter()));
    let doc = format!("Which {} there must be; all that is given must hold.", words(entity.plural));
    schema.types.insert(
        format!("{}ListFilter", entity.name),
        TypeDef::Input { doc, fields, role: InputRole::ListFilter(entity) },
    );
}

fn add_abstract_filter(schema: &mut Schema, set: &'static Abstract) {
    let field = |(_, entity): &(&str, &'static Entity)| {
        let mut name = entity.name.to_owned();
        if let Some(first) = name.get_mut(0..1) {
            first.make_ascii_lowercase();
        }
        let doc = format!("It is of the type `{}`, and this holds.", entity.name);
        (name, Argument::new(doc, TypeRef::named(format!("{}Filter", entity.name))))
    };
    let fields = set.arms.iter().map(field).collect();
    let doc = format!("Which `{}` is meant; all that is given must hold.", set.name);
    schema
        .types
        .insert(format!("{}Filter", set.name), TypeDef::Input { doc, fields, role: InputRole::AbstractFilter(set) });
}

fn order_value(field: &Field) -> EnumValue {
    let doc = format!("By `{}`.", field.name());
    EnumValue { name: field.column.to_uppercase(), doc, deprecated: field.deprecated }
}

fn add_order(schema: &mut Schema, entity: &'static Entity) {
    let ordered = entity.fields.iter().filter(|field| field.ordered);
    let mut values: Vec<EnumValue> = ordered.map(order_value).collect();
    let doc = "By id: roughly the order in which they were recorded.".to_owned();
    values.push(EnumValue { name: "ID".to_owned(), doc, deprecated: None });
    let doc = format!("What {} can be ordered by.", words(entity.plural));
    schema.types.insert(format!("{}OrderField", entity.name), TypeDef::Enum { doc, values });
    let mut fields = ByName::default();
    let by = TypeRef::named(format!("{}OrderField", entity.name)).required();
    fields.insert("field".to_owned(), Argument::new("What to order by.", by));
    let way = Argument::new("Which way.", TypeRef::named("OrderDirection").required());
    let direction = Argument { default: Some("ASC"), ..way };
    fields.insert("direction".to_owned(), direction);
    let doc = format!("One step of an order of {}.", words(entity.plural));
    schema
        .types
        .insert(format!("{}Order", entity.name), TypeDef::Input { doc, fields, role: InputRole::Order(entity) });
}
