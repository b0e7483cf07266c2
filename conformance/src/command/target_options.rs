//! The configuration of a command that speaks to a target, with what its options override.

use std::path::Path;

use atlas_conformance::config::Config;

/// The options that name the target, confirm it and say whom to trust.
pub(super) struct TargetOptions<'a> {
    pub(super) config: Option<&'a Path>,
    pub(super) target: Option<&'a String>,
    pub(super) confirm_target: Option<&'a String>,
    pub(super) confirm_project: Option<&'a String>,
    pub(super) ca_file: Option<&'a Path>,
}

impl TargetOptions<'_> {
    /// Reads file and environment; what an option says goes before both.
    pub(super) fn configuration(&self) -> Result<Config, String> {
        let environment = |name: &str| std::env::var(name).ok();
        let mut config =
            Config::load(self.config, &environment).map_err(|error| error.to_string())?;
        for (option, value) in [
            (self.target, &mut config.target),
            (self.confirm_target, &mut config.confirm_target),
            (self.confirm_project, &mut config.confirm_project),
        ] {
            if let Some(option) = option {
                *value = Some(option.clone());
            }
        }
        if let Some(file) = self.ca_file {
            config.ca_file = Some(file.to_owned());
        }
        Ok(config)
    }
}
