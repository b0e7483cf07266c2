//! Bytes to and from the target: one hyper connection, nothing added, nothing hidden.
//!
//! A client library would normalise paths, follow redirects, retry and decompress. The suite
//! has to send what a well-behaved client never would and to see what really came back.

use std::future::poll_fn;
use std::pin::pin;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use url::Url;

use crate::exchange::{Answer, Exchange, Request, Silence};
use crate::target::received::{Received, Watched};
use crate::target::trust::{Trust, why_no_handshake};
use crate::target::unreadable;

/// The longest body that is read; the documented ones are below 2 KiB, and one that repeats the
/// longest request is below 400 KiB.
const BODY_LIMIT: usize = 1024 * 1024;

/// The most bytes that are read for one answer, interim answers and sizes of chunks included.
const MOST: usize = 2 * 1024 * 1024;

/// The longest head that is read, and the most fields in it.
const LONGEST_HEAD: usize = 128 * 1024;
const FIELDS: usize = 256;

/// A timer that goes off this much too late tells that this process was held up.
const HELD_UP: Duration = Duration::from_millis(50);

/// The way to one target.
#[derive(Clone)]
pub struct Wire {
    host: String,
    port: u16,
    authority: String,
    tls: Option<TlsConnector>,
    timeout: Duration,
}

/// An open connection, for checks that send more than one request on it.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    answers: u32,
    received: Received,
    driver: JoinHandle<()>,
}

impl Drop for Connection {
    /// A server that goes on sending is not listened to any longer.
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl Connection {
    /// How many answers have come on it.
    pub fn answers(&self) -> u32 {
        self.answers
    }

    /// Whether the server still takes a request on this connection.
    pub async fn is_open(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }
}

impl Wire {
    /// The way to `url` (scheme, host and port); each exchange may last for `timeout`. Over TLS the
    /// server has to have a certificate that is trusted.
    ///
    /// # Errors
    /// In words, when the URL has no host or the system's certificates can't be read.
    pub fn new(url: &Url, trust: &Trust, timeout: Duration) -> Result<Self, String> {
        let host = url.host_str().ok_or_else(|| format!("`{url}` names no host"))?;
        let port = url.port_or_known_default().ok_or_else(|| format!("`{url}` names no port"))?;
        let tls = match url.scheme() {
            "http" => None,
            "https" => Some(trust.connector()?),
            other => return Err(format!("expected http:// or https://, got `{other}://`")),
        };
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { host, port, authority, tls, timeout })
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// When none could be had in time: nothing was sent then.
    pub async fn connect(&self) -> Result<Connection, Silence> {
        let limit = self.timeout.as_secs_f64();
        let until = tokio::time::Instant::now() + self.timeout;
        let address = (self.host.as_str(), self.port);
        let connected = tokio::time::timeout_at(until, TcpStream::connect(address)).await;
        let stream = connected
            .map_err(|_| Silence::Unreachable(format!("none was accepted within {limit} s")))?
            .map_err(|error| unreachable(&error))?;
        stream.set_nodelay(true).map_err(|error| unreachable(&error))?;
        let Some(tls) = &self.tls else {
            return speak(stream).await.map_err(|error| unreachable(&error));
        };
        let name = rustls::pki_types::ServerName::try_from(self.host.clone())
            .map_err(|error| unreachable(&error))?;
        let shaken = tokio::time::timeout_at(until, tls.connect(name, stream)).await;
        let stream = shaken
            .map_err(|_| format!("the TLS handshake was not complete within {limit} s"))
            .and_then(|shaken| shaken.map_err(|error| why_no_handshake(&error, &self.host)))
            .map_err(Silence::Unreachable)?;
        speak(stream).await.map_err(|error| unreachable(&error))
    }

    /// Sends one request on a connection of its own.
    pub async fn send(&self, request: Request) -> Exchange {
        match self.connect().await {
            Ok(mut connection) => self.send_on(&mut connection, request).await,
            Err(silence) => {
                let started = Instant::now();
                let (outcome, duration) = (Err(silence), Duration::ZERO);
                Exchange { request, outcome, started, duration, came: 0, surplus: 0 }
            }
        }
    }

