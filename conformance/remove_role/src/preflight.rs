//! Checks before the first check: one request as each credential. A target that is not there or
//! refuses them can't be judged.

use atlas_api::constraints::GET_GROUP_USER;
use atlas_engine::auth::credential::Credential;
use atlas_engine::auth::credentials::{ApiKey, ServiceAccount};
use atlas_engine::exchange::{Exchange, TransportError};
use atlas_engine::session::{SendError, Session};

use crate::call::NOBODY;
use crate::config::Config;
use crate::users::api::request;

/// Why a target can't be judged.
#[derive(Debug, thiserror::Error)]
pub enum PreflightError {
    /// A credential got no response.
    #[error("{credential}: {source}")]
    Send {
        /// The credential, by its key and where it was read.
        credential: String,
        source: SendError,
    },
    /// The target is not there.
    #[error("the target can't be reached: {0}")]
    Unreachable(#[source] TransportError),
    /// The target refuses an owner.
    #[error(
        "the target refused {credential}: {answer}; check the values and that they belong to this \
         target"
    )]
    Refused {
        /// The credential, by its key and where it was read.
        credential: String,
        answer: String,
    },
}

/// Sends one harmless request as each credential.
///
/// # Errors
/// When the target is not there or refuses one of an owner's.
pub async fn preflight(session: &Session, config: &Config) -> Result<(), PreflightError> {
    for credential in session.owners().into_iter().chain(session.readers()) {
        check_credential(session, config, &credential).await?;
    }
    Ok(())
}

/// Sends one harmless request as a credential; a reader's may be refused.
///
/// # Errors
/// As [`preflight`].
pub async fn check_credential(
    session: &Session,
    config: &Config,
    credential: &Credential,
) -> Result<(), PreflightError> {
    let group = config.group_id.as_deref().unwrap_or_default();
    let ids = [("groupId", group), ("userId", NOBODY)];
    let request = request(&session.prefix, &GET_GROUP_USER, &ids, None);
    let sent = session.send(request, credential, None).await.map_err(|source| {
        PreflightError::Send { credential: described(config, credential), source }
    })?;
    let Some(last) = sent.last() else { return Ok(()) };
    match &last.outcome {
        Err(error) => Err(PreflightError::Unreachable(error.clone())),
        Ok(response) if response.status == 401 && is_owner(credential) => {
            let (credential, answer) = (described(config, credential), answer_text(last));
            Err(PreflightError::Refused { credential, answer })
        }
        Ok(_) => Ok(()),
    }
}

/// A credential by its key, its name and where it was read, without its secret.
pub fn described(config: &Config, credential: &Credential) -> String {
    let credentials = &config.credentials;
    let account = |account: &Option<ServiceAccount>| {
        account.as_ref().map(|account| format!("client_id {}", account.client_id))
    };
    let key =
        |key: &Option<ApiKey>| key.as_ref().map(|key| format!("public_key {}", key.public_key));
    let (name, identity) = match credential {
        Credential::Owner if credentials.owner_token.is_some() => ("credentials.owner_token", None),
        Credential::Owner => ("credentials.owner", account(&credentials.owner)),
        Credential::OwnerKey => ("credentials.owner_key", key(&credentials.owner_key)),
        Credential::Reader if credentials.reader_token.is_some() => {
            ("credentials.reader_token", None)
        }
        Credential::Reader => ("credentials.reader", account(&credentials.reader)),
        Credential::ReaderKey => ("credentials.reader_key", key(&credentials.reader_key)),
        Credential::Anonymous | Credential::Header(_) => return "no credential".to_owned(),
    };
    let source = config.source_of(name);
    let source = (!source.is_empty()).then(|| format!("from {source}"));
    let details: Vec<_> = identity.into_iter().chain(source).collect();
    match details.is_empty() {
        true => name.to_owned(),
        false => format!("{name} ({})", details.join(", ")),
    }
}

/// The status and what the body says of it.
fn answer_text(exchange: &Exchange) -> String {
    let body = exchange.json().unwrap_or_default();
    match body["detail"].as_str().or(body["reason"].as_str()) {
        Some(detail) => format!("{} ({detail})", exchange.received()),
        None => exchange.received(),
    }
}

const fn is_owner(credential: &Credential) -> bool {
    matches!(credential, Credential::Owner | Credential::OwnerKey)
}
