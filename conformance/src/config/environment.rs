//! The environment: this suite's own variables win over the file, and those that users of Atlas
//! have set already fill in what neither names.

use std::path::PathBuf;

use atlas_engine::auth::credentials::{AccessToken, ApiKey, ServiceAccount};
use atlas_engine::secret::Secret;
use atlas_remove_role::config::{Config, InvalidConfig, Through, With};

use super::ConfigError;

type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Overrides and completes a configuration. `Lookup` is the process's environment; an empty
/// variable counts as absent.
pub(super) fn apply(
    config: &mut Config,
    environment: Lookup<'_>,
    has_file: bool,
) -> Result<(), ConfigError> {
    let ours = |name: &str| {
        environment(&format!("ATLAS_CONFORMANCE_{name}")).filter(|value| !value.is_empty())
    };
    plain(config, &ours)?;
    tokens(config, &ours);
    pairs(config, &ours)?;
    proxies(config, environment);
    let atlas = |name: &str| {
        environment(&format!("MONGODB_ATLAS_{name}")).filter(|value| !value.is_empty())
    };
    if has_file && config.target.is_none() {
        config.target = atlas("BASE_URL").or_else(|| atlas("OPS_MANAGER_URL"));
    }
    // Without a target the embedded server is judged, which knows nobody's credentials.
    if config.target.is_some() || has_file {
        borrow(config, &atlas)?;
    }
    Ok(())
}

/// The proxies of the environment, in lower case as curl reads them, or in upper case.
fn proxies(config: &mut Config, environment: Lookup<'_>) {
    let get = |name: &str| {
        let value = environment(&name.to_ascii_lowercase()).or_else(|| environment(name));
        value.filter(|value| !value.is_empty())
    };
    config.proxy.http = get("HTTP_PROXY");
    config.proxy.https = get("HTTPS_PROXY");
    config.proxy.exceptions = get("NO_PROXY");
}

fn plain(config: &mut Config, get: Lookup<'_>) -> Result<(), ConfigError> {
    let state = &mut config.state;
    for (name, slot) in [
        ("TARGET", &mut config.target),
        ("GROUP_ID", &mut config.group_id),
        ("OTHER_GROUP_ID", &mut config.other_group_id),
        ("CONFIRM_TARGET", &mut config.confirm_target),
        ("CONFIRM_PROJECT", &mut config.confirm_project),
        ("PROXY", &mut config.proxy.chosen),
        ("STATE_HOOK", &mut state.hook),
        ("STATE_ACTIVE_USERNAME", &mut state.active_username),
        ("STATE_PENDING_USERNAME", &mut state.pending_username),
        ("STATE_DEPRECATED_USER_ID", &mut state.deprecated_user_id),
    ] {
        *slot = get(name).or_else(|| slot.take());
    }
    config.ca_file = get("CA_FILE").map(PathBuf::from).or(config.ca_file.take());
    state.hook_token = get("STATE_HOOK_TOKEN").map(Secret::from).or(state.hook_token.take());
    if let Some(with) = get("STATE_WITH") {
        state.with = match with.as_str() {
            "api" => With::Api,
            "hook" => With::Hook,
            "fixtures" => With::Fixtures,
            _ => {
                return Err(InvalidConfig::invalid(
                    "state.with",
                    "`api`, `hook` or `fixtures`",
                    with,
                )
                .into());
            }
        };
    }
    for (name, key, slot) in [
        ("STATE_READ_BACK", "state.read_back", &mut state.read_back),
        ("STATE_ADD_ROLES", "state.add_roles", &mut state.add_roles),
    ] {
        let Some(through) = get(name) else { continue };
        *slot = Some(match through.as_str() {
            "api" => Through::Api,
            "hook" => Through::Hook,
            "none" => Through::None,
            _ => return Err(InvalidConfig::invalid(key, "`api`, `hook` or `none`", through).into()),
        });
    }
    let list = |text: String| text.split(',').map(|word| word.trim().to_owned()).collect();
    if let Some(roles) = get("STATE_ROLES") {
        state.roles = Some(list(roles));
    }
    if let Some(protected) = get("PROTECT") {
        config.protect = list(protected);
    }
    Ok(())
}

fn tokens(config: &mut Config, get: Lookup<'_>) {
    let credentials = &mut config.credentials;
    for (key, name, slot) in [
        ("credentials.owner_token", "OWNER_TOKEN", &mut credentials.owner_token),
        ("credentials.reader_token", "READER_TOKEN", &mut credentials.reader_token),
    ] {
        let name = format!("CREDENTIALS_{name}_ACCESS_TOKEN");
        if let Some(token) = get(&name) {
            *slot = Some(AccessToken { access_token: token.into() });
            config.sources.insert(key, format!("the variable ATLAS_CONFORMANCE_{name}"));
        }
    }
}

