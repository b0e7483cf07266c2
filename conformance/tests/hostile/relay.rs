//! An honest server behind the hostile one, so that checks get as far as what is spoilt.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Where a hostile hook is found.
pub(crate) const HOOK: &str = "/state";

/// A request as it came, with `Connection: close` added.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) head: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Reads a head, and nothing of the body.
    pub(crate) fn read_head_alone(mut stream: &TcpStream) -> io::Result<Self> {
        let mut seen = vec![0; 64 * 1024];
        loop {
            let there = stream.peek(&mut seen)?;
            if there == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(end) = seen[..there].windows(4).position(|end| end == b"\r\n\r\n") {
                let mut head = vec![0; end + 4];
                stream.read_exact(&mut head)?;
                return Ok(Self { head, body: Vec::new() });
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Reads a head, byte for byte.
    pub(crate) fn read_head(stream: &mut impl Read) -> io::Result<Self> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            if stream.read(&mut byte)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            head.push(byte[0]);
        }
        Ok(Self { head, body: Vec::new() })
    }

    /// Reads the body as it travels: the suite sends its length, or one chunk and the last.
    pub(crate) fn read_body(&mut self, stream: &mut impl Read) -> io::Result<()> {
        let head = String::from_utf8_lossy(&self.head).to_ascii_lowercase();
        if head.contains("\r\ntransfer-encoding: chunked\r\n") {
            let mut byte = [0];
            while !self.body.ends_with(b"0\r\n\r\n") {
                stream.read_exact(&mut byte)?;
                self.body.push(byte[0]);
            }
            return Ok(());
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
        self.body = vec![0; length];
        stream.read_exact(&mut self.body)
    }

    pub(crate) fn is_head(&self) -> bool {
        self.line().starts_with("HEAD ")
    }

    pub(crate) fn is_removal(&self) -> bool {
        self.line().contains(":removeRole")
    }

    pub(crate) fn is_for_the_hook(&self) -> bool {
        self.line().contains(HOOK)
    }

    pub(crate) fn is_for_a_token(&self) -> bool {
        self.line().contains("/api/oauth/token")
    }

    fn line(&self) -> String {
        let line = self.head.split(|byte| *byte == b'\r').next().unwrap_or_default();
        String::from_utf8_lossy(line).into_owned()
    }
}

/// The way to the honest server.
#[derive(Debug, Clone)]
pub(crate) struct Relay {
    address: String,
}

impl Relay {
    /// To the server at a URL without a path.
    pub(crate) fn to(url: &str) -> Self {
        Self { address: url.trim_start_matches("http://").to_owned() }
    }

    /// What the honest server answers, as it comes from the wire.
    pub(crate) fn ask(&self, request: &Request) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(&self.address)?;
        let (fields, end) = request.head.split_at(request.head.len() - 2);
        let whole = [fields, b"Connection: close\r\n", end, &request.body].concat();
        stream.write_all(&whole)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }
}
