//! TLS to the target: trusts what the system trusts and the certificates of `ca_file`, and explains
//! a handshake that fails.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore,
    SignatureScheme,
};
use tokio_rustls::TlsConnector;

/// Certificates that are trusted beside the system's.
#[derive(Debug, Clone, Default)]
pub struct TrustStore {
    authorities: Vec<CertificateDer<'static>>,
}

/// Why certificates can't be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file of certificates can't be read.
    #[error("ca_file: can't read the certificates {path}: {source}")]
    Read { path: String, source: io::Error },
    /// The file is no PEM.
    #[error("ca_file: {path} is no valid PEM: a block has no end or is no base64")]
    Pem { path: String, source: rustls::pki_types::pem::Error },
    /// The file holds no certificate.
    #[error(
        "ca_file: expected certificates as PEM, with -----BEGIN CERTIFICATE-----, {path} holds none"
    )]
    Empty { path: String },
    /// A certificate can't be used.
    #[error("ca_file: certificate {number} of {path} can't be used: {source}")]
    Certificate {
        /// Its place in the file, from 1.
        number: usize,
        path: String,
        source: Error,
    },
    /// The system has no certificates that can be used.
    #[error("the system's certificates can't be used ({source}): name others with --ca-file")]
    System { source: Error },
    /// The cryptography that is built in lacks what TLS 1.2 and 1.3 need.
    #[error("{source}")]
    Protocol { source: Error },
}

impl TrustStore {
    /// The certificates of a file, if one is named.
    ///
    /// # Errors
    /// When the file can't be read or holds no certificate.
    pub fn read(path: Option<&Path>) -> Result<Self, TlsError> {
        let Some(path) = path else { return Ok(Self::default()) };
        let name = path.display().to_string();
        let text =
            std::fs::read(path).map_err(|source| TlsError::Read { path: name.clone(), source })?;
        let authorities = CertificateDer::pem_slice_iter(&text)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|source| TlsError::Pem { path: name.clone(), source })?;
        if authorities.is_empty() {
            return Err(TlsError::Empty { path: name });
        }
        let mut tried = RootCertStore::empty();
        for (index, authority) in authorities.iter().enumerate() {
            let (number, path) = (index + 1, name.clone());
            tried.add(authority.clone()).map_err(|source| TlsError::Certificate {
                number,
                path,
                source,
            })?;
        }
        Ok(Self { authorities })
    }

    /// What opens connections to servers that are trusted.
    ///
    /// # Errors
    /// When the system has no certificates and no file has.
    pub(super) fn connector(&self) -> Result<TlsConnector, TlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(
            self.authorities.iter().cloned(),
            Arc::clone(&provider),
        )
        .map_err(|source| TlsError::System { source })?;
        let verifier = ExplainingVerifier {
            verifier,
            named: self.authorities.clone(),
            provider: Arc::clone(&provider),
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|source| TlsError::Protocol { source })?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(TlsConnector::from(Arc::new(config)))
    }
}

/// What it says of a certificate that vouches for itself.
const SELF_SIGNED: &str = "the certificate is self-signed, and this machine doesn't trust it: pass \
                           --ca-file PEM with it, if it is the one that you expect";

/// The system's verifier, which decides, but for a certificate that `ca_file` names itself: openssl
/// makes self-signed ones that are authorities as well, and those no verifier takes from a server. A
/// refusal for want of an issuer is looked at once more, to say which it was.
#[derive(Debug)]
struct ExplainingVerifier {
    verifier: rustls_platform_verifier::Verifier,
    /// The certificates of `ca_file`.
    named: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl ExplainingVerifier {
    /// Whether a certificate would do if it was itself an authority.
    fn is_self_signed(
        &self,
        certificate: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> bool {
        let mut itself = RootCertStore::empty();
        if itself.add(certificate.clone().into_owned()).is_err() {
            return false;
        }
        let provider = Arc::clone(&self.provider);
        WebPkiServerVerifier::builder_with_provider(Arc::new(itself), provider).build().is_ok_and(
            |verifier| verifier.verify_server_cert(certificate, &[], name, &[], now).is_ok(),
        )
    }
}

impl ServerCertVerifier for ExplainingVerifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified =
            self.verifier.verify_server_cert(certificate, intermediates, name, ocsp_response, now);
        match verified {
            // Its dates are good: they are looked at before this is.
            Err(Error::InvalidCertificate(error))
                if is_authority(&error) && self.named.contains(certificate) =>
            {
                verify_server_name(&ParsedCertificate::try_from(certificate)?, name)?;
                Ok(ServerCertVerified::assertion())
            }
            Err(Error::InvalidCertificate(CertificateError::UnknownIssuer))
                if self.is_self_signed(certificate, name, now) =>
            {
                Err(Error::General(SELF_SIGNED.to_owned()))
            }
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

/// Why a handshake failed, and what to do.
pub(super) fn explain_handshake(error: &io::Error, host: &str) -> String {
    let Some(cause) = error.get_ref().and_then(|cause| cause.downcast_ref::<Error>()) else {
        return match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => {
                "the server ended the connection in the TLS handshake".to_owned()
            }
            _ => format!("the TLS handshake failed: {error}"),
        };
    };
    match cause {
        Error::InvalidCertificate(error) => explain_certificate(error, host),
        Error::General(said) if said == SELF_SIGNED => SELF_SIGNED.to_owned(),
        Error::AlertReceived(AlertDescription::ProtocolVersion) | Error::PeerIncompatible(_) => {
            format!("the server has no version of TLS that is still safe, 1.2 or 1.3 ({cause})")
        }
        Error::AlertReceived(alert) => format!(
            "the server broke the TLS handshake off with the alert {alert:?}: it may want another \
             name, another cipher or a certificate of the client's"
        ),
        Error::InvalidMessage(_) => {
            "what answers there is not TLS: is the target http://?".to_owned()
        }
        other => format!("the TLS handshake failed: {other}"),
    }
}

fn explain_certificate(error: &CertificateError, host: &str) -> String {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the certificate has expired: renew it, or set this machine's clock".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the certificate is not valid yet: look at both clocks".to_owned()
        }
        CertificateError::NotValidForName => other_host(host, &[]),
        CertificateError::NotValidForNameContext { presented, .. } => other_host(host, presented),
        CertificateError::UnknownIssuer => {
            "the certificate was issued by nobody whom this machine trusts: pass --ca-file PEM \
             with the certificate of the authority that issued it"
                .to_owned()
        }
        error if is_authority(error) => {
            "the certificate is an authority's own, as openssl makes them: pass --ca-file PEM with \
             it, if it is the one that you expect"
                .to_owned()
        }
        other => format!("the certificate can't be accepted: {other}"),
    }
}

/// Whether a certificate was refused as that of an authority.
fn is_authority(error: &CertificateError) -> bool {
    matches!(error, CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity"))
}

fn other_host(host: &str, presented: &[String]) -> String {
    // rustls tells names as `DnsName("name")`.
    let names: Vec<&str> =
        presented.iter().map(|name| name.split('"').nth(1).unwrap_or(name)).collect();
    let whose = match names.as_slice() {
        [] => String::new(),
        names => format!("; it is for {}", names.join(", ")),
    };
    format!(
        "the certificate is not for `{host}`{whose}: use a name that it is for, or issue one for \
         this host"
    )
}
