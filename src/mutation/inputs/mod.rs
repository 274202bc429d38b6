//! The inputs of mutations, in the words of the data files' formats.

pub mod agreement;
pub mod company;
pub mod evidence;
pub mod patent;

use crate::mutation::shape::InputField;

/// Sources that come with what is recorded.
pub(super) const SOURCES: InputField = InputField::object(
    "sources",
    &evidence::SOURCE,
    "Sources that citations name and that may not be known yet; those that are known stay as they are.",
)
.list();

/// The evidence of a fact.
pub(super) const CITATIONS: InputField = InputField::object(
    "citations",
    &evidence::CITATION,
    "The evidence: at least one, else the fact is refused with `EVIDENCE_MISSING`.",
)
.list();

/// The evidence of a part.
pub(super) const OWN_CITATIONS: InputField = InputField::object(
    "citations",
    &evidence::CITATION,
    "The evidence. When it is not given, that of the whole, as far as it makes no claim of its own.",
)
.list();

/// The evidence of what names its source.
pub(super) const MORE_CITATIONS: InputField =
    InputField::object("citations", &evidence::CITATION, "The evidence; the source when it is not given.").list();

/// The version that a correction saw.
pub(super) const VERSION: InputField = InputField::int(
    "version",
    "The `version` that was seen. If it is not the present one, nothing is written: `CONFLICT`.",
)
.required();