fn pairs(config: &mut Config, get: Lookup<'_>) -> Result<(), ConfigError> {
    let credentials = &mut config.credentials;
    for (key, section, name, slot) in [
        ("credentials.owner", "owner", "OWNER", &mut credentials.owner),
        ("credentials.reader", "reader", "READER", &mut credentials.reader),
    ] {
        let [id, secret] =
            ["CLIENT_ID", "CLIENT_SECRET"].map(|part| format!("CREDENTIALS_{name}_{part}"));
        if let Some(variable) = set(get, &id, &secret) {
            config.sources.insert(key, variable);
        }
        let old = slot.take().map(|account| (account.client_id, account.client_secret));
        let names = ["client_id", "client_secret"];
        *slot = merged(section, names, old, get(&id), get(&secret))?
            .map(|(client_id, client_secret)| ServiceAccount { client_id, client_secret });
    }
    for (key, section, name, slot) in [
        ("credentials.owner_key", "owner_key", "OWNER_KEY", &mut credentials.owner_key),
        ("credentials.reader_key", "reader_key", "READER_KEY", &mut credentials.reader_key),
    ] {
        let [id, secret] =
            ["PUBLIC_KEY", "PRIVATE_KEY"].map(|part| format!("CREDENTIALS_{name}_{part}"));
        if let Some(variable) = set(get, &id, &secret) {
            config.sources.insert(key, variable);
        }
        let old = slot.take().map(|key| (key.public_key, key.private_key));
        let names = ["public_key", "private_key"];
        *slot = merged(section, names, old, get(&id), get(&secret))?
            .map(|(public_key, private_key)| ApiKey { public_key, private_key });
    }
    Ok(())
}

/// The variable that decides where a credential is from: that of its secret, else of its name.
fn set(get: Lookup<'_>, id: &str, secret: &str) -> Option<String> {
    let name = [secret, id].into_iter().find(|name| get(name).is_some())?;
    Some(format!("the variable ATLAS_CONFORMANCE_{name}"))
}

fn merged(
    section: &'static str,
    [first, second]: [&'static str; 2],
    old: Option<(String, Secret)>,
    id: Option<String>,
    secret: Option<String>,
) -> Result<Option<(String, Secret)>, ConfigError> {
    let (old_id, old_secret) = old.unzip();
    match (id.or(old_id), secret.map(Secret::from).or(old_secret)) {
        (Some(id), Some(secret)) => Ok(Some((id, secret))),
        (None, None) => Ok(None),
        _ => Err(ConfigError::HalfCredential { section, first, second }),
    }
}

/// What users of Atlas have set for other tools, as an owner's credentials. It is taken only
/// where this suite was given no owner: a secret of the real service must not reach a mock
/// beside others. An access token goes before a service account; an API key stands beside.
fn borrow(config: &mut Config, get: Lookup<'_>) -> Result<(), ConfigError> {
    config.group_id = config.group_id.take().or_else(|| get("PROJECT_ID"));
    let credentials = &mut config.credentials;
    let none = credentials.owner_token.is_none()
        && credentials.owner.is_none()
        && credentials.owner_key.is_none();
    if !none {
        return Ok(());
    }
    if let Some(token) = get("ACCESS_TOKEN") {
        credentials.owner_token = Some(AccessToken { access_token: token.into() });
        let source = "the variable MONGODB_ATLAS_ACCESS_TOKEN".to_owned();
        config.sources.insert("credentials.owner_token", source);
    }
    const ACCOUNT: [&str; 2] = ["MONGODB_ATLAS_CLIENT_ID", "MONGODB_ATLAS_CLIENT_SECRET"];
    let account = [get("CLIENT_ID"), get("CLIENT_SECRET")];
    if let Some((client_id, secret)) = both(account, ACCOUNT)? {
        let client_secret = secret.into();
        credentials.owner = Some(ServiceAccount { client_id, client_secret });
        config.sources.insert("credentials.owner", format!("the variable {}", ACCOUNT[1]));
    }
    const KEY: [&str; 2] = ["MONGODB_ATLAS_PUBLIC_API_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY"];
    let public = get("PUBLIC_API_KEY").or_else(|| get("PUBLIC_KEY"));
    let private = get("PRIVATE_API_KEY").or_else(|| get("PRIVATE_KEY"));
    if let Some((public_key, secret)) = both([public, private], KEY)? {
        let private_key = secret.into();
        credentials.owner_key = Some(ApiKey { public_key, private_key });
        config.sources.insert("credentials.owner_key", format!("the variable {}", KEY[1]));
    }
    Ok(())
}

fn both(
    values: [Option<String>; 2],
    names: [&'static str; 2],
) -> Result<Option<(String, String)>, ConfigError> {
    let half = |present, absent| Err(ConfigError::HalfVariable { present, absent });
    match values {
        [Some(id), Some(secret)] => Ok(Some((id, secret))),
        [None, None] => Ok(None),
        [Some(_), None] => half(names[0], names[1]),
        [None, Some(_)] => half(names[1], names[0]),
    }
}
