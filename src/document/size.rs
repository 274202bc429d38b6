//! How large a document is when its fragments are written out: found from its text alone, before anything parses it.
//!
//! Parsers and validators walk fragments once for each spread, so a document of a few kilobytes can cost them minutes.
//! This reads the tokens once, counts each fragment once, and refuses what would be too large, nested too deeply for a
//! recursive parser, or circular. It also finds a field given twice in an input object, which parsers let pass.

use std::collections::{HashMap, HashSet};

use crate::error::{ClientError, Code};

mod tokens;

use tokens::{Token, Tokens, place_of};

/// What a document may be.
#[derive(Clone, Copy, Debug)]
pub struct SizeLimits {
    /// Bytes of its text.
    pub document_bytes_max: usize,
    /// Fields, spreads and inline fragments when all fragments are written out.
    pub selections_max: usize,
}

/// Brackets of all kinds inside one another; what the recursive parser behind this is safe with.
const NESTING_MAX: usize = 64;

/// Refuses a document that is too large, nested too deeply, circular, or gives an input field twice.
///
/// # Errors
/// The document is refused; the error says why.
pub fn check(text: &str, limits: SizeLimits) -> Result<(), ClientError> {
    if text.len() > limits.document_bytes_max {
        return Err(ClientError::new(
            Code::DocumentTooLarge,
            format!("The document has {} bytes; at most {} are allowed.", text.len(), limits.document_bytes_max),
        ));
    }
    let definitions = Scanner::new(text).definitions()?;
    let mut sizes = Sizes { text, definitions: &definitions, found: HashMap::new(), trail: Vec::new() };
    let mut total = 0usize;
    for definition in definitions.operations.iter().chain(definitions.fragments.values()) {
        let size = sizes.of(definition)?;
        total = if definition.is_operation { total.saturating_add(size) } else { total.max(size) };
        if total > limits.selections_max {
            let shown = if total == usize::MAX { "more than can be counted".to_owned() } else { total.to_string() };
            return Err(ClientError::at(
                Code::DocumentTooLarge,
                format!(
                    "The document selects too much: {shown} fields when its fragments are written out; at most {} are allowed.",
                    limits.selections_max
                ),
                place_of(text, definition.place),
            ));
        }
    }
    Ok(())
}

/// An operation or a fragment: its own selections, and what it spreads how often.
struct Definition<'a> {
    place: usize,
    is_operation: bool,
    selections: usize,
    spreads: Vec<(&'a str, usize)>,
}

#[derive(Default)]
struct Definitions<'a> {
    operations: Vec<Definition<'a>>,
    fragments: HashMap<&'a str, Definition<'a>>,
}

struct Sizes<'a> {
    text: &'a str,
    definitions: &'a Definitions<'a>,
    found: HashMap<&'a str, usize>,
    trail: Vec<&'a str>,
}

impl<'a> Sizes<'a> {
    fn of(&mut self, definition: &Definition<'a>) -> Result<usize, ClientError> {
        let mut size = definition.selections;
        for (name, place) in &definition.spreads {
            size = size.saturating_add(self.of_fragment(name, *place)?);
        }
        Ok(size)
    }

    fn of_fragment(&mut self, name: &'a str, place: usize) -> Result<usize, ClientError> {
        if let Some(size) = self.found.get(name) {
            return Ok(*size);
        }
        if self.trail.contains(&name) {
            let message = format!("The fragment `{name}` spreads itself: {} → {name}.", self.trail.join(" → "));
            return Err(ClientError::at(Code::ValidationFailed, message, place_of(self.text, place)));
        }
        let Some(fragment) = self.definitions.fragments.get(name) else { return Ok(0) };
        if self.trail.len() >= NESTING_MAX {
            let message = format!("Fragments spread one another more than {NESTING_MAX} deep.");
            return Err(ClientError::at(Code::DocumentTooLarge, message, place_of(self.text, place)));
        }
        self.trail.push(name);
        let size = self.of(fragment)?;
        self.trail.pop();
        self.found.insert(name, size);
        Ok(size)
    }
}

/// Reads the tokens of a document once.
struct Scanner<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    brackets: Vec<Bracket<'a>>,
}

