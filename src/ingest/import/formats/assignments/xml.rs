//! The daily and annual files: XML of the element `us-patent-assignments`, one document or several in a file.
//!
//! It is read as a stream of events, a record at a time. Nothing is taken from a DTD: a file that declares entities is
//! refused, and no file or address that it names is opened.

use std::io::BufRead;

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};

use super::XML;
use super::record::{ASSIGNEE, ASSIGNOR, Party, Property, Publication, Recording, day, name, place, prose};
use super::watched::{Place, Watched};
use crate::ingest::import::input::Entry;
use crate::ingest::import::{DataSet, Desk, Fate, ImportError, Input, Pass, Problem, Recognised, Rows};

pub(super) const RANK: u8 = 2;
const ROOT: &str = "us-patent-assignments";
/// Elements inside one another at most: the format has nine.
const DEPTH_MAX: usize = 64;

/// See the module.
pub(super) struct Files;

impl Pass for Files {
    type Record = Recording;

    fn file_name(&self) -> &'static str {
        "assignments.xml"
    }

    fn data_set(&self) -> Option<&'static DataSet> {
        Some(&XML)
    }

    fn rank(&self) -> u8 {
        1
    }

    fn read(input: Input<'_>, rows: &mut Rows<Recording>) -> Result<(), ImportError> {
        let place = Place::default();
        let file = input.file;
        let mut reader = Reader::from_reader(Watched::new(input.reader, place.clone()));
        read(file, &mut reader, &place, rows)
    }

    fn store(&mut self, records: Vec<Recording>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        super::store(desk, RANK, &records)
    }
}

/// What an XML file is, by its first bytes.
pub(super) fn recognise(entry: &Entry, text: &str) -> Recognised {
    if let Some(problem) = declared(text) {
        return Recognised::Fault(ImportError::File { file: entry.shown.clone(), problem });
    }
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                let found = element.name().0.to_owned();
                if found == ROOT {
                    return Recognised::Pass(Box::new(Files));
                }
                return Recognised::Unknown(format!("its root element is <{found}>, where <{ROOT}> was expected"));
            }
            Ok(Event::Eof) => return Recognised::Unknown("it is XML without a root element".to_owned()),
            Ok(_) => {}
            Err(error) => return Recognised::Unknown(format!("it is no XML that can be read: {error}")),
        }
    }
}

/// The day on which a file was produced, as its root element says it.
pub(super) fn edition(head: &str) -> Option<String> {
    let (_, behind) = head.split_once(&format!("<{ROOT}"))?;
    let (root, _) = behind.split_once('>')?;
    let (_, behind) = root.split_once("date-produced")?;
    let quote = behind.find(['"', '\''])?;
    let digits: String = behind.chars().skip(quote + 1).take_while(char::is_ascii_digit).collect();
    NaiveDate::parse_from_str(&digits, "%Y%m%d").ok().filter(|_| digits.len() == 8).map(|day| day.to_string())
}

/// What is wrong with a declaration of a document's type.
fn declared(text: &str) -> Option<String> {
    text.contains("<!ENTITY").then(|| {
        "its DTD declares entities: they are never expanded, and neither is a file or an address opened that one names"
            .to_owned()
    })
}

/// What is wrong with an element that begins with so many others around it.
fn misplaced(depth: usize, tag: &str) -> Option<String> {
    if depth == 0 && tag != ROOT {
        return Some(format!("the root element is <{tag}>, where <{ROOT}> was expected"));
    }
    (depth >= DEPTH_MAX).then(|| format!("more than {DEPTH_MAX} elements are inside one another"))
}

/// What is wrong with the encoding that a document declares.
fn encoded(declaration: &BytesDecl<'_>) -> Option<String> {
    let encoding = declaration.encoding()?.ok()?;
    let is_known = ["utf-8", "utf8", "us-ascii"].contains(&&*encoding.to_ascii_lowercase());
    (!is_known).then(|| format!("its encoding is {encoding}, where UTF-8 was expected"))
}

fn fault(file: &str, place: &Place, problem: impl std::fmt::Display) -> ImportError {
    ImportError::File { file: file.to_owned(), problem: format!("line {}: {problem}", place.line()) }
}

