//! Bytes to and from the target: one hyper connection, nothing added, nothing hidden.
//!
//! A client library would normalise paths, follow redirects, retry and decompress. The suite
//! has to send what a well-behaved client never would and to see what really came back.

mod byte_counter;
mod loopback;
mod pool;
mod protocol_error;
pub mod proxy;
pub mod tls;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
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

use crate::exchange::{Exchange, Headers, Request, Response, TransportError};
use byte_counter::{ByteCounter, CountingStream};
pub use loopback::is_loopback;
pub use pool::Pool;
use proxy::{Proxy, ProxyError};
use tls::{TlsError, TrustStore, explain_handshake};

/// The longest body that is read; the documented ones are below 2 KiB, and one that repeats the
/// longest request is below 400 KiB.
const BODY_LIMIT: usize = 1024 * 1024;

/// The most bytes that are read for one response, interim responses and chunk sizes included.
const RESPONSE_LIMIT: usize = 2 * 1024 * 1024;

/// The longest head that is read, and the most fields in it.
const LONGEST_HEAD: usize = 128 * 1024;
const MOST_FIELDS: usize = 256;

/// A timer that goes off this much too late tells that this process was held up.
const HELD_UP: Duration = Duration::from_millis(50);

/// How long a second answer to a chunked request is waited for, and to how many of them.
const SECOND_ANSWER: Duration = Duration::from_millis(25);
const WATCHED: u32 = 8;

/// Why there is no transport to a URL.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The URL has no host.
    #[error("`{0}` names no host")]
    NoHost(String),
    /// The URL has no port.
    #[error("`{0}` names no port")]
    NoPort(String),
    /// The scheme is another than http and https.
    #[error("expected http:// or https://, got `{0}://`")]
    Scheme(String),
    /// Certificates can't be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The proxy can't be used.
    #[error(transparent)]
    Proxy(#[from] ProxyError),
}

/// The way to one target.
#[derive(Clone)]
pub struct Transport {
    host: String,
    port: u16,
    authority: String,
    tls: Option<TlsConnector>,
    proxy: Option<Proxy>,
    timeout: Duration,
    chunked: Arc<AtomicU32>,
}

/// An open connection, for checks that send more than one request on it.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    responses: u32,
    counter: ByteCounter,
    driver: JoinHandle<()>,
}

impl Drop for Connection {
    /// A server that goes on sending is not listened to any longer.
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl Connection {
    /// How many responses have come on it.
    pub fn responses(&self) -> u32 {
        self.responses
    }

    /// Whether the server still takes a request on this connection.
    pub async fn is_open(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }
}

impl Transport {
    /// The transport to `url` (scheme, host and port), through a proxy if one is given; each
    /// exchange may last for `timeout`. Over TLS the server needs a certificate that is trusted.
    ///
    /// # Errors
    /// When the URL can't be used or the system's certificates can't be read.
    pub fn new(
        url: &Url,
        trust: &TrustStore,
        proxy: Option<Proxy>,
        timeout: Duration,
    ) -> Result<Self, SetupError> {
        let host = url.host_str().ok_or_else(|| SetupError::NoHost(url.to_string()))?;
        let port =
            url.port_or_known_default().ok_or_else(|| SetupError::NoPort(url.to_string()))?;
        let tls = match url.scheme() {
            "http" => None,
            "https" => Some(trust.connector()?),
            other => return Err(SetupError::Scheme(other.to_owned())),
        };
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { host, port, authority, tls, proxy, timeout, chunked: Arc::default() })
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// When none could be had in time: nothing was sent then.
    pub async fn connect(&self) -> Result<Connection, TransportError> {
        let until = tokio::time::Instant::now() + self.timeout;
        self.connect_until(until).await.map_err(|reason| match &self.proxy {
            Some(proxy) => TransportError::Unreachable(format!("through {proxy}: {reason}")),
            None => TransportError::Unreachable(reason),
        })
    }

