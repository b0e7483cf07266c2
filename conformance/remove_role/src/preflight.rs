//! Checks before the first check: one request as each credential. A target that is not there or
//! refuses them can't be judged.

use std::rc::Rc;

use atlas_api::constraints::GET_GROUP_USER;
use atlas_engine::auth::credential::Credential;
use atlas_engine::auth::credentials::{ApiKey, ServiceAccount};
use atlas_engine::exchange::{Exchange, Request, TransportError, shorten};
use atlas_engine::session::{SendError, Session};

use crate::call::NOBODY;
use crate::config::Config;
use crate::users::api::request;

/// How much of a Location is shown.
const LOCATION_SHOWN: usize = 400;

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
    /// The target is somewhere else.
    #[error("the target answered with {status}, which leads to {location}: set `target` to {to}")]
    Redirected {
        status: u16,
        location: String,
        /// What the target is likely to be.
        to: String,
    },
    /// The target refuses a credential.
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

/// How a target answered one harmless request as a credential.
pub struct Acceptance {
    /// Whether the target has asked for credentials.
    pub challenged: bool,
    /// The answer to the credential.
    pub answer: Rc<Exchange>,
}

/// Sends one harmless request as each credential.
///
/// # Errors
/// When the target is not there, is elsewhere, or refuses one.
pub async fn preflight(session: &Session, config: &Config) -> Result<(), PreflightError> {
    for credential in session.owners().into_iter().chain(session.readers()) {
        check_credential(session, config, &credential).await?;
    }
    Ok(())
}

/// A request that changes nothing: for a user whom nobody knows.
pub fn harmless_request(session: &Session, config: &Config) -> Request {
    let group = config.group_id.as_deref().unwrap_or_default();
    let ids = [("groupId", group), ("userId", NOBODY)];
    request(&session.prefix, &GET_GROUP_USER, &ids, None)
}

/// Sends one harmless request as a credential.
///
/// # Errors
/// As [`preflight`].
pub async fn check_credential(
    session: &Session,
    config: &Config,
    credential: &Credential,
) -> Result<Acceptance, PreflightError> {
    let request = harmless_request(session, config);
    let failed =
        |source| PreflightError::Send { credential: described(config, credential), source };
    let sent = session.send(request, credential, None).await.map_err(failed)?;
    let answer = sent.last().cloned().ok_or_else(|| failed(SendError::NothingSent))?;
    if let Some(response) = answer.response()
        && let Some(location) = response.redirects_to()
    {
        let to = new_target(&location, &answer.request.target);
        let location = shorten(&location, LOCATION_SHOWN).into_owned();
        return Err(PreflightError::Redirected { status: response.status, location, to });
    }
    match &answer.outcome {
        Err(error) => Err(PreflightError::Unreachable(error.clone())),
        Ok(response) if response.status == 401 => {
            let (credential, answer) = (described(config, credential), answer_text(&answer));
            Err(PreflightError::Refused { credential, answer })
        }
        Ok(_) => {
            let challenged = sent.iter().any(|exchange| exchange.status() == Some(401));
            Ok(Acceptance { challenged, answer })
        }
    }
}

/// The target that a Location leads to: without the path of the request, which the target repeats.
fn new_target(location: &str, request_target: &str) -> String {
    match location.strip_suffix(request_target).filter(|target| !target.is_empty()) {
        Some(target) => format!("`{target}`"),
        None => "the URL that answers".to_owned(),
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
        Credential::OwnerKey | Credential::OwnerKeyMd5 => {
            ("credentials.owner_key", key(&credentials.owner_key))
        }
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

#[cfg(test)]
mod tests {
    use super::new_target;

    #[test]
    fn a_location_says_where_the_target_is() {
        let path = "/api/atlas/v2/groups/1/users/2";
        assert_eq!(new_target(&format!("https://x.example{path}"), path), "`https://x.example`");
        assert_eq!(new_target("https://x.example/login", path), "the URL that answers");
        assert_eq!(new_target(path, path), "the URL that answers");
    }
}
