//! Before any check: one request as each credential. A target that is not there or refuses them
//! can't be judged.

use atlas_api::constraints::GET_GROUP_USER;

use crate::auth::credential::Credential;
use crate::call::NOBODY;
use crate::config::Config;
use crate::exchange::Exchange;
use crate::state::api::request;
use crate::target::session::Session;

/// Sends one harmless request as each credential.
///
/// # Errors
/// In words: which credential, from where, and what the target said of it.
pub async fn preflight(session: &Session, config: &Config) -> Result<(), String> {
    for credential in session.owners().into_iter().chain(session.readers()) {
        accepted(session, config, &credential).await?;
    }
    Ok(())
}

/// Sends one harmless request as a credential; a reader's may be refused.
///
/// # Errors
/// As `preflight`.
pub async fn accepted(
    session: &Session,
    config: &Config,
    credential: &Credential,
) -> Result<(), String> {
    let group = config.group_id.as_deref().unwrap_or_default();
    let ids = [("groupId", group), ("userId", NOBODY)];
    let request = request(&session.prefix, &GET_GROUP_USER, &ids, None);
    let name = described(config, credential);
    let sent = session.send(request, credential, None).await;
    let sent = sent.map_err(|reason| format!("{name}: {reason}"))?;
    let last = sent.last().ok_or("nothing was sent")?;
    match &last.outcome {
        Err(silence) => Err(format!("the target can't be reached: {silence}")),
        Ok(answer) if answer.status == 401 && is_owner(credential) => Err(format!(
            "the target refused {name}: {}; check the values and that they belong to this target",
            said(last)
        )),
        Ok(_) => Ok(()),
    }
}

/// A credential by its key, its name and where it was read, without its secret.
pub fn described(config: &Config, credential: &Credential) -> String {
    let credentials = &config.credentials;
    let account = |account: &Option<crate::config::ServiceAccount>| {
        account.as_ref().map(|account| format!("client_id {}", account.client_id))
    };
    let key = |key: &Option<crate::config::ApiKey>| {
        key.as_ref().map(|key| format!("public_key {}", key.public_key))
    };
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

/// The status and what the body says, for a person.
fn said(exchange: &Exchange) -> String {
    let body = exchange.outcome.as_ref().ok().and_then(|answer| answer.json()).unwrap_or_default();
    match body["detail"].as_str().or(body["reason"].as_str()) {
        Some(detail) => format!("{} ({detail})", exchange.received()),
        None => exchange.received(),
    }
}

const fn is_owner(credential: &Credential) -> bool {
    matches!(credential, Credential::Owner | Credential::OwnerKey)
}
