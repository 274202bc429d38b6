//! The outputs: entities, connections, interfaces, unions and the root.

use crate::catalog::abstracts::ABSTRACTS;
use crate::catalog::entities::CHANGE;
use crate::catalog::{Abstract, AsOf, Direction, ENTITIES, Edge, Entity, Field, Kind, Reach, camel_case, words};
use crate::schema::search;
use crate::schema::types::{Argument, ByName, OutputField, QUERY, Role, Schema, TypeDef, TypeRef};

/// Adds every output type.
pub(super) fn add(schema: &mut Schema) {
    add_node(schema);
    for set in ABSTRACTS {
        add_abstract(schema, set);
    }
    for entity in ENTITIES {
        add_entity(schema, entity);
        add_connection(schema, entity);
    }
    add_page_info(schema);
    add_query(schema);
}

pub(super) type Fields = ByName<OutputField>;

pub(super) fn field(doc: impl Into<String>, ty: TypeRef, role: Role) -> OutputField {
    OutputField { doc: doc.into(), arguments: ByName::default(), ty, role, deprecated: None }
}

pub(super) fn object(doc: impl Into<String>, fields: Fields) -> TypeDef {
    TypeDef::Object { doc: doc.into(), entity: None, interfaces: Vec::new(), fields }
}

fn id_field() -> OutputField {
    field("Its opaque id, the same in every answer.", TypeRef::named("ID").required(), Role::Id)
}

fn add_node(schema: &mut Schema) {
    let fields = Fields::from_iter([("id".to_owned(), id_field())]);
    let possible = ENTITIES.iter().map(|entity| entity.name).collect();
    let doc = "Something with an identity.".to_owned();
    schema.types.insert("Node".to_owned(), TypeDef::Interface { doc, interfaces: Vec::new(), fields, possible });
}

fn add_abstract(schema: &mut Schema, set: &'static Abstract) {
    let possible = set.arms.iter().map(|(_, entity)| entity.name).collect();
    let doc = set.doc.to_owned();
    let def = if set.is_interface {
        let mut fields = Fields::from_iter([("id".to_owned(), id_field())]);
        let citations = set.arms.first().and_then(|(_, entity)| entity.edges.iter().find(|e| e.name == "citations"));
        if let Some(edge) = citations {
            fields.insert(edge.field_name(), edge_field(edge));
        }
        TypeDef::Interface { doc, interfaces: vec!["Node"], fields, possible }
    } else {
        TypeDef::Union { doc, possible }
    };
    schema.types.insert(set.name.to_owned(), def);
}

fn add_entity(schema: &mut Schema, entity: &'static Entity) {
    let mut fields = Fields::from_iter([("id".to_owned(), id_field())]);
    for column in entity.fields {
        fields.insert(column.name(), column_field(column));
    }
    for edge in entity.edges {
        fields.insert(edge.field_name(), edge_field(edge));
    }
    let interfaces = if entity.is_fact { vec!["Node", "Fact"] } else { vec!["Node"] };
    let def = TypeDef::Object { doc: entity.doc.to_owned(), entity: Some(entity), interfaces, fields };
    schema.types.insert(entity.name.to_owned(), def);
}

fn column_field(column: &'static Field) -> OutputField {
    let named = TypeRef::named(match column.kind {
        Kind::Text => "String",
        Kind::Int => "Int",
        Kind::Decimal(_) => "Decimal",
        Kind::Boolean => "Boolean",
        Kind::Date => "Date",
        Kind::DateTime => "DateTime",
        Kind::Code(scalar) => scalar.name,
        Kind::Closed(set) => set.name,
        Kind::Json => "JSON",
        Kind::Key => "ID",
    });
    let ty = if column.nullable { named } else { named.required() };
    OutputField { deprecated: column.deprecated, ..field(column.doc, ty, Role::Column(column)) }
}

