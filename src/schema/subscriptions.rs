//! What the change feed is asked for besides its list: the differences between two moments, and subscriptions.

use crate::catalog::entities::{AGREEMENT, CHANGE};
use crate::catalog::{Entity, words};
use crate::schema::outputs::{Fields, field, object, since_argument};
use crate::schema::types::{Argument, OutputField, QUERY, Role, SUBSCRIPTION, Schema, TypeDef, TypeRef};

/// The type of the events of [`Role::AgreementRecorded`].
pub(crate) const AGREEMENT_RECORDED: &str = "AgreementRecorded";

/// The type of what is otherwise between two moments.
pub(crate) const DIFFERENCE: &str = "Difference";

/// Adds what is otherwise between two moments.
fn add_differences(schema: &mut Schema) {
    let mut fields = Fields::default();
    for (name, doc) in [
        ("seq", "The number of its last change, behind which to go on: `since`."),
        ("entity", "What it is about, as it is now; null when that is gone."),
        ("factType", "The type of what changed where that is said of `entity`; null when it is the entity itself."),
        ("targetId", "The id of what changed."),
        ("before", "What stood before the first change; null when it is new."),
        ("after", "What stands after the last change; null when it is gone."),
    ] {
        let Some(own) = schema.field(CHANGE.name, name).cloned() else { continue };
        let role = if name == "before" { Role::StoodBefore } else { own.role };
        let ty = if name == "targetId" { own.ty.clone().required() } else { own.ty.clone() };
        fields.insert(name.to_owned(), OutputField { doc: doc.to_owned(), role, ty, ..own });
    }
    let doc = "What is otherwise after a time: of one thing, what stood before it and what stands after it.";
    schema.types.insert(DIFFERENCE.to_owned(), object(doc, fields));
    let list = TypeRef::named(DIFFERENCE).required().list().required();
    let doc = "What is otherwise at a moment from what it was at another, by the changes between them, in the order of the last \
               ones. What was changed back is left out, and so is what came in many at once.";
    let mut found = field(doc, list, Role::Differences);
    let arguments = [
        ("from", "The moment before.", TypeRef::named("DateTime").required()),
        ("to", "The moment after; the present when it is not given or null.", TypeRef::named("DateTime")),
        ("filter", "Which changes count; all of them when it is not given.", TypeRef::named("ChangeFilter")),
        ("first", "How many at most; a page has a default size when it is not given.", TypeRef::named("Int")),
        ("since", "Only those whose last change has a larger number than this.", TypeRef::named("Decimal")),
    ];
    for (name, doc, ty) in arguments {
        found.arguments.insert(name.to_owned(), Argument::new(doc, ty));
    }
    if let Some(TypeDef::Object { fields, .. }) = schema.types.get_mut(QUERY) {
        fields.insert("diff".to_owned(), found);
    }
}

/// Adds the differences, the root of subscriptions, and the events that are no entities.
pub(super) fn add(schema: &mut Schema) {
    add_differences(schema);
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
