//! Dealgraph's own format, [`crate::ingest::deals`]: lines of any kind in one file, each of which refers to what stands in
//! the store or on an earlier line, by natural keys.
//!
//! A batch is stored in runs of lines of one kind that stand behind one another, so that each run finds what the one
//! before it stored. Of several files, the ones whose first lines are of a kind that others refer to are read first.
//!
//! A line that names what stands changes what it says otherwise; what it is silent of stays. Nothing is taken away.

mod agreement;
mod alone;
mod area;
mod company;
mod evidence;
mod field;
mod patent;
mod person;
mod read;
mod recorded;
mod refs;
mod register;
mod relation;
mod run;
mod sheet;
mod source;
mod standard;
mod tied;
mod transfer;

use std::mem::discriminant;

use crate::ingest::deals::{KINDS, Line};
use crate::ingest::import::input::Entry;
use crate::ingest::import::{DataSet, Desk, Fate, Format, ImportError, Input, Pass, Recognised, Rows};
pub(crate) use recorded::{Fact, RecordError, Recorded, agreement_row, company_row, record};
use refs::Refs;
use run::store;

/// See the module.
pub(crate) struct Deals;

static DATA_SET: DataSet = DataSet { publisher: "Dealgraph", title: "Deals" };

impl Format for Deals {
    fn name(&self) -> &'static str {
        "deals"
    }

    fn data_set(&self) -> &'static DataSet {
        &DATA_SET
    }

    fn recognise(&self, entry: &Entry) -> Recognised {
        match read::first_kind(&entry.head) {
            Ok(rank) => Recognised::Pass(Box::new(Pages { rank, refs: Refs::default() })),
            Err(found) => Recognised::Unknown(format!(
                "its first line begins with {found}, where an object with one of the keys {} was expected",
                KINDS.join(", ")
            )),
        }
    }
}

/// A file of the format.
struct Pages {
    rank: u8,
    refs: Refs,
}

impl Pass for Pages {
    type Record = Line;

    fn file_name(&self) -> &'static str {
        "deals.jsonl"
    }

    fn rank(&self) -> u8 {
        self.rank
    }

    fn read(input: Input<'_>, rows: &mut Rows<Line>) -> Result<(), ImportError> {
        read::read(input, rows)
    }

    fn store(&mut self, lines: Vec<Line>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let mut fates = Vec::with_capacity(lines.len());
        let mut lines = lines.into_iter().peekable();
        while let Some(first) = lines.next() {
            let kind = discriminant(&first);
            let mut run = vec![first];
            // An area can be below the one on the line before.
            let goes_on = |line: &Line| discriminant(line) == kind && !matches!(line, Line::Area(_));
            while let Some(line) = lines.next_if(goes_on) {
                run.push(line);
            }
            fates.extend(self.store_run(run, desk)?);
        }
        Ok(fates)
    }
}

/// The lines of a run, all of one kind, as what they hold.
macro_rules! lines {
    ($run:ident of $kind:ident) => {
        $run.into_iter()
            .filter_map(|line| if let Line::$kind(line) = line { Some(line) } else { None })
            .collect::<Vec<_>>()
    };
}

impl Pages {
    fn store_run(&mut self, run: Vec<Line>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let refs = &mut self.refs;
        match run.first() {
            None => Ok(Vec::new()),
            Some(Line::Source(_)) => {
                refs.forget_sources();
                store(&lines!(run of Source), refs, desk)
            }
            Some(Line::Area(_)) => store(&lines!(run of Area), refs, desk),
            Some(Line::Location(_)) => store(&lines!(run of Location), refs, desk),
            Some(Line::Company(_)) => store(&lines!(run of Company), refs, desk),
            Some(Line::Relation(_)) => store(&lines!(run of Relation), refs, desk),
            Some(Line::Rivalry(_)) => store(&lines!(run of Rivalry), refs, desk),
            Some(Line::LeiRecord(_)) => store(&lines!(run of LeiRecord), refs, desk),
            Some(Line::ParentException(_)) => store(&lines!(run of ParentException), refs, desk),
            Some(Line::Patent(_)) => store(&lines!(run of Patent), refs, desk),
            Some(Line::Cites(_)) => store(&lines!(run of Cites), refs, desk),
            Some(Line::Standard(_)) => store(&lines!(run of Standard), refs, desk),
            Some(Line::Declaration(_)) => store(&lines!(run of Declaration), refs, desk),
            Some(Line::DeclaredPatent(_)) => store(&lines!(run of DeclaredPatent), refs, desk),
            Some(Line::Agreement(_)) => store(&lines!(run of Agreement), refs, desk),
            Some(Line::Transfer(_)) => store(&lines!(run of Transfer), refs, desk),
            Some(Line::Purged(_)) => store(&lines!(run of Purged), refs, desk),
            Some(Line::Person(_)) => store(&lines!(run of Person), refs, desk),
            Some(Line::NameMatch(_)) => store(&lines!(run of NameMatch), refs, desk),
        }
    }
}