/// An open bracket; an input object knows the names it has so far.
enum Bracket<'a> {
    Selection,
    Arguments,
    List,
    InputObject(HashSet<&'a str>),
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, tokens: Tokens::new(text), brackets: Vec::new() }
    }

    fn definitions(mut self) -> Result<Definitions<'a>, ClientError> {
        let mut found = Definitions::default();
        while let Some((token, place)) = self.tokens.next()? {
            let mut definition = Definition { place, is_operation: true, selections: 0, spreads: Vec::new() };
            let mut fragment = None;
            if token == Token::Name("fragment") {
                definition.is_operation = false;
                if let Some((Token::Name(name), _)) = self.tokens.next()? {
                    fragment = Some(name);
                }
            }
            self.definition(token, place, &mut definition)?;
            match fragment {
                Some(name) => {
                    found.fragments.entry(name).or_insert(definition);
                }
                None => found.operations.push(definition),
            }
        }
        Ok(found)
    }

    /// Reads up to the bracket that closes the definition's selection set.
    fn definition(
        &mut self,
        first: Token<'a>,
        place: usize,
        definition: &mut Definition<'a>,
    ) -> Result<(), ClientError> {
        let mut current = Some((first, place));
        let mut before = Token::Other;
        while let Some((token, place)) = current {
            let closes = self.token(token, place, before, definition)?;
            if closes && self.brackets.is_empty() {
                return Ok(());
            }
            before = token;
            current = self.tokens.next()?;
        }
        Ok(())
    }

    /// Counts a token; whether it closed a selection set.
    fn token(
        &mut self,
        token: Token<'a>,
        place: usize,
        before: Token<'a>,
        definition: &mut Definition<'a>,
    ) -> Result<bool, ClientError> {
        match token {
            Token::Open(bracket) => self.open(bracket, place)?,
            Token::Close(_) => return Ok(matches!(self.brackets.pop(), Some(Bracket::Selection) | None)),
            Token::Name(name) => self.name(name, place, before, definition),
            Token::Colon => self.colon(place, before, definition)?,
            Token::Spread => definition.selections = definition.selections.saturating_add(1),
            Token::At | Token::Other => {}
        }
        Ok(false)
    }

    fn open(&mut self, bracket: char, place: usize) -> Result<(), ClientError> {
        if self.brackets.len() >= NESTING_MAX {
            let message = format!("Brackets are nested more than {NESTING_MAX} deep.");
            return Err(ClientError::at(Code::DocumentTooLarge, message, place_of(self.text, place)));
        }
        let in_value =
            matches!(self.brackets.last(), Some(Bracket::Arguments | Bracket::List | Bracket::InputObject(_)));
        self.brackets.push(match bracket {
            '(' => Bracket::Arguments,
            '[' => Bracket::List,
            _ if in_value => Bracket::InputObject(HashSet::new()),
            _ => Bracket::Selection,
        });
        Ok(())
    }

    fn name(&self, name: &'a str, place: usize, before: Token<'a>, definition: &mut Definition<'a>) {
        if !matches!(self.brackets.last(), Some(Bracket::Selection)) {
            return;
        }
        match before {
            Token::Spread if name == "on" => {}
            Token::Spread => definition.spreads.push((name, place)),
            Token::At => {}
            _ => definition.selections = definition.selections.saturating_add(1),
        }
    }

    /// A colon makes the name before it an alias, or the name of an input field.
    fn colon(&mut self, place: usize, before: Token<'a>, definition: &mut Definition<'a>) -> Result<(), ClientError> {
        match (self.brackets.last_mut(), before) {
            (Some(Bracket::Selection), Token::Name(_)) => {
                definition.selections = definition.selections.saturating_sub(1);
            }
            (Some(Bracket::InputObject(names)), Token::Name(name)) => {
                let is_new = names.insert(name);
                if !is_new {
                    let message = format!("The input field `{name}` is given twice.");
                    return Err(ClientError::at(Code::ValidationFailed, message, place_of(self.text, place)));
                }
            }
            _ => {}
        }
        Ok(())
    }
}
