//! Names in the spellings of the catalogue, of GraphQL and of people.

/// `agreementParties` as `agreement parties`.
#[must_use]
pub fn words(camel: &str) -> String {
    let mut text = String::with_capacity(camel.len() + 2);
    for letter in camel.chars() {
        if letter.is_uppercase() {
            text.push(' ');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

/// Whether a name is `camel_case` of another one, of small letters of ASCII.
#[must_use]
pub(super) fn is_camel_case_of(name: &str, snake: &str) -> bool {
    let mut letters = snake.bytes();
    name.bytes().all(|letter| match letters.next() {
        Some(b'_') => letters.next().is_some_and(|next| next.to_ascii_uppercase() == letter),
        next => next == Some(letter),
    }) && letters.next().is_none()
}

/// `agreement_parties` as `agreementParties`.
#[must_use]
pub fn camel_case(snake: &str) -> String {
    let mut name = String::with_capacity(snake.len());
    let mut upper = false;
    for letter in snake.chars() {
        if letter == '_' {
            upper = true;
        } else if std::mem::take(&mut upper) {
            name.extend(letter.to_uppercase());
        } else {
            name.push(letter);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{camel_case, is_camel_case_of};
    use crate::catalog::ENTITIES;

    #[test]
    fn a_name_is_that_of_its_column_and_of_no_other() {
        let columns: Vec<&str> = ENTITIES.iter().flat_map(|entity| entity.fields).map(|field| field.column).collect();
        for column in &columns {
            let name = camel_case(column);
            for other in &columns {
                assert_eq!(is_camel_case_of(&name, other), column == other, "{name} {other}");
            }
            assert!(!is_camel_case_of(&format!("{name}s"), column), "{name}");
            let mut shorter = name.clone();
            shorter.pop();
            assert!(!is_camel_case_of(&shorter, column), "{name}");
        }
        assert!(!is_camel_case_of("announced_on", "announced_on"));
    }
}
