//! The `dealgraph` binary.

use std::process::ExitCode;

use clap::Parser;
use dealgraph::config::{Cli, without_passwords};

/// What shells know as a wrong use of a command.
const WRONG_USE: u8 = 2;

fn main() -> ExitCode {
    // A missing `.env` is no mistake; one that cannot be read is.
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        return fail(&format!("the file .env cannot be read: {error}"));
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version are no mistakes, and clap prints them itself.
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) => {
            fail(&without_passwords(&error.to_string()));
            return ExitCode::from(WRONG_USE);
        }
    };
    match dealgraph::cli::run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(why: &str) -> ExitCode {
    use std::io::Write as _;
    // There is nowhere else to say so.
    let _ = writeln!(std::io::stderr(), "dealgraph: {}", why.trim_end());
    ExitCode::FAILURE
}
