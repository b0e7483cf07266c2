//! Forward proxies: which URLs are reached through one, and how a tunnel is opened.

use std::fmt;
use std::io;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tokio::net::TcpStream;
use url::Url;

use super::loopback::is_loopback;

/// The longest answer to CONNECT that is read.
const LONGEST_ANSWER: usize = 16 * 1024;

/// What a configuration and the environment say of proxies.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "String")]
pub struct ProxySettings {
    /// The proxy of the target, or `none`; it goes before those of the environment.
    pub chosen: Option<String>,
    /// `HTTP_PROXY`: for targets at http://.
    pub http: Option<String>,
    /// `HTTPS_PROXY`: for targets at https://.
    pub https: Option<String>,
    /// `NO_PROXY`: hosts that are reached without one.
    pub exceptions: Option<String>,
}

impl From<String> for ProxySettings {
    fn from(chosen: String) -> Self {
        Self { chosen: Some(chosen), ..Self::default() }
    }
}

/// Why a proxy can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{source_name}: expected a proxy like http://proxy.example:3128, got `{got}`")]
pub struct ProxyError {
    /// The option or the variable.
    source_name: &'static str,
    /// The value without user name and password.
    got: String,
}

impl ProxySettings {
    /// The proxy for a URL. Those of the environment are not for this machine.
    ///
    /// # Errors
    /// When the proxy is no URL of one.
    pub fn proxy_for(&self, url: &Url) -> Result<Option<Proxy>, ProxyError> {
        match self.chosen.as_deref() {
            Some("none") => Ok(None),
            Some(chosen) => Proxy::parse("proxy", chosen).map(Some),
            None if is_loopback(url) || self.excepts(url) => Ok(None),
            None => {
                let (name, value) = match url.scheme() {
                    "https" => ("HTTPS_PROXY", &self.https),
                    _ => ("HTTP_PROXY", &self.http),
                };
                value.as_deref().map(|value| Proxy::parse(name, value)).transpose()
            }
        }
    }

    /// Whether `NO_PROXY` names the host: itself, a domain above it, or `*`, each with a port or without.
    fn excepts(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let port = url.port_or_known_default().map(|port| format!(":{port}")).unwrap_or_default();
        self.exceptions.as_deref().unwrap_or_default().split(',').any(|entry| {
            let entry = entry.trim().to_ascii_lowercase();
            let name = entry.strip_suffix(&port).unwrap_or(&entry).trim_start_matches(['*', '.']);
            match name.trim_matches(['[', ']']) {
                "" => entry == "*",
                name => host == name || host.ends_with(&format!(".{name}")),
            }
        })
    }
}

/// One forward proxy.
#[derive(Clone)]
pub struct Proxy {
    pub(super) host: String,
    pub(super) port: u16,
    /// The value of Proxy-Authorization.
    pub(super) authorization: Option<String>,
    source_name: &'static str,
}

impl Proxy {
    /// Reads the URL of a proxy; `http://` may be left out.
    fn parse(source_name: &'static str, text: &str) -> Result<Self, ProxyError> {
        let error = || {
            let got = text.rsplit('@').next().unwrap_or_default().to_owned();
            ProxyError { source_name, got }
        };
        let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let url: Url = whole.parse().map_err(|_| error())?;
        let (Some(host), "http") = (url.host_str(), url.scheme()) else { return Err(error()) };
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let authorization = (!url.username().is_empty()).then(|| {
            let password = url.password().unwrap_or_default();
            let pair = format!("{}:{}", decoded(url.username()), decoded(password));
            format!("Basic {}", BASE64_STANDARD.encode(pair))
        });
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: url.port_or_known_default().unwrap_or(80),
            authorization,
            source_name,
        })
    }

    /// Opens a tunnel to a host and port, on a connection to the proxy.
    pub(super) async fn open_tunnel(&self, stream: &TcpStream, to: &str) -> io::Result<()> {
        let authorization = self.authorization.as_deref();
        let field = authorization.map(|value| format!("Proxy-Authorization: {value}\r\n"));
        let field = field.unwrap_or_default();
        let request = format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n{field}\r\n");
        write(stream, request.as_bytes()).await?;
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            // Byte by byte: what follows the head is the target's.
            answer.push(read(stream).await?);
            if answer.len() > LONGEST_ANSWER {
                return Err(io::Error::other("its answer to CONNECT has no end"));
            }
        }
        let status = answer.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
        match status.first() {
            Some(b'2') => Ok(()),
            _ => {
                let line = answer.split(|byte| *byte == b'\r').next().unwrap_or_default();
                let line = String::from_utf8_lossy(line).escape_debug().to_string();
                Err(io::Error::other(format!("it answered CONNECT with `{line}`")))
            }
        }
    }
}

impl fmt::Display for Proxy {
    /// Without user name and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, source_name, .. } = self;
        let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
        write!(f, "the proxy http://{host}:{port} ({source_name})")
    }
}

async fn write(stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn read(stream: &TcpStream) -> io::Result<u8> {
    let mut byte = [0];
    loop {
        stream.readable().await?;
        match stream.try_read(&mut byte) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) => return Ok(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Proxy, ProxySettings};

    fn settings(no_proxy: &str) -> ProxySettings {
        ProxySettings {
            chosen: None,
            http: Some("plain.example:3128".to_owned()),
            https: Some("http://a:b%40c@tls.example".to_owned()),
            exceptions: Some(no_proxy.to_owned()),
        }
    }

    fn proxy(settings: &ProxySettings, url: &str) -> String {
        let found = settings.proxy_for(&url.parse().expect("a URL")).expect("a proxy");
        found.map(|proxy| proxy.to_string()).unwrap_or_default()
    }

    #[test]
    fn the_scheme_chooses_and_this_machine_needs_none() {
        let all = settings("");
        let plain = "the proxy http://plain.example:3128 (HTTP_PROXY)";
        assert_eq!(proxy(&all, "http://x.example:8080"), plain);
        assert_eq!(
            proxy(&all, "https://x.example"),
            "the proxy http://tls.example:80 (HTTPS_PROXY)"
        );
        for local in ["http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"] {
            assert_eq!(proxy(&all, local), "", "{local}");
        }
        let chosen = ProxySettings { chosen: Some("c.example:1".to_owned()), ..all.clone() };
        assert_eq!(proxy(&chosen, "http://localhost:1"), "the proxy http://c.example:1 (proxy)");
        let none = ProxySettings { chosen: Some("none".to_owned()), ..all };
        assert_eq!(proxy(&none, "http://x.example"), "");
    }

    #[test]
    fn no_proxy_names_hosts_and_domains() {
        for except in ["x.example", "a.b, .example", "*.example", "x.example:80", "*"] {
            assert_eq!(proxy(&settings(except), "http://x.example"), "", "{except}");
        }
        for other in ["ample", "y.example", "x.example:81", ""] {
            assert_ne!(proxy(&settings(other), "http://x.example"), "", "{other}");
        }
    }

    #[test]
    fn a_password_is_sent_decoded_and_never_shown() {
        let proxy = Proxy::parse("proxy", "http://a:b%40c@p.example").expect("a proxy");
        assert_eq!(proxy.authorization.as_deref(), Some("Basic YTpiQGM="));
        assert!(!proxy.to_string().contains("b%40c"));
        let error = Proxy::parse("proxy", "socks5://a:secret@p.example").err().expect("no HTTP");
        assert!(error.to_string().ends_with("got `p.example`"), "{error}");
    }
}
