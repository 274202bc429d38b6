//! The schema in async-graphql's registry: the one module that knows its undocumented `registry`.
//!
//! async-graphql parses, validates, introspects and prints the SDL from what is registered here. It resolves no field
//! of the graph: the plan does.

use std::borrow::Cow;
use std::pin::Pin;

use async_graphql::futures_util::Stream;
use async_graphql::indexmap::{IndexMap, IndexSet};
use async_graphql::parser::types::Field;
use async_graphql::registry::{Deprecation, MetaEnumValue, MetaField, MetaInputValue, MetaType, Registry};
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, Response, SDLExportOptions,
    ServerResult, SubscriptionType, Value,
};

use crate::schema::schema;
use crate::schema::types::{Argument, ByName, MUTATION, OutputField, QUERY, SUBSCRIPTION, TypeDef, TypeRef};

/// The root of queries, for async-graphql.
#[derive(Debug, Default)]
pub struct Query;

impl OutputType for Query {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(QUERY)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        for (name, def) in &schema().types {
            if let Some(meta) = meta_type(name, def) {
                registry.types.insert(name.clone(), meta);
            }
            if let TypeDef::Object { interfaces, .. } | TypeDef::Interface { interfaces, .. } = def {
                for interface in interfaces {
                    registry.add_implements(name, interface);
                }
            }
        }
        Self::qualified_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _field: &Positioned<Field>) -> ServerResult<Value> {
        async_graphql::resolver_utils::resolve_container(ctx, self).await
    }
}

impl ObjectType for Query {}

impl ContainerType for Query {
    /// The graph's own fields are the plan's: beside introspection they are null here, and their places are filled later.
    async fn resolve_field(&self, _ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        Ok(Some(Value::Null))
    }
}

/// The root of mutations, for async-graphql: it is validated against, and never resolved.
#[derive(Debug, Default)]
pub struct Mutation;

impl OutputType for Mutation {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(MUTATION)
    }

    /// Its types are registered with those of queries.
    fn create_type_info(_registry: &mut Registry) -> String {
        Self::qualified_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _field: &Positioned<Field>) -> ServerResult<Value> {
        async_graphql::resolver_utils::resolve_container(ctx, self).await
    }
}

impl ObjectType for Mutation {}

impl ContainerType for Mutation {
    async fn resolve_field(&self, _ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        Ok(Some(Value::Null))
    }
}

/// The root of subscriptions, for async-graphql. Its types are registered with those of queries.
#[derive(Debug, Default)]
pub struct Subscription;

impl SubscriptionType for Subscription {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(SUBSCRIPTION)
    }

    fn create_type_info(_registry: &mut Registry) -> String {
        Self::qualified_type_name()
    }

    /// Events are the plan's; async-graphql runs no subscription.
    fn create_field_stream<'a>(
        &'a self,
        _ctx: &'a Context<'_>,
    ) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        None
    }
}

/// The schema in GraphQL's schema definition language.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .include_specified_by()
        .prefer_single_line_descriptions()
        .use_space_ident()
        .indent_width(2);
    let text = async_graphql::Schema::new(Query, Mutation, Subscription).sdl_with_options(options);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim())
}

fn meta_type(name: &str, def: &TypeDef) -> Option<MetaType> {
    let name = name.to_owned();
    Some(match def {
        TypeDef::BuiltIn => return None,
        TypeDef::Scalar(scalar) => MetaType::Scalar {
            name,
            description: Some(scalar.doc.to_owned()),
            is_valid: None,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            specified_by_url: Some(scalar.specified_by.to_owned()),
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        },
        TypeDef::Closed(set) => meta_enum(name, set.doc, set.values.iter().map(|(value, doc)| (*value, *doc, None))),
        TypeDef::Enum { doc, values } => {
            meta_enum(name, doc, values.iter().map(|value| (&*value.name, &*value.doc, value.deprecated)))
        }
        TypeDef::Input { doc, fields, .. } => MetaType::InputObject {
            name,
            description: Some(doc.clone()),
            input_fields: meta_inputs(fields),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: None,
            oneof: false,
            directive_invocations: Vec::new(),
        },
        TypeDef::Object { doc, fields, .. } => meta_object(name, doc, fields),
        TypeDef::Interface { doc, fields, possible, .. } => meta_interface(name, doc, fields, possible),
        TypeDef::Union { doc, possible } => MetaType::Union {
            name,
            description: Some(doc.clone()),
            possible_types: names(possible),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: None,
            directive_invocations: Vec::new(),
        },
    })
}

