//! The processes that a run starts, and how much CPU time they took.

use std::process::{Child, Command, Stdio};

use crate::Fault;

/// A child process that ends when this is dropped.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts it; what it says goes to this process's error output only if it fails.
    pub fn start(command: &mut Command) -> Result<Self, Fault> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        Ok(Self { child })
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that is free just now.
pub fn free_port() -> Result<u16, Fault> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The fields of `/proc/<pid>/stat` behind the name, which may hold anything.
fn stat(pid: u32) -> Option<Vec<u64>> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().skip(1).map(|field| field.parse().unwrap_or(0)).collect())
}

/// CPU time in milliseconds, user and system, of a process; Linux counts it in hundredths of a second.
pub fn cpu_ms(pid: u32) -> f64 {
    let Some(fields) = stat(pid) else { return 0.0 };
    let ticks: u64 = [10, 11].iter().filter_map(|place| fields.get(*place)).sum();
    ticks as f64 * 10.0
}

/// The same of a process and the processes that it started.
pub fn cpu_ms_with_children(pid: u32) -> f64 {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let children = pids.filter(|other| stat(*other).is_some_and(|fields| fields.first() == Some(&u64::from(pid))));
    cpu_ms(pid) + children.map(cpu_ms).sum::<f64>()
}
