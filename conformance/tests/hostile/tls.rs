//! TLS that fails in each way, and TLS that works with `--ca-file`.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use atlas_reference::Fixture;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::finding::Finding;
use crate::relay::{Relay, Request};
use crate::server::Server;
use crate::suite::{RunSettings, run};

/// One way in which TLS is set up.
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    port: Port,
    /// Whether who signed the certificate is trusted, with `--ca-file`.
    trusting: bool,
}

/// What answers at the port.
enum Port {
    /// TLS with a certificate.
    Certificate(Certificate),
    /// Something else.
    Raw(fn(&mut TcpStream) -> std::io::Result<()>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Certificate {
    Good,
    Expired,
    NotYet,
    OtherHost,
    SelfSigned,
    /// Self-signed and an authority: `openssl req -x509`.
    Openssl,
    Authority,
}

const fn with(name: &'static str, certificate: Certificate, trusting: bool) -> Setting {
    Setting { name, port: Port::Certificate(certificate), trusting }
}

const fn raw(name: &'static str, port: fn(&mut TcpStream) -> std::io::Result<()>) -> Setting {
    Setting { name, port: Port::Raw(port), trusting: true }
}

pub(crate) const ALL: [Setting; 15] = [
    with("TLS, trusted with --ca-file", Certificate::Good, true),
    with("TLS, self-signed and trusted with --ca-file", Certificate::SelfSigned, true),
    with("TLS, as openssl makes them, trusted with --ca-file", Certificate::Openssl, true),
    with("TLS, unknown issuer", Certificate::Good, false),
    with("TLS, self-signed", Certificate::SelfSigned, false),
    with("TLS, expired", Certificate::Expired, true),
    with("TLS, not valid yet", Certificate::NotYet, true),
    with("TLS, another host's certificate", Certificate::OtherHost, true),
    with("TLS, an authority's own certificate", Certificate::Authority, true),
    raw("TLS, a version that is too old", |stream| {
        stream.read_exact(&mut [0; 64])?;
        stream.write_all(b"\x15\x03\x01\0\x02\x02\x46")
    }),
    raw("TLS, plain HTTP there", |stream| {
        stream.read_exact(&mut [0; 64])?;
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    }),
    raw("TLS, closes in the handshake", |stream| stream.read_exact(&mut [0; 64])),
    raw("TLS, never goes on with the handshake", |stream| {
        while stream.read(&mut [0; 1024])? > 0 {}
        Ok(())
    }),
    raw("TLS, the handshake a byte a second", |stream| {
        for byte in b"\x16\x03\x03\0\x7a\x02\0\0\x76\x03\x03 so slow" {
            stream.write_all(&[*byte])?;
            std::thread::sleep(Duration::from_secs(1));
        }
        Ok(())
    }),
    raw("TLS, zeros without end", |stream| {
        loop {
            stream.write_all(&[0; 1024])?;
        }
    }),
];

impl Setting {
    /// Runs a few checks against the setting.
    pub(crate) fn try_out(&self, fixture: &Fixture, relay: &Relay) -> Finding {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("trusted.pem");
        std::fs::write(&file, authority().pem()).expect("a file");
        let server = match self.port {
            Port::Certificate(certificate) => {
                let (config, signer) = server_config(certificate);
                std::fs::write(&file, signer).expect("a file");
                let relay = relay.clone();
                Server::accepting(move |stream| {
                    // A client that trusts nobody goes.
                    let _ = serve(stream, Arc::clone(&config), &relay);
                })
            }
            Port::Raw(respond) => Server::accepting(move |mut stream| {
                let _ = respond(&mut stream);
            }),
        };
        let mut settings =
            RunSettings { arguments: vec!["--only=roles/last/*".to_owned()], by_hook: false };
        if self.trusting {
            settings.arguments.push(format!("--ca-file={}", file.display()));
        }
        run(&format!("https://{}", server.address), fixture, &settings)
    }
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>, relay: &Relay) -> std::io::Result<()> {
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let mut request = Request::read_head(&mut stream)?;
    request.read_body(&mut stream)?;
    let answer = relay.ask(&request)?;
    stream.write_all(&answer)?;
    stream.conn.send_close_notify();
    stream.flush()
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).expect("an authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority")
}

/// A server with such a certificate, and the certificate of whoever signed it.
fn server_config(kind: Certificate) -> (Arc<ServerConfig>, String) {
    let authority = authority();
    let host = if kind == Certificate::OtherHost { "elsewhere.example" } else { "127.0.0.1" };
    let mut params = CertificateParams::new(vec![host.to_owned()]).expect("a name");
    match kind {
        Certificate::Expired => params.not_after = date_time_ymd(2001, 1, 1),
        Certificate::NotYet => params.not_before = date_time_ymd(3000, 1, 1),
        Certificate::Authority | Certificate::Openssl => {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained)
        }
        Certificate::Good | Certificate::OtherHost | Certificate::SelfSigned => {}
    }
    let key = KeyPair::generate().expect("a key");
    let certificate = match kind {
        Certificate::SelfSigned | Certificate::Openssl => params.self_signed(&key),
        _ => params.signed_by(&key, &authority),
    };
    let certificate = certificate.expect("a certificate");
    let signer = match kind {
        Certificate::SelfSigned | Certificate::Openssl => certificate.pem(),
        _ => authority.pem(),
    };
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("a certificate and its key");
    (Arc::new(config), signer)
}
