//! One temporary folder for the test process, removed when the process ends, however it ends.
//!
//! A small shell process waits for the end of a pipe whose other end only this process holds. The kernel closes it at
//! the end of this process, also after a kill; then the shell stops what still runs in the folder and removes it.

use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

struct Folder {
    path: PathBuf,
    _pipe: ChildStdin,
    _keeper: Child,
}

const KEEPER: &str = "trap '' INT TERM HUP; cat >/dev/null; rm -rf \"$1\"";

/// The folder of this process.
pub(super) fn path() -> &'static Path {
    static FOLDER: OnceLock<Folder> = OnceLock::new();
    &FOLDER
        .get_or_init(|| {
            let path = create("files");
            let (keeper, pipe) = keep(KEEPER, &[path.as_os_str()]);
            Folder { path, _pipe: pipe, _keeper: keeper }
        })
        .path
}

/// Makes a new temporary folder.
pub(super) fn create(purpose: &str) -> PathBuf {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is past 1970").as_nanos();
    let name = format!("dealgraph-tests-{}-{purpose}-{now}", std::process::id());
    let path = std::env::temp_dir().join(name);
    std::fs::create_dir(&path).unwrap_or_else(|error| panic!("{} can be made: {error}", path.display()));
    path
}

/// Starts a shell script that lives at least until this process ends; its standard input ends then.
///
/// It has a process group of its own, so that it outlives an interrupt at the terminal or the kill of this group.
pub(super) fn keep(script: &str, arguments: &[&std::ffi::OsStr]) -> (Child, ChildStdin) {
    use std::os::unix::process::CommandExt;
    let mut child = Command::new("/bin/sh")
        .args(["-c", script, "dealgraph-tests"])
        .args(arguments)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a shell can be started");
    let pipe = child.stdin.take().expect("its input is a pipe");
    (child, pipe)
}
