use std::path::Path;

use atlas_engine::auth::credentials::{AccessToken, ApiKey, ServiceAccount};
use atlas_engine::secret::Secret;
use atlas_remove_role::config::Config;
use zeroize::Zeroizing;

use super::{ConfigError, environment, mistake};

/// Reads the file, if one is given, and lets the environment override it.
///
/// # Errors
/// When the file can't be read or is no valid configuration, or a credential is incomplete.
pub fn load(
    path: Option<&Path>,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Config, ConfigError> {
    let mut config = path.map(read).transpose()?.unwrap_or_default();
    environment::apply(&mut config, environment, path.is_some())?;
    Ok(config)
}

fn read(path: &Path) -> Result<Config, ConfigError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|source| ConfigError::Read { path: name.clone(), source })?;
    let mut config: Config = toml::from_str(&text).map_err(|error| ConfigError::Parse {
        path: name.clone(),
        message: mistake::described(&error, &text),
    })?;
    note_sources(&mut config, &name);
    let folder = path.parent().unwrap_or(Path::new(""));
    config.ca_file = config.ca_file.map(|file| folder.join(file));
    Ok(config)
}

/// Notes for each credential that it was read in this file.
fn note_sources(config: &mut Config, file: &str) {
    let credentials = &config.credentials;
    let token = |token: &AccessToken| token.access_token.clone();
    let account = |account: &ServiceAccount| account.client_secret.clone();
    let key = |key: &ApiKey| key.private_key.clone();
    let secrets: [(&'static str, Option<Secret>); 6] = [
        ("credentials.owner_token", credentials.owner_token.as_ref().map(token)),
        ("credentials.owner", credentials.owner.as_ref().map(account)),
        ("credentials.owner_key", credentials.owner_key.as_ref().map(key)),
        ("credentials.reader_token", credentials.reader_token.as_ref().map(token)),
        ("credentials.reader", credentials.reader.as_ref().map(account)),
        ("credentials.reader_key", credentials.reader_key.as_ref().map(key)),
    ];
    for (key, secret) in secrets {
        let Some(secret) = secret else { continue };
        let source = match secret.variable() {
            Some(variable) => format!("{file} and the variable {variable}"),
            None => file.to_owned(),
        };
        config.sources.insert(key, source);
    }
}
