//! The type system, made from the catalogue: what GraphQL shows, and what each field means to the plan.
//!
//! `types` defines its parts, `outputs`, `inputs` and `mutations` make them, `registry` hands them to async-graphql.
//! Nothing here reads a document or touches the store.

mod inputs;
mod mutations;
mod outputs;
mod registry;
mod search;
pub(crate) mod subscriptions;
pub mod types;

use std::sync::LazyLock;

pub use registry::{Mutation, Query, Subscription, sdl};
pub use types::{Argument, ByName, OutputField, Role, Schema, TypeDef, TypeRef};

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let mut schema = Schema::default();
    inputs::add(&mut schema);
    outputs::add(&mut schema);
    mutations::add(&mut schema);
    subscriptions::add(&mut schema);
    search::add(&mut schema);
    schema.types.sort_unstable_keys();
    schema
});

/// The schema. It is made once.
#[must_use]
pub fn schema() -> &'static Schema {
    &SCHEMA
}
