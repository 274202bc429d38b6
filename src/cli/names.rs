//! Names: measuring the rules, and deciding what they left open.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::names::{Decision, measure};
use crate::store::names::{Given, listed, name_of};
use crate::store::{self, Connection, IdMaker};

/// A line of a file of decisions.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionLine {
    /// The spelling, as it is written.
    spelling: String,
    /// The slug of the company.
    company: String,
    /// `CONFIRMED` or `REFUSED`.
    decision: String,
}

/// What the rules make of labelled spellings.
pub(super) fn measured(file: &Path, explain: bool) -> Result<String, Failure> {
    let wrong = |error: String| Failure::Input(format!("{}: {error}", file.display()));
    let open = std::fs::File::open(file).map_err(|error| wrong(error.to_string()))?;
    let labelled = measure::read(open).map_err(|error| wrong(error.to_string()))?;
    let measured = measure::measure(&labelled);
    let mut text = format!(
        "spellings {}, entities {}, companies {}\npairs: labelled {}, joined {}, right {}\nprecision {:.4}\nrecall    {:.4}\n",
        measured.spellings,
        measured.entities,
        measured.companies,
        measured.labelled,
        measured.joined,
        measured.right,
        measured.precision(),
        measured.recall(),
    );
    if explain {
        for line in measured.explain(&labelled) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    Ok(text)
}

/// Takes decisions: of listed matches by id, and of a file. All of them are kept, or none.
pub(super) fn decide(
    connection: &mut Connection,
    ids: &mut IdMaker,
    of_listed: &[(i64, Decision)],
    file: Option<&Path>,
) -> Result<(), Failure> {
    let lines = file.map(decisions).transpose()?.unwrap_or_default();
    let given: Vec<Given<'_>> = lines
        .iter()
        .map(|(line, decision)| Given { spelling: &line.spelling, company: &line.company, decision: *decision })
        .collect();
    store::names::decide(connection, ids, of_listed, &given).map_err(|error| Failure::Input(error.to_string()))
}

/// The lines of a file of decisions.
fn decisions(file: &Path) -> Result<Vec<(DecisionLine, Decision)>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::Input(format!("{}: {error}", file.display())))?;
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{}, line {}", file.display(), number + 1);
        let line: DecisionLine =
            serde_json::from_str(line).map_err(|error| Failure::Input(format!("{place}: {error}")))?;
        let decision = [Decision::Confirmed, Decision::Refused].into_iter().find(|one| name_of(*one) == line.decision);
        let Some(decision) = decision else {
            let wrong = format!("{place}: the decision is `{}`; it must be `CONFIRMED` or `REFUSED`", line.decision);
            return Err(Failure::Input(wrong));
        };
        lines.push((line, decision));
    }
    Ok(lines)
}

/// The open matches, a line each, with tabs between id, percent, doubt, spelling, the spelling that is like it, and its
/// company; or the decisions that were made, as a file of them.
pub(super) fn review(connection: &mut Connection, decided: bool, limit: i64) -> Result<String, Failure> {
    let mut text = String::new();
    for one in listed(connection, !decided, limit)? {
        let line = if decided {
            let line = DecisionLine { spelling: one.spelling, company: one.company, decision: one.decision };
            serde_json::to_string(&line).map_err(|error| Failure::Input(error.to_string()))?
        } else {
            let (score, doubt) = (one.score, one.doubt);
            format!("{}\t{score}\t{doubt}\t{}\t{}\t{}", one.id, one.spelling, one.spelt_like, one.company)
        };
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}
