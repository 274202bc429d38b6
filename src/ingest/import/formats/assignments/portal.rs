//! Answers of the Open Data Portal: JSON with assignments in `assignmentBag`, by the patents that they name.
//!
//! An answer is read as a stream, a patent at a time; whatever else stands in it is passed over. A record is said again with each of its
//! patents, so that patents are added to it and none is taken away. `assignmentBag` can hold a list, or one record as it is.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::PORTAL;
use super::record::{ASSIGNEE, ASSIGNOR, Party, Property, Publication, Recording, day, name, place, prose};
use super::watched::{Place, Watched};
use crate::ingest::import::{DataSet, Desk, Fate, ImportError, Input, Pass, Problem, Recognised, Rows};

pub(super) const RANK: u8 = 1;

/// See the module.
pub(super) struct Answers;

impl Pass for Answers {
    type Record = Recording;

    fn file_name(&self) -> &'static str {
        "assignments.json"
    }

    fn data_set(&self) -> Option<&'static DataSet> {
        Some(&PORTAL)
    }

    fn rank(&self) -> u8 {
        0
    }

    fn read(input: Input<'_>, rows: &mut Rows<Recording>) -> Result<(), ImportError> {
        let at = Place::default();
        let mut stopped = None;
        let mut found = false;
        let mut reader = serde_json::Deserializer::from_reader(Watched::new(input.reader, at.clone()));
        let mut sink = Sink { rows, at: &at, stopped: &mut stopped, found: &mut found };
        let mut read = Ok(());
        // One answer follows another where they were put into one file.
        while read.is_ok() && !matches!(reader.end(), Ok(())) {
            at.begin();
            read = Node(&mut sink).deserialize(&mut reader);
        }
        if let Some(error) = stopped {
            return Err(error);
        }
        let fault = |problem: String| ImportError::File { file: input.file.to_owned(), problem };
        read.map_err(|error| {
            let hint = if error.is_eof() { ": the file is truncated" } else { "" };
            fault(format!("{error}{hint}"))
        })?;
        if found { Ok(()) } else { Err(fault("it has no `assignmentBag`".to_owned())) }
    }

    fn store(&mut self, records: Vec<Recording>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        super::store(desk, RANK, &records)
    }
}

/// What a JSON file is, by its first bytes.
pub(super) fn recognise(text: &str) -> Recognised {
    let is_known =
        ["\"assignmentBag\"", "\"patentBag\"", "\"patentFileWrapperDataBag\""].iter().any(|key| text.contains(key));
    if is_known {
        return Recognised::Pass(Box::new(Answers));
    }
    Recognised::Unknown("it is JSON without `assignmentBag`, `patentBag` or `patentFileWrapperDataBag`".to_owned())
}

/// Where records go.
struct Sink<'s> {
    rows: &'s mut Rows<Recording>,
    at: &'s Place,
    stopped: &'s mut Option<ImportError>,
    /// Whether there was any list of records.
    found: &'s mut bool,
}

/// A text, or a number as text; anything else is nothing.
#[derive(Default)]
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Scalar {
            Text(String),
            Number(i64),
            Other(IgnoredAny),
        }
        Ok(Self(match Scalar::deserialize(deserializer)? {
            Scalar::Text(text) => text,
            Scalar::Number(number) => number.to_string(),
            Scalar::Other(_) => String::new(),
        }))
    }
}

/// A list, or one of it as it is; anything else is an empty one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Bag<T> {
    Several(Vec<T>),
    One(T),
    None(IgnoredAny),
}

