//! Tables of text with a line of column names: read by name, each row bounded, each fault with its line and column.

use std::io::BufRead;

use csv_core::{ReadRecordResult, ReaderBuilder};

use crate::ingest::import::{ImportError, Input, Problem, Rows};

/// Bytes of a row at most: a quote that is never closed would take in the rest of the file.
const ROW_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Columns of a table at most.
const COLUMNS_MAX: usize = 4_096;
/// The delimiters that a table can be mistaken to have.
const DELIMITERS: [(u8, &str); 4] = [(b'\t', "tabs"), (b',', "commas"), (b';', "semicolons"), (b'|', "bars")];

/// What a table has to look like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// What is between the columns.
    pub(crate) delimiter: u8,
    /// The columns that are read; each has to be there.
    pub(crate) columns: &'static [&'static str],
    /// The columns that are read where they are there.
    pub(crate) optional: &'static [&'static str],
}

/// A row of a table, with its fields by the names of their columns.
pub(crate) struct Fields<'a> {
    places: &'a [(&'static str, Option<usize>)],
    bytes: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    /// A field without the blanks around it; empty where the table has no such column.
    pub(crate) fn raw(&self, column: &str) -> Result<&'a str, Problem> {
        let place = self.places.iter().find(|(name, _)| *name == column).and_then(|(_, place)| *place);
        let Some(place) = place else { return Ok("") };
        let begin = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(place).copied().unwrap_or(begin);
        let bytes = self.bytes.get(begin..end).unwrap_or_default();
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let problem = format!("it is not UTF-8 from byte {} of the field on", error.valid_up_to());
            Problem::new(column, &String::from_utf8_lossy(bytes), problem, "a text in UTF-8")
        })?;
        if text.contains('\0') {
            return Err(Problem::new(column, text, "it has a NUL in it", "a text without NUL"));
        }
        Ok(text.trim())
    }
}

/// Reads a table into records, each made of a row by `record`.
///
/// # Errors
/// The table lacks a column, cannot be read, or has a row that does not end.
pub(crate) fn read<R>(
    input: Input<'_>,
    layout: &Layout,
    rows: &mut Rows<R>,
    mut record: impl FnMut(&Fields<'_>) -> Result<R, Problem>,
) -> Result<(), ImportError> {
    let file = input.file;
    let mut table = Table::new(input, layout.delimiter);
    if !table.next()? {
        return Err(ImportError::File { file: file.to_owned(), problem: "it is empty".to_owned() });
    }
    let names = table.names();
    let places = places(file, layout, &names)?;
    let width = names.len();
    while table.next()? {
        let fields = Fields { places: &places, bytes: &table.bytes, ends: &table.ends };
        let weight = table.bytes.len();
        let read = if table.ends.len() == width { record(&fields) } else { Err(wrong_width(table.ends.len(), width)) };
        rows.push(table.line, weight, read)?;
    }
    Ok(())
}

fn wrong_width(found: usize, expected: usize) -> Problem {
    let problem = "the row has another number of fields than the line of column names";
    Problem::new("", &format!("{found} fields"), problem, format!("{expected} fields"))
}

/// Where the columns are; the name of a column is found whatever its case.
fn places(file: &str, layout: &Layout, names: &[String]) -> Result<Vec<(&'static str, Option<usize>)>, ImportError> {
    let place = |column: &str| names.iter().position(|name| name.eq_ignore_ascii_case(column));
    let mut places = Vec::new();
    for column in layout.columns {
        let Some(found) = place(column) else { return Err(missing(file, layout, column, names)) };
        places.push((*column, Some(found)));
    }
    places.extend(layout.optional.iter().map(|column| (*column, place(column))));
    Ok(places)
}

fn missing(file: &str, layout: &Layout, column: &str, names: &[String]) -> ImportError {
    let name =
        |wanted: u8| DELIMITERS.iter().find(|(known, _)| *known == wanted).map_or("another sign", |(_, name)| name);
    if let [line] = names
        && let Some((_, found)) =
            DELIMITERS.iter().find(|(known, _)| *known != layout.delimiter && line.contains(char::from(*known)))
    {
        let problem = format!("its columns are divided by {found}, where {} were expected", name(layout.delimiter));
        return ImportError::File { file: file.to_owned(), problem };
    }
    ImportError::Column { file: file.to_owned(), column: column.to_owned(), found: shown(names) }
}

/// Names that a message shows, and characters of each.
const NAMES_SHOWN: usize = 60;

/// The names of columns for a message; a file that is no table can have long ones.
pub(crate) fn shown(names: &[String]) -> String {
    let cut = |name: &String| format!("`{}`", name.chars().take(NAMES_SHOWN).collect::<String>());
    let mut shown: Vec<String> = names.iter().take(NAMES_SHOWN).map(cut).collect();
    if names.len() > NAMES_SHOWN {
        shown.push(format!("and {} more", names.len() - NAMES_SHOWN));
    }
    shown.join(", ")
}

/// What is wrong with the line of column names in the first bytes of a file.
pub(crate) fn check(file: &str, layout: &Layout, head: &[u8]) -> Result<(), ImportError> {
    let names = header(head, layout.delimiter);
    if names.is_empty() {
        return Err(ImportError::File { file: file.to_owned(), problem: "it is empty".to_owned() });
    }
    places(file, layout, &names).map(drop)
}

/// The names of the columns in the first bytes of a file, as a delimiter divides them; to recognise a table.
pub(crate) fn header(head: &[u8], delimiter: u8) -> Vec<String> {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut table = Table::new(Input { file: "", reader: Box::new(std::io::Cursor::new(line.to_vec())) }, delimiter);
    match table.next() {
        Ok(true) => table.names(),
        _ => Vec::new(),
    }
}

/// The rows of a table, one at a time.
struct Table<'a> {
    input: Input<'a>,
    reader: csv_core::Reader,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// The line that the row begins on.
    line: u64,
}

