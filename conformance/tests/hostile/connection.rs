//! One request to a hostile server, and the ways to treat its client.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::relay::{Relay, Request};

/// A client that hangs on is let go after this: it has its own limits, which are shorter.
const LONGEST: Duration = Duration::from_secs(50);

/// A legal refusal, as the documentation has it.
pub(crate) const REFUSAL: &str =
    r#"{"detail":"no","error":403,"errorCode":"NO","parameters":[],"reason":"Forbidden"}"#;

/// The head of such a refusal, but for what says how long its body is.
pub(crate) const REFUSAL_HEAD: &str =
    "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n";

/// A request as the hostile server meets it.
pub(crate) struct Connection<'a> {
    stream: &'a TcpStream,
    /// What was asked, as far as it was read.
    pub(crate) request: Request,
    /// How many requests of this kind there were, with this one.
    pub(crate) number: usize,
    relay: &'a Relay,
}

impl<'a> Connection<'a> {
    pub(crate) fn new(
        stream: &'a TcpStream,
        request: Request,
        number: usize,
        relay: &'a Relay,
    ) -> Self {
        let _ = stream.set_write_timeout(Some(LONGEST));
        let _ = stream.set_read_timeout(Some(LONGEST));
        Self { stream, request, number, relay }
    }

    /// Sends these bytes.
    pub(crate) fn say(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())
    }

    /// Sends an answer that is right but for its content; `fields` are further lines of the head.
    pub(crate) fn answer(
        &mut self,
        status: &str,
        fields: &str,
        body: impl AsRef<[u8]>,
    ) -> io::Result<()> {
        let body = body.as_ref();
        let head = format!(
            "HTTP/1.1 {status}\r\n{fields}Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        self.say(head)?;
        self.say(body)
    }

    /// Sends a refusal whose head has these further lines.
    pub(crate) fn refuse_with(&mut self, fields: &[u8]) -> io::Result<()> {
        self.say(REFUSAL_HEAD)?;
        self.say(fields)?;
        self.say(format!("Content-Length: {}\r\nConnection: close\r\n\r\n", REFUSAL.len()))?;
        self.say(REFUSAL)
    }

    /// Sends a JSON body as a success, in the media type that fits the request.
    pub(crate) fn succeed(&mut self, body: impl AsRef<[u8]>) -> io::Result<()> {
        let media = match self.request.is_removal() {
            true => "application/vnd.atlas.2025-02-19+json",
            false => "application/json",
        };
        self.answer("200 OK", &format!("Content-Type: {media}\r\n"), body)
    }

    /// Sends these bytes again and again, until the client goes.
    pub(crate) fn flood(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        let bytes = bytes.as_ref().repeat((32 * 1024 / bytes.as_ref().len()).max(1));
        loop {
            self.say(&bytes)?;
        }
    }

    /// Sends a byte a second.
    pub(crate) fn drip(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        for byte in bytes.as_ref() {
            self.say([*byte])?;
            std::thread::sleep(Duration::from_secs(1));
        }
        Ok(())
    }

    /// Says nothing until the client goes.
    pub(crate) fn hold(&mut self) -> io::Result<()> {
        let mut byte = [0; 1024];
        while self.stream.read(&mut byte)? > 0 {}
        Ok(())
    }

    /// Ends its own half of the connection.
    pub(crate) fn say_no_more(&mut self) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)
    }

    /// What an honest server answers.
    pub(crate) fn honest(&mut self) -> io::Result<Vec<u8>> {
        self.relay.ask(&self.request)
    }

    /// ObservedResponses as an honest server does.
    pub(crate) fn behave(&mut self) -> io::Result<()> {
        let answer = self.honest()?;
        self.say(answer)
    }
}
