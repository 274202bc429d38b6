//! The binary as a process of its own, and plain HTTP to it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long anything may take, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary in a folder, with nothing in its environment but these settings.
pub(crate) fn command(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealgraph"));
    command.current_dir(folder).args(arguments).env_clear().envs(environment.iter().copied());
    command
}

/// The same in the mount namespace of a process, if there is one.
pub(crate) fn command_within(
    mounted_by: Option<u32>,
    folder: &Path,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Command {
    let Some(pid) = mounted_by else { return command(folder, arguments, environment) };
    let mut command = Command::new("nsenter");
    command.args(["--target", &pid.to_string(), "--mount"]);
    if crate::harness::Cluster::server_user().is_none() {
        command.args(["--user", "--preserve-credentials"]);
    }
    command.arg(env!("CARGO_BIN_EXE_dealgraph")).args(arguments).env_clear().envs(environment.iter().copied());
    command
}

/// Runs it to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    command(folder, arguments, environment).stdin(Stdio::null()).output().expect("the binary runs")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A running server. It ends with this value, also when a test panics.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    log: Receiver<String>,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    pub(crate) fn start(folder: &Path, environment: &[(&str, &str)]) -> Self {
        Self::of(command(folder, &[], environment))
    }

    /// The same of a command.
    pub(crate) fn of(mut command: Command) -> Self {
        command.env("BIND_ADDR", "127.0.0.1:0").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let stderr = child.stderr.take().expect("its log is a pipe");
        let (lines, log) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if lines.send(line).is_err() {
                    return;
                }
            }
        });
        let mut server = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), log };
        let line = server.wait_for_log("listening on http://");
        let (_, address) = line.split_once("http://").expect("the line has an address");
        server.address = address.trim().parse().expect("an address and a port");
        server
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The next line of the log with these words.
    pub(crate) fn wait_for_log(&self, words: &str) -> String {
        let mut seen = Vec::new();
        loop {
            match self.log.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => seen.push(line),
                Err(_) => panic!("the log never says {words:?}:\n{}", seen.join("\n")),
            }
        }
    }

    /// What else it logs until it ends.
    pub(crate) fn rest_of_log(&self) -> String {
        let mut lines = Vec::new();
        while let Ok(line) = self.log.recv_timeout(PATIENCE) {
            lines.push(line);
        }
        lines.join("\n")
    }

    /// Ends it as a fault would, with nothing put in order.
    pub(crate) fn kill(&self) {
        let pid = self.child.id().to_string();
        let status = Command::new("kill").args(["-KILL", &pid]).status().expect("`kill` runs");
        assert!(status.success());
    }

    /// Tells it to stop.
    pub(crate) fn terminate(&self) {
        let pid = self.child.id().to_string();
        let status = Command::new("kill").args(["-TERM", &pid]).status().expect("`kill` runs");
        assert!(status.success());
    }

    /// How it ended.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the child can be waited for") {
                return status;
            }
            assert!(begin.elapsed() < PATIENCE, "the server does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("the server takes connections");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout can be set");
        stream
    }

    /// Sends the head of a request and returns when the server waits for its body: then the request is under way.
    pub(crate) fn begin(&self, body: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(head(body, "Expect: 100-continue\r\n").as_bytes()).expect("a head");
        let expected = b"HTTP/1.1 100 Continue\r\n\r\n";
        let mut answer = vec![0; expected.len()];
        stream.read_exact(&mut answer).expect("an answer to the head");
        assert_eq!(text(&answer), text(expected));
        stream
    }

    /// Waits until it takes no more connections.
    pub(crate) fn wait_until_closed(&self) {
        let begin = Instant::now();
        while TcpStream::connect(self.address).is_ok() {
            assert!(begin.elapsed() < PATIENCE, "the server still takes connections");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The status and the body of an address.
    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("a request");
        response(stream)
    }

    /// What is answered to a query.
    pub(crate) fn query(&self, document: &str) -> serde_json::Value {
        let body = serde_json::json!({ "query": document }).to_string();
        let mut stream = self.connect();
        stream.write_all(head(&body, "").as_bytes()).expect("a request");
        stream.write_all(body.as_bytes()).expect("a body");
        let (status, body) = response(stream);
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).expect("JSON")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already cannot be killed, and need not be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The head of a request with this body.
fn head(body: &str, more: &str) -> String {
    format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
         {more}Content-Length: {}\r\n\r\n",
        body.len()
    )
}

/// The status and the body of the one response of a connection.
pub(crate) fn response(mut stream: TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("a response");
    let whole = text(&bytes);
    let (head, body) = whole.split_once("\r\n\r\n").unwrap_or_else(|| panic!("a response has a head: {whole:?}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, body.to_owned())
}
