//! Names that look like one that is not known.

use crate::document::input::brief;

/// Names of more bytes are compared with nothing: they are no slip of the keyboard.
const NAME_BYTES_MAX: usize = 64;
/// Names offered at most.
const OFFERS_MAX: usize = 3;

/// A sentence, with a space before it, that offers the names nearest to one that is not known; empty when none is near.
pub(crate) fn did_you_mean<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    if unknown.len() > NAME_BYTES_MAX {
        return String::new();
    }
    let lower = unknown.to_lowercase();
    let farthest = unknown.chars().count() * 2 / 5 + 1;
    let near = |name: &'a str| {
        // The difference in length is the least that the distance can be.
        if name.chars().count().abs_diff(lower.chars().count()) > farthest {
            return None;
        }
        let distance = strsim::osa_distance(&lower, &name.to_lowercase());
        (distance <= farthest && distance < name.chars().count()).then_some((distance, name))
    };
    let mut offers: Vec<(usize, &str)> = known.into_iter().filter_map(near).collect();
    offers.sort_unstable();
    let names: Vec<String> = offers.iter().take(OFFERS_MAX).map(|(_, name)| format!("`{}`", brief(name))).collect();
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => format!(" Did you mean {only}?"),
        Some((last, others)) => format!(" Did you mean {} or {last}?", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn the_nearest_names_are_offered_nearest_first() {
        let known = ["first", "after", "last", "before", "filter", "orderBy"];
        assert_eq!(did_you_mean("frist", known), " Did you mean `first` or `last`?");
        assert_eq!(did_you_mean("orderby", known), " Did you mean `orderBy`?");
        assert_eq!(did_you_mean("exploring", ["EXPLORING", "AGREED"]), " Did you mean `EXPLORING`?");
    }

    #[test]
    fn a_name_that_is_like_none_gets_no_offer() {
        assert_eq!(did_you_mean("nonsense", ["first", "after"]), "");
        assert_eq!(did_you_mean(&"first".repeat(100), ["first"]), "");
        assert_eq!(did_you_mean("x", ["a"]), "");
    }
}
