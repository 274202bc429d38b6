//! Undoing what files do to names: entities of HTML, and UTF-8 that was read as Windows-1252, once or several times.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use html_escape::decode_html_entities;

/// How often a text can have been broken; more was not seen, and each turn must shorten the text.
const TURNS_MAX: usize = 5;

/// The text as it was meant.
pub(super) fn repair(text: &str) -> String {
    let mut repaired = text.to_owned();
    for _ in 0..TURNS_MAX {
        let decoded = decode_html_entities(&repaired);
        let next = reread(&decoded);
        if next == repaired {
            break;
        }
        repaired = next;
    }
    repaired
}

/// Reads each run of characters beyond ASCII again: as the UTF-8 whose bytes they stand for in Windows-1252, where they are
/// such bytes. A run alone, so that one sound letter elsewhere in the text hinders nothing.
fn reread(text: &str) -> String {
    let mut sound = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            sound.push_str(&meant(&run));
            run.clear();
            sound.push(character);
        } else {
            run.push(character);
        }
    }
    sound.push_str(&meant(&run));
    sound
}

fn meant(run: &str) -> Cow<'_, str> {
    let (bytes, _, unmappable) = WINDOWS_1252.encode(run);
    match std::str::from_utf8(&bytes) {
        Ok(meant) if !unmappable => Cow::Owned(meant.to_owned()),
        _ => Cow::Borrowed(run),
    }
}

#[cfg(test)]
mod tests {
    use super::repair;

    /// UTF-8 read as Windows-1252, as often as it is said.
    fn broken(text: &str, times: usize) -> String {
        (0..times).fold(text.to_owned(), |text, _| encoding_rs::WINDOWS_1252.decode(text.as_bytes()).0.into_owned())
    }

    #[test]
    fn what_was_read_wrongly_is_read_again() {
        for text in ["Société Générale", "Österreichische Straße", "PŁOCK", "“Quoted”", "日立製作所"] {
            for times in 0..4 {
                assert_eq!(repair(&broken(text, times)), text, "broken {times} times");
            }
        }
    }

    #[test]
    fn a_sound_letter_beside_a_broken_one_hinders_nothing() {
        assert_eq!(repair(&format!("Ł {}", broken("Société", 2))), "Ł Société");
    }

    #[test]
    fn entities_are_decoded_also_twice() {
        assert_eq!(repair("AT&amp;amp;T &#40;L&eacute;o&#41;"), "AT&T (Léo)");
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in ["Nestlé", "Ã", "AT&T", "Müller & Söhne", "ООО Яндекс", "R&D"] {
            assert_eq!(repair(text), text);
        }
    }
}
