//! Bytes to and from the target: one hyper connection, nothing added, nothing hidden.
//!
//! A client library would normalise paths, follow redirects, retry and decompress. The suite
//! has to send what a well-behaved client never would and to see what really came back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

use crate::exchange::{Answer, Exchange, Request, Silence};

/// The longest body that is read; the documented ones are below 2 KiB.
const BODY_LIMIT: usize = 4 * 1024 * 1024;

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
    /// The way to `url` (scheme, host and port); each exchange may last for `timeout`.
    ///
    /// # Errors
    /// In words, when the URL has no host or the system's certificates can't be read.
    pub fn new(url: &Url, timeout: Duration) -> Result<Self, String> {
        let host = url.host_str().ok_or_else(|| format!("`{url}` names no host"))?;
        let port = url.port_or_known_default().ok_or_else(|| format!("`{url}` names no port"))?;
        let tls = match url.scheme() {
            "http" => None,
            "https" => Some(tls_connector()?),
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
    /// When none could be had in time.
    pub async fn connect(&self) -> Result<Connection, Silence> {
        tokio::time::timeout(self.timeout, self.handshake())
            .await
            .unwrap_or(Err(Silence::TimedOut(self.timeout)))
    }

    async fn handshake(&self) -> Result<Connection, Silence> {
        let unreachable = |error: &dyn std::error::Error| Silence::Unreachable(chain(error));
        let stream = TcpStream::connect((self.host.as_str(), self.port))
            .await
            .map_err(|error| unreachable(&error))?;
        stream.set_nodelay(true).map_err(|error| unreachable(&error))?;
        let sender = match &self.tls {
            None => drive(TokioIo::new(stream)).await,
            Some(tls) => {
                let name = rustls::pki_types::ServerName::try_from(self.host.clone())
                    .map_err(|error| unreachable(&error))?;
                let stream =
                    tls.connect(name, stream).await.map_err(|error| unreachable(&error))?;
                drive(TokioIo::new(stream)).await
            }
        };
        sender.map(|sender| Connection { sender, answers: 0 }).map_err(|error| unreachable(&error))
    }

    /// Sends one request on a connection of its own.
    pub async fn send(&self, request: Request) -> Exchange {
        match self.connect().await {
            Ok(mut connection) => self.send_on(&mut connection, request).await,
            Err(silence) => {
                let started = Instant::now();
                Exchange { request, outcome: Err(silence), started, duration: Duration::ZERO }
            }
        }
    }

    /// Sends one request on an open connection.
    pub async fn send_on(&self, connection: &mut Connection, request: Request) -> Exchange {
        let started = Instant::now();
        let outcome = match self.prepare(&request) {
            Err(reason) => Err(Silence::Dropped(reason)),
            Ok(prepared) => {
                tokio::time::timeout(self.timeout, exchange(&mut connection.sender, prepared))
                    .await
                    .unwrap_or(Err(Silence::TimedOut(self.timeout)))
            }
        };
        connection.answers += u32::from(outcome.is_ok());
        Exchange { request, outcome, started, duration: started.elapsed() }
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

async fn drive<S>(io: TokioIo<S>) -> hyper::Result<SendRequest<Full<Bytes>>>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) = http1::Builder::new().max_headers(256).handshake(io).await?;
    tokio::spawn(connection);
    Ok(sender)
}

async fn exchange(
    sender: &mut SendRequest<Full<Bytes>>,
    request: http::Request<Full<Bytes>>,
) -> Result<Answer, Silence> {
    let dropped = |error: hyper::Error| Silence::Dropped(chain(&error));
    let closed = |error: hyper::Error| Silence::Closed(chain(&error));
    let response = sender.send_request(request).await.map_err(closed)?;
    let (head, mut body) = response.into_parts();
    let mut bytes = BytesMut::new();
    while let Some(frame) = body.frame().await {
        if let Some(data) = frame.map_err(dropped)?.data_ref() {
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

fn tls_connector() -> Result<TlsConnector, String> {
    use rustls_platform_verifier::BuilderVerifierExt;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_platform_verifier())
        .map_err(|error| format!("the system's certificates can't be used: {error}"))?
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// An error with its causes, since hyper's own texts stop short of them.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