    /// Opens a connection; says why there is none.
    async fn connect_until(&self, until: tokio::time::Instant) -> Result<Connection, String> {
        let limit = self.timeout.as_secs_f64();
        let (host, port) = match &self.proxy {
            Some(proxy) => (&proxy.host, proxy.port),
            None => (&self.host, self.port),
        };
        let connected =
            tokio::time::timeout_at(until, TcpStream::connect((host.as_str(), port))).await;
        let stream = connected
            .map_err(|_| format!("none was accepted within {limit} s"))?
            .map_err(|error| protocol_error::chain(&error))?;
        stream.set_nodelay(true).map_err(|error| protocol_error::chain(&error))?;
        let Some(tls) = &self.tls else {
            return speak(stream).await.map_err(|error| protocol_error::chain(&error));
        };
        if let Some(proxy) = &self.proxy {
            let to = match self.host.contains(':') {
                true => format!("[{}]:{}", self.host, self.port),
                false => format!("{}:{}", self.host, self.port),
            };
            tokio::time::timeout_at(until, proxy.open_tunnel(&stream, &to))
                .await
                .map_err(|_| format!("no answer to CONNECT within {limit} s"))?
                .map_err(|error| error.to_string())?;
        }
        let name = rustls::pki_types::ServerName::try_from(self.host.clone())
            .map_err(|error| protocol_error::chain(&error))?;
        let shaken = tokio::time::timeout_at(until, tls.connect(name, stream)).await;
        let stream = shaken
            .map_err(|_| format!("the TLS handshake was not complete within {limit} s"))
            .and_then(|shaken| shaken.map_err(|error| explain_handshake(&error, &self.host)))?;
        speak(stream).await.map_err(|error| protocol_error::chain(&error))
    }

    /// Sends one request on a connection of its own.
    pub async fn send(&self, request: Request) -> Exchange {
        match self.connect().await {
            Ok(mut connection) => self.send_on(&mut connection, request).await,
            Err(error) => Exchange::instant(request, Err(error)),
        }
    }

    /// Sends one request on an open connection.
    pub async fn send_on(&self, connection: &mut Connection, mut request: Request) -> Exchange {
        ask_for_no_coding(&mut request);
        let started = Instant::now();
        if connection.responses > 0 {
            connection.counter.reset();
        }
        let outcome = match self.prepare(&request) {
            Err(error) => Err(TransportError::InvalidRequest(error.to_string())),
            Ok(prepared) => self
                .in_time(exchange(connection, prepared))
                .await
                .unwrap_or_else(|| Err(self.late(connection)))
                .and_then(|response| self.of_the_target(response)),
        };
        let duration = started.elapsed();
        connection.responses += u32::from(outcome.is_ok());
        if outcome.is_ok()
            && is_chunked(&request)
            && self.chunked.fetch_add(1, Ordering::Relaxed) < WATCHED
            && !connection.driver.is_finished()
        {
            // A server that can't read chunks answers them once more, as if they were a request.
            let _ = tokio::time::timeout(SECOND_ANSWER, &mut connection.driver).await;
        }
        Exchange {
            request,
            outcome,
            started,
            duration,
            bytes_received: connection.counter.bytes(),
            trailing_bytes: connection.counter.trailing(),
        }
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
    fn late(&self, connection: &Connection) -> TransportError {
        match connection.counter.bytes() {
            0 => TransportError::TimedOut(self.timeout),
            _ => TransportError::Stalled(self.timeout),
        }
    }

    /// The response, unless it is the proxy's own: only a proxy asks for its credentials with 407.
    fn of_the_target(&self, response: Response) -> Result<Response, TransportError> {
        match self.plain_proxy() {
            Some(proxy) if response.status == 407 => {
                Err(TransportError::Unreachable(format!("{proxy} wants other credentials: 407")))
            }
            _ => Ok(response),
        }
    }

    /// The proxy that is asked for each request; a tunnel is opened once.
    fn plain_proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref().filter(|_| self.tls.is_none())
    }