    /// Sends one request on an open connection.
    pub async fn send_on(&self, connection: &mut Connection, mut request: Request) -> Exchange {
        ask_for_no_coding(&mut request);
        let started = Instant::now();
        if connection.answers > 0 {
            connection.received.forget();
        }
        let outcome = match self.prepare(&request) {
            Err(reason) => Err(Silence::Dropped(reason)),
            Ok(prepared) => self
                .in_time(exchange(connection, prepared))
                .await
                .unwrap_or_else(|| Err(self.late(connection))),
        };
        connection.answers += u32::from(outcome.is_ok());
        let came = connection.received.bytes();
        let surplus = connection.received.surplus();
        Exchange { request, outcome, started, duration: started.elapsed(), came, surplus }
    }

    /// The output of a future, unless the time limit passes. For as long as this process itself
    /// was held up when the limit passed, the server has a little more time.
    async fn in_time<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        let until = tokio::time::Instant::now() + self.timeout;
        if let Ok(output) = tokio::time::timeout_at(until, &mut future).await {
            return Some(output);
        }
        let held_up = until.elapsed();
        if held_up < HELD_UP {
            return None;
        }
        tokio::time::timeout(held_up.min(self.timeout), future).await.ok()
    }

    /// What the time limit cut off.
    fn late(&self, connection: &Connection) -> Silence {
        match connection.received.bytes() {
            0 => Silence::TimedOut(self.timeout),
            _ => Silence::Stalled(self.timeout),
        }
    }

    fn prepare(&self, request: &Request) -> Result<http::Request<Full<Bytes>>, String> {
        let mut builder = http::Request::builder()
            .method(request.method.as_str())
            .uri(request.target.as_str())
            .header("Host", &self.authority);
        for (name, value) in &request.headers {
            builder = builder.header(name.as_str(), value.as_slice());
        }
        if request.body.is_empty() && request.method == "POST" {
            builder = builder.header("Content-Length", "0");
        }
        builder
            .body(Full::new(request.body.clone()))
            .map_err(|error| format!("this request can't be sent: {error}"))
    }
}

/// Without the field a server may choose any coding (RFC 9110, 12.5.3), and bodies are judged as they
/// come.
fn ask_for_no_coding(request: &mut Request) {
    const FIELD: &str = "Accept-Encoding";
    if request.headers.iter().all(|(name, _)| !name.eq_ignore_ascii_case(FIELD)) {
        request.headers.push((FIELD.to_owned(), b"identity".to_vec()));
    }
}

fn unreachable(error: &dyn std::error::Error) -> Silence {
    Silence::Unreachable(unreadable::chain(error))
}

/// Speaks HTTP/1.1 on a stream.
async fn speak<S>(stream: S) -> hyper::Result<Connection>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let received = Received::up_to(MOST);
    let io = TokioIo::new(Watched::new(stream, received.clone()));
    let mut protocol = http1::Builder::new();
    protocol.max_headers(FIELDS).max_buf_size(LONGEST_HEAD);
    let (sender, mut connection) = protocol.handshake(io).await?;
    let driver = tokio::spawn({
        let received = received.clone();
        async move {
            // Whoever waits for an answer is told of the same error.
            let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
            received.left_over(connection.into_parts().read_buf.len());
        }
    });
    Ok(Connection { sender, answers: 0, received, driver })
}

async fn exchange(
    connection: &mut Connection,
    request: http::Request<Full<Bytes>>,
) -> Result<Answer, Silence> {
    let Connection { sender, received, .. } = connection;
    let response = sender
        .send_request(request)
        .await
        .map_err(|error| unreadable::head(&error, received, LONGEST_HEAD, FIELDS))?;
    let (head, mut body) = response.into_parts();
    let mut bytes = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            let length = head.headers.get("Content-Length").map(|value| value.as_bytes());
            unreadable::body(&error, received, bytes.len(), length)
        })?;
        if let Some(data) = frame.data_ref() {
            bytes.extend_from_slice(data);
        }
        if bytes.len() > BODY_LIMIT {
            return Err(Silence::Endless(BODY_LIMIT));
        }
    }
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
        .collect();
    Ok(Answer { status: head.status.as_u16(), headers, body: bytes.freeze() })
}
