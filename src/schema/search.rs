//! The outputs of search.

use crate::catalog::search::{SEARCH_FIELD, SEARCH_TYPE, SEARCHED};
use crate::schema::outputs::{Fields, field, object};
use crate::schema::types::{Argument, OutputField, Role, Schema, TypeDef, TypeRef};
use crate::search::{TEXT_MAX, WORDS_MAX};

/// Adds the types of search.
pub(super) fn add(schema: &mut Schema) {
    for set in [&SEARCH_TYPE, &SEARCH_FIELD] {
        schema.types.insert(set.name.to_owned(), TypeDef::Closed(set));
    }
    let possible = SEARCHED.iter().map(|searched| searched.entity.name).collect();
    let doc = "What a search finds.".to_owned();
    schema.types.insert("SearchResult".to_owned(), TypeDef::Union { doc, possible });
    let required = |name: &str| TypeRef::named(name).required();
    let listed = |name: &str| TypeRef::named(name).required().list().required();
    let mut add = |name: &str, doc: &str, fields: Vec<(&str, &str, TypeRef, Role)>| {
        let fields = fields.into_iter().map(|(name, doc, ty, role)| (name.to_owned(), field(doc, ty, role)));
        schema.types.insert(name.to_owned(), object(doc, Fields::from_iter(fields)));
    };
    add(
        "SearchPiece",
        "A piece of a text, as plain text: it must be escaped before it is put into HTML.",
        vec![
            (
                "text",
                "It, as it stands in the text; `…` alone where the text was cut off.",
                required("String"),
                Role::PieceText,
            ),
            ("isMatch", "Whether it is what was searched for.", required("Boolean"), Role::PieceIsMatch),
        ],
    );
    add(
        "SearchEdge",
        "Something that was found, and why.",
        vec![
            ("cursor", "Where it stands in the order of this search, for `after`.", required("String"), Role::Cursor),
            ("node", "What was found.", required("SearchResult"), Role::EdgeNode),
            ("field", "The field by which it was found.", required("SearchField"), Role::SearchField),
            (
                "fragment",
                "The part of the field's text around what was searched for; the pieces one behind another are that part. None \
                 of them is a match where a name is spelt differently in the text.",
                listed("SearchPiece"),
                Role::SearchFragment,
            ),
            (
                "score",
                "How well it answers: more is better. It means nothing outside of this answer and may be counted otherwise in \
                 later versions.",
                required("Int"),
                Role::SearchScore,
            ),
        ],
    );
    add(
        "SearchConnection",
        "A page of what was found, the best first.",
        vec![
            ("nodes", "What was found.", listed("SearchResult"), Role::ConnectionNodes),
            ("edges", "What was found, and why.", listed("SearchEdge"), Role::ConnectionEdges),
            ("pageInfo", "What there is around the page.", required("PageInfo"), Role::PageInfo),
        ],
    );
}

/// The root field.
pub(super) fn root() -> OutputField {
    let doc = "Companies, areas, people, agreements and patents that a text may mean, the best first: whole names before their \
               beginnings, names before longer texts. All words must be there; case, accents and punctuation do not matter, \
               and the last word may be the beginning of one. A word of a company's name may be misspelt, and a publication \
               number may be written in any way. Of each type, the 200 newest that hold the words are ranked, besides those \
               whose names begin with the text.";
    let mut search = field(doc, TypeRef::named("SearchConnection").required(), Role::Search);
    let mut add =
        |name: &str, doc: String, ty: TypeRef| drop(search.arguments.insert(name.to_owned(), Argument::new(doc, ty)));
    let text = format!(
        "What is searched for, up to {TEXT_MAX} characters, of which the first {WORDS_MAX} words count. A text without letters and \
         digits finds nothing."
    );
    add("text", text, TypeRef::named("String").required());
    let types = "Of what; everything when it is not given or null, nothing when it is empty.".to_owned();
    add("types", types, TypeRef::named("SearchType").required().list());
    let first = "How many, from the best or after `after`. A page has a default size when it is not given.".to_owned();
    add("first", first, TypeRef::named("Int"));
    add("after", "The cursor of what stands before the page.".to_owned(), TypeRef::named("String"));
    search
}
