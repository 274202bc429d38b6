//! The load: connections that each ask, wait for the whole answer, and ask again.
//!
//! It is our own, since general tools send one request, or a script's: here every answer's length is compared with the one
//! that was checked, requests go through their variables in the same order on both servers, and CPU time is read at the
//! moments at which a round begins and ends.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Fault;

/// A request, and how long its answer is known to be.
pub struct Shot {
    pub request: Vec<u8>,
    pub answer_len: usize,
}

/// What a load measured.
pub struct Measured {
    pub elapsed: Duration,
    /// How long each request took.
    pub latencies: Vec<Duration>,
}

/// A connection that is kept open.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    pub async fn open(port: u16) -> Result<Self, Fault> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 512 * 1024] })
    }

    /// Asks, and gives the body of the answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<&[u8], Fault> {
        self.stream.write_all(request).await?;
        let mut filled = 0;
        let (head, length) = loop {
            filled += self.read(filled).await?;
            if let Some(found) = head(&self.buffer[..filled])? {
                break found;
            }
        };
        if self.buffer.len() < head + length {
            self.buffer.resize(head + length, 0);
        }
        while filled < head + length {
            filled += self.read(filled).await?;
        }
        Ok(&self.buffer[head..head + length])
    }

    async fn read(&mut self, from: usize) -> Result<usize, Fault> {
        match self.stream.read(&mut self.buffer[from..]).await? {
            0 => Err("the server closed the connection".into()),
            count => Ok(count),
        }
    }
}

/// How long the head of an answer is, and how long its body; nothing while the head is not there as a whole.
fn head(bytes: &[u8]) -> Result<Option<(usize, usize)>, Fault> {
    let Some(end) = bytes.windows(4).take(2_000).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let text = std::str::from_utf8(&bytes[..end])?;
    if !text.starts_with("HTTP/1.1 200 ") {
        return Err(
            format!("a request was refused: {}", String::from_utf8_lossy(&bytes[..bytes.len().min(600)])).into()
        );
    }
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    Ok(Some((end + 4, length.ok_or("an answer without a length")?)))
}

/// Asks each request once, and gives it with the length of its answer, which must hold data.
pub async fn shots(client: &mut Client, requests: Vec<Vec<u8>>) -> Result<Vec<Shot>, Fault> {
    let mut shots = Vec::new();
    for request in requests {
        let answer_len = data(client.ask(&request).await?)?.len();
        shots.push(Shot { request, answer_len });
    }
    Ok(shots)
}

/// Asks each request once, over several connections.
pub async fn each_once(port: u16, connections: usize, requests: &[Vec<u8>]) -> Result<(), Fault> {
    let tasks = (0..connections).map(|number| async move {
        let mut client = Client::open(port).await?;
        for request in requests.iter().skip(number).step_by(connections) {
            data(client.ask(request).await?)?;
        }
        Ok::<(), Fault>(())
    });
    futures_util::future::join_all(tasks).await.into_iter().collect()
}

/// An answer that holds data: a refused document has status 200 too.
fn data(answer: &[u8]) -> Result<&[u8], Fault> {
    if answer.starts_with(b"{\"data\":{") {
        return Ok(answer);
    }
    Err(format!("a request was refused: {}", String::from_utf8_lossy(&answer[..answer.len().min(600)])).into())
}

/// Loads a server for a time.
pub async fn load(port: u16, connections: usize, time: Duration, shots: &[Shot]) -> Result<Measured, Fault> {
    let begin = Instant::now();
    let end = begin + time;
    let tasks = (0..connections).map(|number| connection(port, end, shots, number * 7));
    let all: Result<Vec<Vec<Duration>>, Fault> = futures_util::future::join_all(tasks).await.into_iter().collect();
    let latencies = all?.into_iter().flatten().collect();
    Ok(Measured { elapsed: begin.elapsed(), latencies })
}

async fn connection(port: u16, end: Instant, shots: &[Shot], first: usize) -> Result<Vec<Duration>, Fault> {
    let mut client = Client::open(port).await?;
    let mut latencies = Vec::new();
    for shot in shots.iter().cycle().skip(first % shots.len()) {
        let begin = Instant::now();
        if begin >= end {
            break;
        }
        let answer = client.ask(&shot.request).await?;
        if answer.len() != shot.answer_len {
            return Err(format!("an answer of {} bytes instead of {}", answer.len(), shot.answer_len).into());
        }
        latencies.push(begin.elapsed());
    }
    Ok(latencies)
}
