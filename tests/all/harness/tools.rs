//! Programs that the tests run: Node.js, Python, git. What they print is the reason why a test fails.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the tests.
pub fn tests() -> PathBuf {
    root().join("tests")
}

/// Runs a program in a folder, and returns what it prints.
pub fn run(program: impl AsRef<Path>, arguments: &[&str], folder: &Path) -> String {
    let program = program.as_ref();
    let shown = format!("{} {}", program.display(), arguments.join(" "));
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("`{shown}` cannot be run: {error}. {INSTALL}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (printed, complaints) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "`{shown}` fails:\n{printed}\n{complaints}");
    printed
}

/// Runs a script of the tests with Node.js, and returns what it prints.
pub fn node(script: &str, arguments: &[&str]) -> String {
    node_packages();
    let arguments: Vec<&str> = [script].into_iter().chain(arguments.iter().copied()).collect();
    run("node", &arguments, &tests())
}

/// Sees to it that the packages for Node.js are installed.
pub fn node_packages() {
    installed("node_modules/.installed", "package-lock.json");
}

/// Sees to it that what a lock file asks for is installed.
pub fn installed(stamp: &str, lock: &str) {
    let read = |name: &str| std::fs::read(tests().join(name)).ok();
    assert!(read(stamp) == read(lock), "What tests/{lock} asks for is not installed. {INSTALL}");
}

const INSTALL: &str = "Run this, then try again:\n    scripts/requirements\n";
