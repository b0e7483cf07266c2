//! Authentication: who a request acts as, and what goes into its Authorization header.

pub mod bearer;
pub mod credential;
pub mod credentials;
pub mod digest;
pub mod service_account;

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The token endpoint refused the account.
    #[error("the token endpoint refused client_id {client_id}: {status} {message}")]
    Refused {
        /// Whose token was asked for.
        client_id: String,
        /// The status of the response.
        status: u16,
        /// What the response says.
        message: String,
    },
    /// The token endpoint is somewhere else.
    #[error(
        "the token endpoint answered with {status}, which leads to {location}: set `target` to the \
         URL that answers"
    )]
    Redirected { status: u16, location: String },
    /// The response holds no token that can be used.
    #[error("the token endpoint answered without a usable access_token: {0}")]
    Unusable(String),
}