fn deprecation(why: Option<&str>) -> Deprecation {
    why.map_or(Deprecation::NoDeprecated, |why| Deprecation::Deprecated { reason: Some(why.to_owned()) })
}

fn names(possible: &[&str]) -> IndexSet<String> {
    possible.iter().map(|name| (*name).to_owned()).collect()
}

fn meta_object(name: String, doc: &str, fields: &ByName<OutputField>) -> MetaType {
    MetaType::Object {
        is_subscription: name == SUBSCRIPTION,
        name,
        description: Some(doc.to_owned()),
        fields: meta_fields(fields),
        cache_control: async_graphql::CacheControl::default(),
        extends: false,
        shareable: false,
        resolvable: true,
        inaccessible: false,
        interface_object: false,
        tags: Vec::new(),
        keys: None,
        visible: None,
        rust_typename: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn meta_interface(name: String, doc: &str, fields: &ByName<OutputField>, possible: &[&str]) -> MetaType {
    MetaType::Interface {
        name,
        description: Some(doc.to_owned()),
        fields: meta_fields(fields),
        possible_types: names(possible),
        extends: false,
        inaccessible: false,
        tags: Vec::new(),
        keys: None,
        visible: None,
        rust_typename: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn meta_enum<'a>(
    name: String,
    doc: &str,
    values: impl Iterator<Item = (&'a str, &'a str, Option<&'static str>)>,
) -> MetaType {
    let value = |(value, doc, deprecated): (&str, &str, Option<&str>)| {
        let meta = MetaEnumValue {
            name: value.to_owned(),
            description: Some(doc.to_owned()),
            deprecation: deprecation(deprecated),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            directive_invocations: Vec::new(),
        };
        (value.to_owned(), meta)
    };
    MetaType::Enum {
        name,
        description: Some(doc.to_owned()),
        enum_values: values.map(value).collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn meta_fields(fields: &ByName<OutputField>) -> IndexMap<String, MetaField> {
    let meta = |(name, field): (&String, &OutputField)| {
        let meta = MetaField {
            name: name.clone(),
            description: Some(field.doc.clone()),
            args: meta_inputs(&field.arguments),
            ty: field.ty.to_string(),
            deprecation: deprecation(field.deprecated),
            cache_control: async_graphql::CacheControl::default(),
            external: false,
            requires: None,
            provides: None,
            visible: None,
            shareable: false,
            inaccessible: false,
            tags: Vec::new(),
            override_from: None,
            compute_complexity: None,
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        };
        (name.clone(), meta)
    };
    fields.iter().map(meta).collect()
}

fn meta_inputs(fields: &ByName<Argument>) -> IndexMap<String, MetaInputValue> {
    let meta = |(name, argument): (&String, &Argument)| {
        let meta = MetaInputValue {
            name: name.clone(),
            description: Some(argument.doc.clone()),
            ty: TypeRef::to_string(&argument.ty),
            deprecation: deprecation(argument.deprecated),
            default_value: argument.default.map(str::to_owned),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            is_secret: false,
            directive_invocations: Vec::new(),
        };
        (name.clone(), meta)
    };
    fields.iter().map(meta).collect()
}

#[cfg(test)]
mod tests {
    use super::{Deprecation, MetaType, TypeDef, meta_type};
    use crate::schema::types::{Argument, EnumValue, InputRole, TypeRef};

    const WHY: Option<&str> = Some("Ask `name`.");

    fn announced(deprecation: &Deprecation) -> bool {
        matches!(deprecation, Deprecation::Deprecated { reason } if reason.as_deref() == WHY)
    }

    #[test]
    fn what_will_go_is_deprecated_wherever_it_stands() {
        let value = EnumValue { name: "TITLE".to_owned(), doc: String::new(), deprecated: WHY };
        let def = TypeDef::Enum { doc: String::new(), values: vec![value] };
        let Some(MetaType::Enum { enum_values, .. }) = meta_type("Order", &def) else { panic!("an enum") };
        assert!(announced(&enum_values["TITLE"].deprecation));
        let argument = Argument { deprecated: WHY, ..Argument::new("", TypeRef::named("String")) };
        let fields = [("title".to_owned(), argument)].into_iter().collect();
        let def = TypeDef::Input { doc: String::new(), fields, role: InputRole::Comparison };
        let Some(MetaType::InputObject { input_fields, .. }) = meta_type("Filter", &def) else { panic!("an input") };
        assert!(announced(&input_fields["title"].deprecation));
    }
}
