//! The tokens of a GraphQL document, as far as its size depends on them.

use async_graphql::Pos;

use crate::error::{ClientError, Code};

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name or a keyword.
    Name(&'a str),
    /// `{`, `(` or `[`.
    Open(char),
    /// `}`, `)` or `]`.
    Close(char),
    /// `:`.
    Colon,
    /// `@`.
    At,
    /// `...`.
    Spread,
    /// A string, a number, a variable's `$`, any other sign.
    Other,
}

/// Reads tokens from a text.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

/// The line and column of a byte offset; found only when an error needs it.
pub(super) fn place_of(text: &str, offset: usize) -> Pos {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(line_start..).map_or(0, |line| line.chars().count());
    Pos { line: before.matches('\n').count() + 1, column: column + 1 }
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next token, or none at the end.
    ///
    /// # Errors
    /// A string that does not end.
    pub(super) fn next(&mut self) -> Result<Option<(Token<'a>, usize)>, ClientError> {
        self.skip_ignored();
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let place = self.at;
        let token = match first {
            '{' | '(' | '[' => self.take(1, Token::Open(first)),
            '}' | ')' | ']' => self.take(1, Token::Close(first)),
            ':' => self.take(1, Token::Colon),
            '@' => self.take(1, Token::At),
            '"' => self.string(place)?,
            _ if rest.starts_with("...") => self.take(3, Token::Spread),
            _ if first == '_' || first.is_ascii_alphabetic() => {
                let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
                self.take(end, Token::Name(rest.get(..end).unwrap_or_default()))
            }
            // A number and its exponent are one sign, so that `1e3` is not taken for a name.
            _ if first.is_ascii_digit() => {
                let end = rest.find(|c: char| c != '.' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
                self.take(end, Token::Other)
            }
            _ => self.take(first.len_utf8(), Token::Other),
        };
        Ok(Some((token, place)))
    }

    fn take(&mut self, bytes: usize, token: Token<'a>) -> Token<'a> {
        self.at += bytes;
        token
    }

    fn skip_ignored(&mut self) {
        while let Some(next) = self.rest().chars().next() {
            match next {
                '#' => self.at += self.rest().find(['\n', '\r']).unwrap_or(self.rest().len()),
                ' ' | '\t' | '\r' | '\n' | ',' | '\u{feff}' => self.at += next.len_utf8(),
                _ => return,
            }
        }
    }

    fn string(&mut self, place: usize) -> Result<Token<'a>, ClientError> {
        let rest = self.rest();
        let end = if rest.starts_with("\"\"\"") { block_string_end(rest) } else { string_end(rest) };
        let Some(end) = end else {
            return Err(ClientError::at(Code::ParseFailed, "A string does not end.", place_of(self.text, place)));
        };
        Ok(self.take(end, Token::Other))
    }
}

/// Where a string that begins with one quote ends: it holds no line break.
fn string_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Where a block string ends: `\"""` in it is not its end.
fn block_string_end(text: &str) -> Option<usize> {
    let mut from = 3;
    loop {
        let end = from + text.get(from..)?.find("\"\"\"")?;
        if text.get(..end)?.ends_with('\\') {
            from = end + 3;
        } else {
            return Some(end + 3);
        }
    }
}
