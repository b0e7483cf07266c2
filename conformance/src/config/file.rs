//! Reading a configuration: the file first, then the environment.

use std::path::Path;

use zeroize::Zeroizing;

use super::environment;
use super::mistake;
use super::{Config, Error};
use crate::secret::Secret;

impl Config {
    /// Reads the file, if one is given, and lets the environment override it.
    ///
    /// # Errors
    /// When the file can't be read or is no valid configuration, or a credential is incomplete.
    pub fn load(
        path: Option<&Path>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        let mut config = path.map(Self::read).transpose()?.unwrap_or_default();
        environment::apply(&mut config, environment, path.is_some())?;
        Ok(config)
    }

    fn read(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map(Zeroizing::new)
            .map_err(|source| Error::Read { path: name.clone(), source })?;
        let mut config: Self = toml::from_str(&text).map_err(|error| Error::Parse {
            path: name.clone(),
            message: mistake::described(&error, &text),
        })?;
        config.note_sources(&name);
        let folder = path.parent().unwrap_or(Path::new(""));
        config.ca_file = config.ca_file.map(|file| folder.join(file));
        Ok(config)
    }

    fn note_sources(&mut self, file: &str) {
        let credentials = &self.credentials;
        let token = |token: &super::AccessToken| token.access_token.clone();
        let account = |account: &super::ServiceAccount| account.client_secret.clone();
        let key = |key: &super::ApiKey| key.private_key.clone();
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
            self.sources.insert(key, source);
        }
    }
}
