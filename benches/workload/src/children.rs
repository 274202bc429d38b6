//! The processes that a run starts: they end with the bench, however it ends; and what they take of CPU time and memory.

use std::os::unix::process::{CommandExt as _, parent_id};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use nix::sys::prctl::set_pdeathsig;
use nix::sys::signal::Signal;
use nix::time::clock_getcpuclockid;
use nix::unistd::Pid;

use crate::Fault;

/// A server that ends when this is dropped, and when the bench ends: the system kills it, whatever ended the bench.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts a program as this one's `leashed`; what it logs goes to this one's error output.
    pub fn start(program: &Path, arguments: &[String]) -> Result<Self, Fault> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["leashed", &std::process::id().to_string()]).arg(program).args(arguments);
        Ok(Self { child: command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()? })
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Becomes another program that is killed when the bench ends. Comes back only if that fails.
pub fn become_leashed(bench: u32, command: &[std::ffi::OsString]) -> Fault {
    if let Err(error) = set_pdeathsig(Signal::SIGKILL) {
        return error.into();
    }
    // It may have ended before the system was told.
    if parent_id() != bench {
        return "the bench has ended".into();
    }
    let Some((program, arguments)) = command.split_first() else { return "there is no program to become".into() };
    Command::new(program).args(arguments).exec().into()
}

/// A shell script in a group of processes of its own, which ends when its input does: when this is dropped, or the bench
/// has ended. What it does then is done in any case.
pub struct Keeper {
    pipe: Option<ChildStdin>,
    child: Child,
}

impl Keeper {
    pub fn start(script: &str, arguments: &[String]) -> Result<Self, Fault> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script, "dealgraph-bench"]).args(arguments).current_dir("/").process_group(0);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        Ok(Self { pipe: child.stdin.take(), child })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.pipe.take());
        let _ = self.child.wait();
    }
}

/// A new folder among the system's temporary ones.
pub fn new_folder() -> Result<PathBuf, Fault> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let name = format!("dealgraph-bench-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir(&folder)?;
    Ok(folder)
}

/// A folder that is removed when this is dropped, or the bench has ended.
pub struct Folder {
    pub path: PathBuf,
    _keeper: Keeper,
}

impl Folder {
    pub fn new() -> Result<Self, Fault> {
        let path = new_folder()?;
        let script = "trap '' INT TERM HUP; cat >/dev/null; rm -rf \"$1\"";
        Ok(Self { _keeper: Keeper::start(script, &[path.display().to_string()])?, path })
    }
}

/// A port that is free just now.
pub fn free_port() -> Result<u16, Fault> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The CPU time of a process so far, of all its threads, ended ones too, to the nanosecond: `/proc/<pid>/stat` counts
/// in hundredths of a second, for each of PostgreSQL's processes.
pub fn cpu(pid: u32) -> Duration {
    let clock = i32::try_from(pid).ok().and_then(|pid| clock_getcpuclockid(Pid::from_raw(pid)).ok());
    clock.and_then(|clock| clock.now().ok()).map_or(Duration::ZERO, Duration::from)
}

/// The CPU time of a process and its children so far. Those that have ended count in hundredths of a second.
pub fn cpu_with_children(pid: u32) -> Duration {
    let hundredths: u64 = stat(pid).map_or(0, |fields| fields.iter().skip(12).take(2).sum());
    children(pid).into_iter().map(cpu).sum::<Duration>() + cpu(pid) + Duration::from_millis(hundredths * 10)
}

/// The processes that a process has started and that have not ended.
pub fn children(pid: u32) -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|other| stat(*other).is_some_and(|fields| fields.first() == Some(&u64::from(pid)))).collect()
}

/// The fields of `/proc/<pid>/stat` behind the name, which may hold anything, and the state.
fn stat(pid: u32) -> Option<Vec<u64>> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().skip(1).map(|field| field.parse().unwrap_or(0)).collect())
}

/// What a process calls itself; PostgreSQL's say whom they serve.
pub fn title(pid: u32) -> String {
    let bytes = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Anonymous memory of a process in MiB: what it has for itself, without files and memory that is shared.
pub fn anonymous_mib(pid: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kib: f64 = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0.0);
    kib / 1024.0
}