fn read<R: BufRead>(
    file: &str,
    reader: &mut Reader<Watched<R>>,
    place: &Place,
    rows: &mut Rows<Recording>,
) -> Result<(), ImportError> {
    let mut buffer = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut record: Option<(u64, Builder)> = None;
    let mut has_root = false;
    loop {
        buffer.clear();
        if record.is_none() {
            place.begin();
        }
        let event = reader.read_event_into(&mut buffer).map_err(|error| fault(file, place, error))?;
        match event {
            Event::Start(element) => {
                let tag = element.name().0;
                if let Some(problem) = misplaced(open.len(), tag) {
                    return Err(fault(file, place, problem));
                }
                has_root = true;
                if tag == "patent-assignment" {
                    record = Some((place.line(), Builder::default()));
                } else if let Some((_, builder)) = &mut record {
                    builder.begin(tag, &element);
                }
                open.push(tag.to_owned());
            }
            Event::Empty(element) if open.is_empty() => has_root |= element.name().0 == ROOT,
            Event::End(element) => {
                open.pop();
                let tag = element.name().0;
                let parent = open.last().map_or("", String::as_str);
                if tag == "patent-assignment" {
                    if let Some((line, builder)) = record.take() {
                        rows.push(line, place.weight(), builder.finish())?;
                    }
                } else if let Some((_, builder)) = &mut record {
                    builder.end(parent, tag);
                }
            }
            Event::Text(text) => with(&mut record, |builder| builder.text.push_str(&text.xml10_content())),
            Event::CData(text) => with(&mut record, |builder| builder.text.push_str(&text.xml10_content())),
            Event::GeneralRef(named) => with(&mut record, |builder| builder.refer(&named)),
            Event::DocType(text) => {
                if let Some(problem) = declared(&format!("<!{}", &*text)).or_else(|| declared(&text)) {
                    return Err(fault(file, place, problem));
                }
            }
            Event::Decl(declaration) => {
                if let Some(problem) = encoded(&declaration) {
                    return Err(fault(file, place, problem));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match open.last() {
        Some(tag) => Err(fault(file, place, format!("it ends inside <{tag}>: the file is truncated"))),
        None if !has_root => Err(fault(file, place, "it has no root element")),
        None => Ok(()),
    }
}

/// What a name's own attribute says of whose it is.
fn is_natural(name: &BytesStart<'_>) -> Option<bool> {
    let kind = name.try_get_attribute("name-type").ok().flatten()?;
    match &*kind.value {
        "natural" => Some(true),
        "legal" => Some(false),
        _ => None,
    }
}

/// A text on one line: a file can be laid out in lines for its readers.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn with(record: &mut Option<(u64, Builder)>, change: impl FnOnce(&mut Builder)) {
    if let Some((_, builder)) = record {
        change(builder);
    }
}

/// A record as far as it is read.
#[derive(Default)]
struct Builder {
    record: Recording,
    reel: String,
    frame: String,
    parties: Vec<Party>,
    properties: Vec<Property>,
    /// The text of the element that is open.
    text: String,
    party: PartyRead,
    document: DocumentRead,
    property: Property,
    problem: Option<Problem>,
}

#[derive(Default)]
struct PartyRead {
    name: Option<String>,
    executed_on: Option<NaiveDate>,
    country: Option<String>,
    state: Option<String>,
    /// Whether the file says that it is a natural person, or that it is none.
    is_natural: Option<bool>,
}

#[derive(Default)]
struct DocumentRead {
    country: String,
    number: String,
    kind: String,
    on: Option<NaiveDate>,
}

impl Builder {
    fn begin(&mut self, tag: &str, element: &BytesStart<'_>) {
        if tag == "name" {
            self.party.is_natural = is_natural(element);
        }
        // A title has elements inside it, and is one text.
        if !matches!(tag, "b" | "i" | "u" | "sub" | "sup" | "smallcaps") {
            self.text.clear();
        }
    }

    /// What stands between an ampersand and a semicolon: a character by its number, or one of the five names of XML.
    fn refer(&mut self, named: &BytesRef<'_>) {
        if let Ok(Some(character)) = named.resolve_char_ref() {
            return self.text.push(character);
        }
        match &**named {
            "amp" => self.text.push('&'),
            "lt" => self.text.push('<'),
            "gt" => self.text.push('>'),
            "quot" => self.text.push('"'),
            "apos" => self.text.push('\''),
            other => self.refuse(Problem::new(
                "",
                &format!("&{other};"),
                "it refers to an entity that XML itself does not know, and those of a DTD are never expanded",
                "&amp;, &lt;, &gt;, &quot;, &apos; or a character by its number",
            )),
        }
    }

    fn refuse(&mut self, problem: Problem) {
        self.problem.get_or_insert(problem);
    }

    /// Keeps a value; what is wrong with it refuses the record.
    fn value<T: Default>(&mut self, read: Result<Option<T>, Problem>) -> Option<T> {
        read.unwrap_or_else(|problem| {
            self.refuse(problem);
            None
        })
    }

    fn named(&mut self, tag: &str) -> Option<String> {
        let text = on_one_line(&std::mem::take(&mut self.text));
        let read = name(tag, &text).map(|text| text.map(str::to_owned));
        self.value(read)
    }

    fn day_of(&mut self, column: &str) -> Option<NaiveDate> {
        let text = std::mem::take(&mut self.text);
        let read = day(column, &text);
        self.value(read)
    }

    fn end(&mut self, parent: &str, tag: &str) {
        match (parent, tag) {
            ("assignment-record", "reel-no") => self.reel = std::mem::take(&mut self.text),
            ("assignment-record", "frame-no") => self.frame = std::mem::take(&mut self.text),
            ("assignment-record", "purge-indicator") => {
                self.record.is_purged = self.named(tag).is_some_and(|flag| flag.eq_ignore_ascii_case("Y"));
            }
            ("assignment-record", "conveyance-text") => {
                let text = on_one_line(&std::mem::take(&mut self.text));
                let read = prose(tag, &text).map(|text| text.map(str::to_owned));
                self.record.text = self.value(read);
            }
            ("last-update-date", "date") => self.record.updated_on = self.day_of(parent),
            ("recorded-date", "date") => self.record.recorded_on = self.day_of(parent),
            ("execution-date", "date") => self.party.executed_on = self.day_of(parent),
            ("patent-assignor" | "patent-assignee", "name") => self.party.name = self.named(tag),
            ("patent-assignee", "country-name") => self.party.country = self.named(tag),
            ("patent-assignee", "state") => self.party.state = self.named(tag),
            (_, "patent-assignor") => self.party(ASSIGNOR),
            (_, "patent-assignee") => self.party(ASSIGNEE),
            ("document-id", "country") => self.document.country = self.named(tag).unwrap_or_default(),
            ("document-id", "doc-number") => self.document.number = self.named(tag).unwrap_or_default(),
            ("document-id", "kind") => self.document.kind = self.named(tag).unwrap_or_default(),
            ("document-id", "date") => self.document.on = self.day_of(tag),
            ("patent-property", "document-id") => self.document(),
            ("patent-property", "invention-title") => self.property.title = self.named(tag),
            (_, "patent-property") => {
                let property = std::mem::take(&mut self.property);
                self.properties.push(property);
            }
            _ => {}
        }
    }

    fn party(&mut self, role: &'static str) {
        let read = std::mem::take(&mut self.party);
        let Some(name) = read.name else { return };
        let mut party = Party::new(&name, role, read.executed_on);
        party.is_person = read.is_natural.unwrap_or(party.is_person);
        self.parties.push(party.of_country(read.country.as_deref(), read.state.as_deref()));
    }

    fn document(&mut self) {
        let read = std::mem::take(&mut self.document);
        let is_of_office = read.country.is_empty() || read.country == super::record::OFFICE;
        match read.kind.chars().next() {
            Some('X') | None => {
                self.property.filed_on = self.property.filed_on.or(read.on);
                let number = Some(read.number).filter(|number| !number.is_empty());
                self.property.application = self.property.application.take().or(number);
            }
            Some(letter) if is_of_office => {
                let found = Publication::new(&read.number, Some(&read.kind), read.on, letter != 'A');
                self.property.publications.extend(found);
            }
            Some(_) => {}
        }
    }

    /// The record, or the first thing that is wrong with it.
    fn finish(self) -> Result<Recording, Problem> {
        let place = place("reel-no", &self.reel, &self.frame)?;
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        Ok(Recording { place, parties: Some(self.parties), properties: Some(self.properties), ..self.record })
    }
}

#[cfg(test)]
mod tests {
    use super::edition;

    #[test]
    fn the_root_element_says_when_the_file_was_produced() {
        for (head, day) in [
            ("<us-patent-assignments dtd-version=\"0.3\" date-produced=\"20130824\"><a/>", Some("2013-08-24")),
            ("<us-patent-assignments date-produced='20130824'>", Some("2013-08-24")),
            ("<us-patent-assignments date-produced=\"2013\">", None),
            ("<us-patent-assignments>date-produced=\"20130824\"", None),
            ("rf_id,or_name", None),
        ] {
            assert_eq!(edition(head).as_deref(), day, "{head}");
        }
    }
}
