//! Has the crate built again when the playground was, which is embedded in it.

use std::io::Write;
use std::path::Path;

fn main() -> std::io::Result<()> {
    // A folder that is not there would count as changed every time; its parent changes when it is made.
    let watched = if Path::new("web/dist").exists() { "web/dist" } else { "web" };
    writeln!(std::io::stdout(), "cargo::rerun-if-changed={watched}")
}