    fn prepare(&self, request: &Request) -> http::Result<http::Request<Full<Bytes>>> {
        let mut builder = http::Request::builder().method(request.method.as_str());
        builder = match self.plain_proxy() {
            Some(proxy) => {
                let absolute = format!("http://{}{}", self.authority, request.target);
                let builder = builder.uri(absolute).header("Host", &self.authority);
                match &proxy.authorization {
                    Some(value) => builder.header("Proxy-Authorization", value),
                    None => builder,
                }
            }
            None => builder.uri(request.target.as_str()).header("Host", &self.authority),
        };
        for (name, value) in &request.headers {
            builder = builder.header(name.as_str(), value.as_slice());
        }
        if request.body.is_empty() && request.method == "POST" {
            builder = builder.header("Content-Length", "0");
        }
        builder.body(Full::new(request.body.clone()))
    }
}

fn is_chunked(request: &Request) -> bool {
    request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Transfer-Encoding"))
}

/// Without the field a server may choose any coding (RFC 9110, 12.5.3), and bodies are judged as they
/// come.
fn ask_for_no_coding(request: &mut Request) {
    const FIELD: &str = "Accept-Encoding";
    if request.headers.iter().all(|(name, _)| !name.eq_ignore_ascii_case(FIELD)) {
        request.headers.push((FIELD.to_owned(), b"identity".to_vec()));
    }
}

/// Speaks HTTP/1.1 on a stream.
async fn speak<S>(stream: S) -> hyper::Result<Connection>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let counter = ByteCounter::with_limit(RESPONSE_LIMIT);
    let io = TokioIo::new(CountingStream::new(stream, counter.clone()));
    let mut protocol = http1::Builder::new();
    protocol.max_headers(MOST_FIELDS).max_buf_size(LONGEST_HEAD);
    let (sender, mut connection) = protocol.handshake(io).await?;
    let driver = tokio::spawn({
        let counter = counter.clone();
        async move {
            // Whoever waits for an answer is told of the same error.
            let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
            counter.set_trailing(connection.into_parts().read_buf.len());
        }
    });
    Ok(Connection { sender, responses: 0, counter, driver })
}

async fn exchange(
    connection: &mut Connection,
    request: http::Request<Full<Bytes>>,
) -> Result<Response, TransportError> {
    let Connection { sender, counter, .. } = connection;
    let response = sender
        .send_request(request)
        .await
        .map_err(|error| protocol_error::head(&error, counter, LONGEST_HEAD, MOST_FIELDS))?;
    let (head, mut body) = response.into_parts();
    let mut bytes = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            let length = head.headers.get("Content-Length").map(|value| value.as_bytes());
            protocol_error::body(&error, counter, bytes.len(), length)
        })?;
        if let Some(data) = frame.data_ref() {
            bytes.extend_from_slice(data);
        }
        if bytes.len() > BODY_LIMIT {
            return Err(TransportError::TooLarge(BODY_LIMIT));
        }
    }
    let headers = fields_as_sent(&counter.beginning()).unwrap_or_else(|| {
        let fields = head.headers.iter();
        fields.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect()
    });
    Ok(Response::new(head.status.as_u16(), headers, bytes.freeze()))
}

/// The header fields of the response in the order and case of the wire, which hyper's map loses.
/// None where the head doesn't stand at the beginning, as on a connection with bytes left over.
fn fields_as_sent(mut bytes: &[u8]) -> Option<Headers> {
    loop {
        let mut fields = vec![httparse::EMPTY_HEADER; MOST_FIELDS];
        let mut head = httparse::Response::new(&mut fields);
        let httparse::Status::Complete(length) = head.parse(bytes).ok()? else { return None };
        match head.code {
            Some(100..=199) => bytes = &bytes[length..],
            _ => {
                let fields = head.headers.iter();
                return Some(fields.map(|it| (it.name.to_owned(), it.value.to_vec())).collect());
            }
        }
    }
}
