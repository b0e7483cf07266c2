use super::failure_budget::GivenUp;
use crate::auth::TokenError;
use crate::exchange::TransportError;
use crate::transport;
use crate::transport::tls::TlsError;

/// Why there is no session with a target. Nothing was sent.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The target is no URL.
    #[error("target: expected a URL like http://127.0.0.1:8080, got `{got}` ({source})")]
    Url {
        got: String,
        /// Why it is none.
        source: url::ParseError,
    },
    /// The file of certificates can't be used.
    #[error(transparent)]
    Certificates(TlsError),
    /// The target can't be reached this way.
    #[error("target: {0}")]
    Transport(#[source] transport::SetupError),
}

/// Why a request has no response that can be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The target has stopped answering.
    #[error(transparent)]
    GivenUp(#[from] GivenUp),
    /// 429 came again and again.
    #[error("{part} went on answering 429, {tries} times in a row")]
    RateLimited {
        /// The part of the target.
        part: &'static str,
        tries: u32,
    },
    /// No bearer token can be had for want of a credential.
    #[error("no service account and no access token is configured")]
    NoBearer,
    /// No request went out.
    #[error("no request was sent")]
    NothingSent,
    /// No API key is configured.
    #[error("no API key is configured")]
    NoApiKey,
    /// The token endpoint did not answer.
    #[error("the token endpoint: {source}")]
    Token { source: TransportError },
    /// The token endpoint gives no token.
    #[error(transparent)]
    NoToken(#[from] TokenError),
}