fn edge_field(edge: &'static Edge) -> OutputField {
    let found = match &edge.reach {
        Reach::One { target, nullable, .. } => {
            let ty = TypeRef::named(target.name);
            field(edge.doc, if *nullable { ty } else { ty.required() }, Role::Edge(edge))
        }
        Reach::OneOf(set) => {
            let ty = TypeRef::named(set.name);
            field(edge.doc, if set.is_optional { ty } else { ty.required() }, Role::Edge(edge))
        }
        Reach::Many { target, .. } | Reach::Through { target, .. } => {
            let mut connection = connection_field(edge.doc, target, Role::Edge(edge));
            connection.arguments.extend(edge.as_of.iter().flat_map(as_of_arguments));
            connection
        }
    };
    OutputField { deprecated: edge.deprecated, ..found }
}

fn connection_field(doc: &str, target: &Entity, role: Role) -> OutputField {
    let mut connection = field(doc, TypeRef::named(format!("{}Connection", target.name)).required(), role);
    let mut add = |name: &str, doc: &str, ty: TypeRef| {
        connection.arguments.insert(name.to_owned(), Argument::new(doc, ty));
    };
    add(
        "first",
        "How many rows from the start, or after `after`. A page has a default size when neither `first` nor `last` is given.",
        TypeRef::named("Int"),
    );
    add("after", "The cursor of the row before the page.", TypeRef::named("String"));
    add("last", "How many rows up to the end, or before `before`. Not together with `first`.", TypeRef::named("Int"));
    add("before", "The cursor of the row behind the page.", TypeRef::named("String"));
    add("filter", "Which rows; all of them when it is not given.", TypeRef::named(format!("{}Filter", target.name)));
    add("orderBy", &order_doc(target), TypeRef::named(format!("{}Order", target.name)).required().list());
    connection
}

/// The arguments of an edge whose rows change with the days.
fn as_of_arguments(as_of: &AsOf) -> [(String, Argument); 2] {
    let on = match as_of {
        AsOf::Rows(_) => "The day: what was so on it. When it is not given or null, the present: what has not ended.",
        AsOf::Link(..) => {
            "The day: what was so on it. When it is not given or null, the present: with `knownAt`, what has not ended."
        }
    };
    let known = "As it was known on this day. When it is not given or null, by all that is known.";
    [("asOf", on), ("knownAt", known)].map(|(name, doc)| (name.to_owned(), Argument::new(doc, TypeRef::named("Date"))))
}

/// The argument by which the feed is read on.
pub(super) fn since_argument() -> Argument {
    Argument::new("Only what has a larger `seq` than this.", TypeRef::named("Decimal"))
}

fn order_doc(entity: &Entity) -> String {
    let steps: Vec<String> = entity
        .default_order
        .iter()
        .map(|(column, direction)| {
            let way = if *direction == Direction::Asc { "ascending" } else { "descending" };
            format!("`{}` {way}", camel_case(column))
        })
        .chain(["`id`".to_owned()])
        .collect();
    format!("The order; the id settles ties. When it is not given: {}.", steps.join(", "))
}

fn add_connection(schema: &mut Schema, entity: &'static Entity) {
    let (name, plural) = (entity.name, words(entity.plural));
    let node = || TypeRef::named(name).required();
    let edge_name = format!("{name}Edge");
    let edges = Fields::from_iter([
        (
            "cursor".to_owned(),
            field(
                "Where the row stands in this order, for `after` and `before`.",
                TypeRef::named("String").required(),
                Role::Cursor,
            ),
        ),
        ("node".to_owned(), field("The row.", node(), Role::EdgeNode)),
    ]);
    schema.types.insert(edge_name.clone(), object(format!("A row of a page of {plural}."), edges));
    let fields = Fields::from_iter([
        ("nodes".to_owned(), field("The rows of the page.", node().list().required(), Role::ConnectionNodes)),
        (
            "edges".to_owned(),
            field(
                "The rows of the page, each with its cursor.",
                TypeRef::named(edge_name).required().list().required(),
                Role::ConnectionEdges,
            ),
        ),
        (
            "pageInfo".to_owned(),
            field("What there is around the page.", TypeRef::named("PageInfo").required(), Role::PageInfo),
        ),
        (
            "totalCount".to_owned(),
            field(
                "How many rows there are on all pages together; counted only when asked for.",
                TypeRef::named("Int").required(),
                Role::TotalCount,
            ),
        ),
    ]);
    schema.types.insert(format!("{name}Connection"), object(format!("A page of {plural}."), fields));
}

