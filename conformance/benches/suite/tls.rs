//! The same server over TLS.

use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Puts TLS before the server at an `http` URL; gives the URL of that port, with `http` as well, and the
/// certificate in PEM.
pub(crate) fn before(url: &str) -> Result<(String, String), String> {
    let said = |error: &dyn std::fmt::Display| format!("can't serve TLS: {error}");
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["127.0.0.1".to_owned()]).map_err(|error| said(&error))?;
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).map_err(|error| said(&error))?;
    let config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| said(&error))?
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .map_err(|error| said(&error))?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|error| said(&error))?;
    listener.set_nonblocking(true).map_err(|error| said(&error))?;
    let address = listener.local_addr().map_err(|error| said(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| said(&error))?;
    let server = url.trim_start_matches("http://").to_owned();
    std::thread::spawn(move || runtime.block_on(accept(listener, acceptor, server)));
    Ok((format!("http://{address}"), cert.pem()))
}

/// Hands on what comes, until the process ends.
async fn accept(listener: std::net::TcpListener, acceptor: TlsAcceptor, server: String) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    while let Ok((client, _)) = listener.accept().await {
        let (acceptor, server) = (acceptor.clone(), server.clone());
        tokio::spawn(async move {
            let _ = client.set_nodelay(true);
            let Ok(mut client) = acceptor.accept(client).await else { return };
            let Ok(mut server) = TcpStream::connect(server).await else { return };
            let _ = server.set_nodelay(true);
            // Either end may close as it likes.
            let _ = copy_bidirectional(&mut client, &mut server).await;
        });
    }
}
