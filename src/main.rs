//! The `dealgraph` binary.

use std::process::ExitCode;

use clap::Parser;
use dealgraph::config::Cli;

fn main() -> ExitCode {
    // A missing `.env` is no mistake; one that cannot be read is.
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        return fail(&format!("the file .env cannot be read: {error}"));
    }
    match dealgraph::cli::run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(why: &str) -> ExitCode {
    use std::io::Write as _;
    // There is nowhere else to say so.
    let _ = writeln!(std::io::stderr(), "dealgraph: {why}");
    ExitCode::FAILURE
}