fn add_page_info(schema: &mut Schema) {
    let boolean = || TypeRef::named("Boolean").required();
    let text = || TypeRef::named("String");
    let fields = Fields::from_iter([
        (
            "hasNextPage".to_owned(),
            field(
                "Whether rows follow: exact with `first`; with `last`, whether `before` was given.",
                boolean(),
                Role::HasNextPage,
            ),
        ),
        (
            "hasPreviousPage".to_owned(),
            field(
                "Whether rows come before: exact with `last`; with `first`, whether `after` was given.",
                boolean(),
                Role::HasPreviousPage,
            ),
        ),
        (
            "startCursor".to_owned(),
            field("The cursor of the first row; null when the page is empty.", text(), Role::StartCursor),
        ),
        (
            "endCursor".to_owned(),
            field("The cursor of the last row; null when the page is empty.", text(), Role::EndCursor),
        ),
    ]);
    schema.types.insert("PageInfo".to_owned(), object("What there is around a page.", fields));
}

fn add_query(schema: &mut Schema) {
    let mut fields = Fields::default();
    for entity in ENTITIES {
        for lookup in entity.lookups {
            let argument = camel_case(lookup.column);
            let doc = format!("The `{}` of this `{argument}`; null when there is none.", entity.name);
            let mut found = field(doc, TypeRef::named(entity.name), Role::Lookup(entity, lookup));
            let column = entity.field(lookup.column);
            found.deprecated = column.and_then(|column| column.deprecated);
            let doc = column.map_or("", |column| column.doc);
            let doc = format!("{doc}{}", lookup.spelling.doc());
            found.arguments.insert(argument, Argument::new(doc, TypeRef::named("String").required()));
            fields.insert(lookup.root.to_owned(), found);
        }
        let doc = format!("The {}: {}", words(entity.plural), lower_first(entity.doc));
        let mut list = connection_field(&doc, entity, Role::List(entity));
        if **entity == CHANGE {
            list.arguments.insert("since".to_owned(), since_argument());
        }
        fields.insert(camel_case(entity.plural), list);
    }
    fields.insert("search".to_owned(), search::root());
    add_node_fields(&mut fields);
    let doc = "Where every query begins. A query reads one consistent snapshot of the graph.";
    schema.types.insert(QUERY.to_owned(), object(doc, fields));
}

fn add_node_fields(fields: &mut Fields) {
    let mut node = field("What has this id; null when there is nothing.", TypeRef::named("Node"), Role::Node);
    node.arguments.insert("id".to_owned(), Argument::new("The id.", TypeRef::named("ID").required()));
    fields.insert("node".to_owned(), node);
    let mut nodes = field(
        "What has these ids, in their order; null in the place of an id that nothing has.",
        TypeRef::named("Node").list().required(),
        Role::Nodes,
    );
    nodes
        .arguments
        .insert("ids".to_owned(), Argument::new("The ids.", TypeRef::named("ID").required().list().required()));
    fields.insert("nodes".to_owned(), nodes);
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{Edge, Field, Kind, Reach, column_field, edge_field};
    use crate::catalog::entities::COMPANY;

    const WHY: &str = "Ask `name`.";
    static COLUMN: Field = Field {
        column: "title",
        kind: Kind::Text,
        nullable: false,
        folded: None,
        ordered: true,
        deprecated: None,
        doc: "Its title.",
    }
    .deprecated(WHY);
    static EDGE: Edge = Edge {
        name: "seller",
        reach: Reach::One { column: "seller_id", target: &COMPANY, nullable: false },
        as_of: None,
        deprecated: None,
        doc: "Who sells.",
    }
    .deprecated(WHY);

    #[test]
    fn a_field_that_will_go_says_so() {
        assert_eq!(column_field(&COLUMN).deprecated, Some(WHY));
        assert_eq!(edge_field(&EDGE).deprecated, Some(WHY));
    }
}
