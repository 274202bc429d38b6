//! Lines of JSON into what they hold, one at a time.

use std::io::{BufRead as _, Read as _};

use crate::document::suggest::did_you_mean;
use crate::ingest::deals::{KINDS, Line};
use crate::ingest::import::{ImportError, Input, Problem, Rows};

/// Bytes of a line at most.
const LINE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The bytes that some programs put before a text in UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Reads a file; empty lines are passed over.
pub(super) fn read(mut input: Input<'_>, rows: &mut Rows<Line>) -> Result<(), ImportError> {
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        bytes.clear();
        let read = (&mut input.reader).take(LINE_BYTES_MAX + 1).read_until(b'\n', &mut bytes);
        if read.map_err(|error| input.fault(&error))? == 0 {
            return Ok(());
        }
        number += 1;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LINE_BYTES_MAX {
            let problem = format!("line {number} is longer than {} MiB", LINE_BYTES_MAX / (1024 * 1024));
            return Err(ImportError::File { file: input.file.to_owned(), problem });
        }
        let text = bytes.strip_prefix(MARK).filter(|_| number == 1).unwrap_or(&bytes).trim_ascii();
        if !text.is_empty() {
            rows.push(number, bytes.len(), line(text))?;
        }
    }
}

/// The place of the kind of the first line among [`KINDS`], or what the line begins with instead.
pub(super) fn first_kind(head: &[u8]) -> Result<u8, String> {
    let head = String::from_utf8_lossy(head.strip_prefix(MARK).unwrap_or(head));
    let line = head.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let key = line.strip_prefix('{').map(str::trim_start).and_then(|rest| rest.strip_prefix('"'));
    let kind = key.and_then(|rest| rest.split('"').next());
    let place = (0..).zip(KINDS).find(|(_, known)| Some(*known) == kind).map(|(place, _)| place);
    place.ok_or_else(|| match line.chars().take(60).collect::<String>() {
        begin if begin.is_empty() => "nothing".to_owned(),
        begin => format!("`{begin}`"),
    })
}

fn line(bytes: &[u8]) -> Result<Line, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let problem = format!("it is not UTF-8 from byte {} of the line on", error.valid_up_to());
        Problem::new("", &String::from_utf8_lossy(bytes), problem, "a line in UTF-8")
    })?;
    serde_json::from_str(text).map_err(|error| fault(text, &error))
}

/// The names between backquotes.
fn names(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// What is wrong with a line, in words; a name that is not known with the one that may be meant.
fn fault(text: &str, error: &serde_json::Error) -> Problem {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    let column = error.column();
    // Where the fault is: what stands a little before it.
    let found: String = text.chars().skip(column.saturating_sub(40)).take(40).collect();
    let (what, expected) =
        said.split_once(", expected ").unwrap_or((said, "one object of JSON, as the format describes it"));
    let named = names(what);
    let meant = named.first().map(|name| did_you_mean(name, names(expected))).unwrap_or_default();
    let is_name = what.starts_with("unknown") || what.starts_with("missing") || what.starts_with("duplicate");
    let name = named.first().filter(|_| is_name).copied().unwrap_or_default();
    Problem::new(name, &found, format!("{what}, at column {column}{meant}"), expected)
}

#[cfg(test)]
mod tests {
    use super::{first_kind, line};

    #[test]
    fn a_file_is_known_by_its_first_line() {
        assert_eq!(first_kind(b"\xef\xbb\xbf\n { \"source\" : {}}\n{\"x\":1}"), Ok(0));
        assert_eq!(first_kind(b"{\"person\":"), Ok(16));
        assert_eq!(first_kind(b"{\"slug\": 1}"), Err("`{\"slug\": 1}`".to_owned()));
        assert_eq!(first_kind(b""), Err("nothing".to_owned()));
    }

    #[test]
    fn a_name_that_is_not_known_comes_with_the_one_that_may_be_meant() {
        let said = line(br#"{"area": {"slug": "a", "nam": "A"}}"#).expect_err("a fault");
        assert_eq!(&*said.column, "nam");
        assert!(
            said.problem.starts_with("unknown field `nam`, at column ") && said.problem.contains("`name`"),
            "{said:?}"
        );
        let said = line(br#"{"are": {}}"#).expect_err("a fault");
        assert!(said.problem.starts_with("unknown variant `are`") && said.problem.contains("`area`"), "{said:?}");
        assert!(line(br#"{"area": {"slug": "a"}}"#).is_err_and(|said| &*said.column == "name"));
        assert!(line(br#"{"area": {"slug": 1, "name": ""}}"#).is_err_and(|said| said.expected == "a string"));
        assert!(line(b"{\"area\": {\"slug\": \"a\xff\", \"name\": \"A\"}}").is_err());
    }
}
