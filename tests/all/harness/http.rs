//! A server in this process, on a free port, and a client that sends it exactly the bytes it is told to.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use dealgraph::http::Server;

use super::{TestStore, config, engine_with};

/// A running server; it stops when it is dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    handle: actix_web::dev::ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Running {
    /// Starts a server on a store, with settings of its own.
    pub fn start(store: &TestStore, flags: &[&str]) -> Self {
        let flags: Vec<&str> = ["--bind-addr", "127.0.0.1:0"].into_iter().chain(flags.iter().copied()).collect();
        let config = config(&store.url, &flags);
        let engine = Arc::new(engine_with(store, &config));
        let (sender, receiver) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = Server::bind(&config, engine).unwrap();
                sender.send((server.address(), server.handle())).unwrap();
                server.run().await.unwrap();
            });
        });
        let (address, handle) = receiver.recv().unwrap();
        Self { address, handle, thread: Some(thread) }
    }

    /// Where it answers GraphQL.
    pub fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    /// Sends a request and reads the whole response.
    pub fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Received {
        send(self.address, method, target, headers, body)
    }

    /// Sends a GraphQL request as JSON.
    pub fn post(&self, body: &str) -> Received {
        self.send("POST", "/graphql", &[("Content-Type", "application/json")], body.as_bytes())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let stop = self.handle.stop(false);
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(stop);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

/// A response.
#[derive(Debug)]
pub struct Received {
    /// Its status.
    pub status: u16,
    /// Its headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: String,
}

impl Received {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The code of the first error in the body.
    pub fn code(&self) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("JSON: {self:?}"));
        body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends a request on a connection of its own and reads the whole response.
pub fn send(address: SocketAddr, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Received {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut head = format!("{method} {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    // A server may refuse a body before it was sent whole: what it says is still read.
    let _ = stream.write_all(body);
    receive(&mut stream)
}

/// Reads a whole response.
pub fn receive(stream: &mut TcpStream) -> Received {
    let mut bytes = Vec::new();
    let mut chunk = [0; 65_536];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => break,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("a response, not {text:?}"));
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        (name.trim().to_lowercase(), value.trim().to_owned())
    };
    Received { status, headers: lines.map(header).collect(), body: body.to_owned() }
}
