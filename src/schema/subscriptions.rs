//! The root of subscriptions, and what its events are.

use crate::catalog::entities::{AGREEMENT, CHANGE};
use crate::catalog::{Entity, words};
use crate::schema::outputs::{Fields, field, object, since_argument};
use crate::schema::types::{Argument, OutputField, Role, SUBSCRIPTION, Schema, TypeRef};

/// The type of the events of [`Role::AgreementRecorded`].
pub(crate) const AGREEMENT_RECORDED: &str = "AgreementRecorded";

/// Adds the root, and the events that are no entities.
pub(super) fn add(schema: &mut Schema) {
    let events = Fields::from_iter([
        (
            "seq".to_owned(),
            field(
                "The number of its change, from which to go on: `since`.",
                TypeRef::named("Decimal").required(),
                Role::EventSeq,
            ),
        ),
        ("change".to_owned(), field("The change.", TypeRef::named(CHANGE.name).required(), Role::EventChange)),
        (
            "agreement".to_owned(),
            field(
                "The agreement, as it is when the event is read.",
                TypeRef::named(AGREEMENT.name).required(),
                Role::EventAgreement,
            ),
        ),
    ]);
    let doc = "That an agreement was recorded.";
    schema.types.insert(AGREEMENT_RECORDED.to_owned(), object(doc, events));
    let changed = TypeRef::named(CHANGE.name).required();
    let recorded = TypeRef::named(AGREEMENT_RECORDED).required();
    let fields = Fields::from_iter([
        (
            "changed".to_owned(),
            live("Each change of the graph, in the order of their numbers.", &CHANGE, changed, Role::Changed),
        ),
        (
            "agreementRecorded".to_owned(),
            live("Each agreement that is new.", &AGREEMENT, recorded, Role::AgreementRecorded),
        ),
    ]);
    let doc = "What is told when it happens, over a WebSocket or as server-sent events. Each event has the number of its \
               change: who gives the last one as `since` is told of all that came after it, each once and in order, and \
               then goes on live. Entities are read when the event is sent.";
    schema.types.insert(SUBSCRIPTION.to_owned(), object(doc, fields));
}

/// A field whose events are filtered as an entity is.
fn live(doc: &str, filtered: &Entity, ty: TypeRef, role: Role) -> OutputField {
    let mut found = field(doc, ty, role);
    let which = format!("Of which {}; of all of them when it is not given.", words(filtered.plural));
    let filter = Argument::new(which, TypeRef::named(format!("{}Filter", filtered.name)));
    found.arguments.insert("filter".to_owned(), filter);
    let since = since_argument();
    let doc = "The number behind which to begin; what is there already is told first. When it is not given or null: from now on.";
    found.arguments.insert("since".to_owned(), Argument { doc: doc.to_owned(), ..since });
    found
}