impl<T> Default for Bag<T> {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl<T> Bag<T> {
    fn list(&self) -> &[T] {
        match self {
            Self::Several(list) => list,
            Self::One(one) => std::slice::from_ref(one),
            Self::None(_) => &[],
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Assignment {
    reel_number: Text,
    frame_number: Text,
    #[serde(rename = "reelNumber/frameNumber", alias = "reelAndFrameNumber")]
    both: Text,
    assignment_recorded_date: Text,
    conveyance_text: Text,
    assignor_bag: Bag<Assignor>,
    assignee_bag: Bag<Assignee>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Assignor {
    assignor_name: Text,
    execution_date: Text,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Assignee {
    assignee_name_text: Text,
    assignee_address: Address,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Address {
    geographic_region_code: Text,
    #[serde(alias = "countryOrStateCode")]
    country_name: Text,
}

/// What an answer says of the patent beside its assignments.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Meta {
    patent_number: Text,
    grant_date: Text,
    earliest_publication_number: Text,
    earliest_publication_date: Text,
    filing_date: Text,
    invention_title: Text,
}

/// An answer, a patent of it, or a list of either.
struct Node<'n, 's>(&'n mut Sink<'s>);

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer of the portal: an object, or a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Node(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.0.at.begin();
        let (mut assignments, mut application, mut meta) = (Vec::new(), Text::default(), Meta::default());
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "assignmentBag" => {
                    *self.0.found = true;
                    map.next_value_seed(Assignments { at: self.0.at, into: &mut assignments })?;
                }
                "patentBag" | "patentFileWrapperDataBag" => {
                    *self.0.found = true;
                    map.next_value_seed(Node(self.0))?;
                }
                "applicationNumberText" => application = map.next_value()?,
                "applicationMetaData" => meta = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let weight = self.0.at.weight() / assignments.len().max(1);
        for (line, assignment) in assignments {
            let read = recording(&assignment, &application, &meta);
            if let Err(error) = self.0.rows.push(line, weight, read) {
                *self.0.stopped = Some(error);
                return Err(de::Error::custom("nobody stores any more"));
            }
        }
        self.0.at.begin();
        Ok(())
    }
}

/// The value of `assignmentBag`: each record with the line that it begins on.
struct Assignments<'n> {
    at: &'n Place,
    into: &'n mut Vec<(u64, Assignment)>,
}

impl<'de> DeserializeSeed<'de> for Assignments<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Assignments<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record of an assignment, or a list of them")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Assignments { at: self.at, into: self.into })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let line = self.at.line();
        let assignment = Assignment::deserialize(MapAccessDeserializer::new(map))?;
        self.into.push((line, assignment));
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}

fn recording(assignment: &Assignment, application: &Text, meta: &Meta) -> Result<Recording, Problem> {
    let place = match (&*assignment.reel_number.0, &*assignment.frame_number.0) {
        ("", _) | (_, "") => {
            let (reel, frame) = assignment.both.0.split_once('/').unwrap_or((&assignment.both.0, ""));
            place("reelNumber/frameNumber", reel, frame)?
        }
        (reel, frame) => place("reelNumber", reel, frame)?,
    };
    let mut parties = Vec::new();
    for Assignor { assignor_name, execution_date } in assignment.assignor_bag.list() {
        let executed_on = day("executionDate", &execution_date.0)?;
        parties.extend(name("assignorName", &assignor_name.0)?.map(|name| Party::new(name, ASSIGNOR, executed_on)));
    }
    for Assignee { assignee_name_text, assignee_address: address } in assignment.assignee_bag.list() {
        let country = name("countryName", &address.country_name.0)?;
        let state = name("geographicRegionCode", &address.geographic_region_code.0)?;
        let named = name("assigneeNameText", &assignee_name_text.0)?;
        parties.extend(named.map(|name| Party::new(name, ASSIGNEE, None).of_country(country, state)));
    }
    Ok(Recording {
        place,
        text: prose("conveyanceText", &assignment.conveyance_text.0)?.map(str::to_owned),
        recorded_on: day("assignmentRecordedDate", &assignment.assignment_recorded_date.0)?,
        updated_on: None,
        is_purged: false,
        // An answer that names nobody says nothing of who takes part.
        parties: (!parties.is_empty()).then_some(parties),
        properties: property(application, meta)?.map(|property| vec![property]),
    })
}

/// The patent of an answer, where it says which it is.
fn property(application: &Text, meta: &Meta) -> Result<Option<Property>, Problem> {
    let mut property = Property {
        publications: Vec::new(),
        application: name("applicationNumberText", &application.0)?.map(str::to_owned),
        filed_on: day("filingDate", &meta.filing_date.0)?,
        title: name("inventionTitle", &meta.invention_title.0)?.map(str::to_owned),
    };
    for (column, number, date, is_grant) in [
        ("earliestPublicationNumber", &meta.earliest_publication_number, &meta.earliest_publication_date, false),
        ("patentNumber", &meta.patent_number, &meta.grant_date, true),
    ] {
        if let Some(number) = name(column, &number.0)? {
            property.publications.extend(Publication::new(number, None, day(column, &date.0)?, is_grant));
        }
    }
    Ok((!property.publications.is_empty()).then_some(property))
}
