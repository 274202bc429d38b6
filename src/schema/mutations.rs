//! The root of mutations: their inputs and payloads.

use crate::mutation::{InputField, InputType, MUTATIONS, Mutation, Shape, USER_ERROR_CODES};
use crate::schema::types::{
    Argument, ByName, EnumValue, InputRole, MUTATION, OutputField, Role, Schema, TypeDef, TypeRef, USER_ERROR,
};

type Fields = ByName<OutputField>;

/// Adds the root, and the types that only mutations have.
pub(super) fn add(schema: &mut Schema) {
    let mut fields = Fields::default();
    for mutation in MUTATIONS {
        add_input(schema, mutation.input);
        add_payload(schema, mutation);
        let mut root = field(mutation.doc, TypeRef::named(mutation.payload()).required(), Role::Mutation(mutation));
        let doc = format!("{} Needs the role `{}`.", root.doc, mutation.role);
        root.doc = doc;
        let input = Argument::new("What is written.", TypeRef::named(mutation.input.name).required());
        root.arguments.insert("input".to_owned(), input);
        fields.insert(mutation.name.to_owned(), root);
    }
    let doc = "Where every write begins. The mutations of a request run in order and within one transaction; one that \
               gives `userErrors` wrote nothing, and the others stand.";
    schema.types.insert(MUTATION.to_owned(), object(doc, fields));
    add_user_error(schema);
}

fn field(doc: impl Into<String>, ty: TypeRef, role: Role) -> OutputField {
    OutputField { doc: doc.into(), arguments: ByName::default(), ty, role, deprecated: None }
}

fn object(doc: impl Into<String>, fields: Fields) -> TypeDef {
    TypeDef::Object { doc: doc.into(), entity: None, interfaces: Vec::new(), fields }
}

fn add_payload(schema: &mut Schema, mutation: &'static Mutation) {
    let shown = format!(
        "The `{}`, as it is after the mutation, or at present where the error is `CONFLICT`; null with other errors.",
        mutation.entity.name
    );
    let errors = "Why nothing was written; empty when it was.";
    let of_errors = TypeRef::named(USER_ERROR).required().list().required();
    let fields = Fields::from_iter([
        (mutation.field.to_owned(), field(shown, TypeRef::named(mutation.entity.name), Role::Written(mutation.entity))),
        ("userErrors".to_owned(), field(errors, of_errors, Role::UserErrors)),
    ]);
    schema.types.insert(mutation.payload(), object(format!("What `{}` gives.", mutation.name), fields));
}

fn add_input(schema: &mut Schema, input: &'static InputType) {
    if schema.types.contains_key(input.name) {
        return;
    }
    let fields = input.fields.iter().map(|field| (field.name.to_owned(), argument(field))).collect();
    let def = TypeDef::Input { doc: input.doc.to_owned(), fields, role: InputRole::Written(input) };
    schema.types.insert(input.name.to_owned(), def);
    for field in input.fields {
        if let Shape::Object(inner) = field.shape {
            add_input(schema, inner);
        }
    }
}

fn argument(field: &InputField) -> Argument {
    let named = TypeRef::named(match field.shape {
        Shape::Text => "String",
        Shape::Int => "Int",
        Shape::Decimal => "Decimal",
        Shape::Boolean => "Boolean",
        Shape::Date => "Date",
        Shape::Id => "ID",
        Shape::Code(scalar) => scalar.name,
        Shape::Closed(set) => set.name,
        Shape::Object(input) => input.name,
    });
    let ty = if field.is_list { named.required().list() } else { named };
    Argument::new(field.doc, if field.is_required { ty.required() } else { ty })
}

fn add_user_error(schema: &mut Schema) {
    let value =
        |(code, doc): &(&str, &str)| EnumValue { name: (*code).to_owned(), doc: (*doc).to_owned(), deprecated: None };
    let values = USER_ERROR_CODES.iter().map(value).collect();
    let doc = "Why a mutation wrote nothing.".to_owned();
    schema.types.insert("UserErrorCode".to_owned(), TypeDef::Enum { doc, values });
    let fields = Fields::from_iter([
        (
            "code".to_owned(),
            field("Why, for programs.", TypeRef::named("UserErrorCode").required(), Role::UserErrorCode),
        ),
        ("message".to_owned(), field("Why, for people.", TypeRef::named("String").required(), Role::UserErrorMessage)),
        (
            "path".to_owned(),
            field(
                "Where in the input: the names of fields, and places in lists from 0.",
                TypeRef::named("String").required().list().required(),
                Role::UserErrorPath,
            ),
        ),
    ]);
    schema.types.insert(USER_ERROR.to_owned(), object("Why a mutation wrote nothing.", fields));
}
