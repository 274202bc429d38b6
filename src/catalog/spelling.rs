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