impl<'a> Table<'a> {
    fn new(input: Input<'a>, delimiter: u8) -> Self {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Self { input, reader, bytes: Vec::new(), ends: Vec::new(), line: 0 }
    }

    /// Reads the next row; says whether there was one.
    fn next(&mut self) -> Result<bool, ImportError> {
        self.line = self.reader.line();
        let (mut written, mut ended) = (0, 0);
        self.bytes.resize(self.bytes.capacity().max(4_096), 0);
        self.ends.resize(self.ends.capacity().max(64), 0);
        loop {
            let input = match self.input.reader.fill_buf() {
                Ok(input) => input,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.input.fault(&error)),
            };
            let (result, read, wrote, ends) = self.reader.read_record(
                input,
                self.bytes.get_mut(written..).unwrap_or_default(),
                self.ends.get_mut(ended..).unwrap_or_default(),
            );
            self.input.reader.consume(read);
            written += wrote;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.grow_row()?,
                ReadRecordResult::OutputEndsFull => self.grow_ends()?,
                ReadRecordResult::Record => {
                    self.bytes.truncate(written);
                    self.ends.truncate(ended);
                    return Ok(true);
                }
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    fn grow_row(&mut self) -> Result<(), ImportError> {
        if self.bytes.len() >= ROW_BYTES_MAX {
            let mebibytes = ROW_BYTES_MAX / (1024 * 1024);
            let problem = format!(
                "the row that begins on line {} is longer than {mebibytes} MiB: a quote may be open",
                self.line
            );
            return Err(ImportError::File { file: self.input.file.to_owned(), problem });
        }
        self.bytes.resize((self.bytes.len() * 2).min(ROW_BYTES_MAX), 0);
        Ok(())
    }

    fn grow_ends(&mut self) -> Result<(), ImportError> {
        if self.ends.len() >= COLUMNS_MAX {
            let problem = format!("line {} has more than {COLUMNS_MAX} fields", self.line);
            return Err(ImportError::File { file: self.input.file.to_owned(), problem });
        }
        self.ends.resize((self.ends.len() * 2).min(COLUMNS_MAX), 0);
        Ok(())
    }

    /// The fields of the row as the names of columns.
    fn names(&self) -> Vec<String> {
        let mut begin = 0;
        let mut names = Vec::new();
        for end in &self.ends {
            let name = self.bytes.get(begin..*end).unwrap_or_default();
            names.push(String::from_utf8_lossy(name).trim().trim_start_matches('\u{feff}').to_owned());
            begin = *end;
        }
        names
    }
}
