//! A client of `graphql-transport-ws` that says exactly what it is told to.

use std::io::Read as _;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest as _;
use tungstenite::{Message, WebSocket};

/// What a client hears.
#[derive(Debug, PartialEq)]
pub enum Heard {
    /// A message.
    Message(Value),
    /// The end, with its code and reason.
    Closed(u16, String),
}

/// An open connection.
pub struct Socket(WebSocket<TcpStream>);

impl Socket {
    /// Connects, offering a protocol or none.
    pub fn offering(address: SocketAddr, protocol: Option<&str>) -> Self {
        let mut request = format!("ws://{address}/graphql").into_client_request().unwrap();
        if let Some(protocol) = protocol {
            request.headers_mut().insert("Sec-WebSocket-Protocol", protocol.parse().unwrap());
        }
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let (socket, _) = tungstenite::client(request, stream).unwrap();
        Self(socket)
    }

    /// Connects and does nothing more.
    pub fn open(address: SocketAddr) -> Self {
        Self::offering(address, Some("graphql-transport-ws"))
    }

    /// Connects and begins.
    pub fn begun(address: SocketAddr) -> Self {
        let mut socket = Self::open(address);
        socket.say(&json!({ "type": "connection_init" }));
        assert_eq!(socket.hear(), Heard::Message(json!({ "type": "connection_ack" })));
        socket
    }

    /// Says something.
    pub fn say(&mut self, message: &Value) {
        self.say_text(&message.to_string());
    }

    /// Says a text, whatever it is.
    pub fn say_text(&mut self, text: &str) {
        self.0.send(Message::text(text)).unwrap();
    }

    /// Says something that is no text.
    pub fn say_bytes(&mut self, bytes: &[u8]) {
        self.0.send(Message::binary(bytes.to_vec())).unwrap();
    }

    /// Begins an operation.
    pub fn subscribe(&mut self, id: &str, query: &str, variables: &Value) {
        self.say(&json!({ "type": "subscribe", "id": id, "payload": { "query": query, "variables": variables } }));
    }

    /// The next message, or the end.
    pub fn hear(&mut self) -> Heard {
        loop {
            match self.0.read() {
                Ok(Message::Text(text)) => return Heard::Message(serde_json::from_str(&text).unwrap()),
                Ok(Message::Close(Some(frame))) => return Heard::Closed(frame.code.into(), frame.reason.to_string()),
                Ok(Message::Close(None)) => return Heard::Closed(1005, String::new()),
                Ok(_) => {}
                Err(error) => panic!("nothing is heard: {error}"),
            }
        }
    }

    /// The next message, which is JSON.
    pub fn message(&mut self) -> Value {
        match self.hear() {
            Heard::Message(message) => message,
            Heard::Closed(code, reason) => panic!("the connection was closed: {code} {reason}"),
        }
    }

    /// The field's value of the next event of an operation.
    pub fn event(&mut self, id: &str, field: &str) -> Value {
        let message = self.message();
        assert_eq!((&message["type"], &message["id"]), (&json!("next"), &json!(id)), "{message}");
        message["payload"]["data"][field].clone()
    }

    /// The next message, if it comes within a time.
    pub fn message_within(&mut self, time: Duration) -> Option<Value> {
        self.0.get_ref().set_read_timeout(Some(time)).unwrap();
        let heard = self.0.read();
        self.0.get_ref().set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        match heard {
            Ok(Message::Text(text)) => Some(serde_json::from_str(&text).unwrap()),
            Ok(Message::Ping(_) | Message::Pong(_)) => None,
            Err(tungstenite::Error::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => None,
            other => panic!("the connection ended: {other:?}"),
        }
    }

    /// Whether nothing is heard for a while.
    pub fn is_silent(&mut self, time: Duration) -> bool {
        self.0.get_ref().set_read_timeout(Some(time)).unwrap();
        let heard = self.0.read();
        self.0.get_ref().set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        matches!(heard, Err(tungstenite::Error::Io(_)))
    }

    /// Answers nothing until the server has ended the connection: the opcode of the last frame that it sent by then.
    ///
    /// The bytes are read, not messages: for those the client would answer pings, to a server that may be gone.
    pub fn deaf(mut self) -> Option<u8> {
        let mut bytes = Vec::new();
        self.0.get_mut().read_to_end(&mut bytes).expect("the end of the connection");
        let (mut rest, mut last) = (bytes.as_slice(), None);
        while let [first, length, behind @ ..] = rest {
            assert!(*length < 126, "only control frames are expected, which are short");
            last = Some(first & 0x0f);
            rest = &behind[usize::from(*length)..];
        }
        last
    }

    /// Cuts the connection without a word.
    pub fn cut(self) {
        let _ = self.0.get_ref().shutdown(std::net::Shutdown::Both);
    }
}
