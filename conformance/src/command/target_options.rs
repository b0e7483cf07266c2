//! The options that name a target, as a configuration.

use atlas_conformance::config::load;
use atlas_conformance::exit_code::Failure;
use atlas_remove_role::config::Config;

use crate::args::TargetOptions;

impl TargetOptions {
    /// The configuration from file and environment; what an option says goes before both.
    pub(super) fn configuration(&self) -> Result<Config, Failure> {
        let environment = |name: &str| std::env::var(name).ok();
        let mut config = load(self.config.as_deref(), &environment).map_err(Failure::usage)?;
        for (option, value) in [
            (&self.target, &mut config.target),
            (&self.confirm_target, &mut config.confirm_target),
            (&self.confirm_project, &mut config.confirm_project),
            (&self.proxy, &mut config.proxy.chosen),
        ] {
            if option.is_some() {
                value.clone_from(option);
            }
        }
        if self.ca_file.is_some() {
            config.ca_file.clone_from(&self.ca_file);
        }
        config.check_target().map_err(Failure::usage)?;
        match &config.target {
            Some(target) if self.config.is_none() && config.group_id.is_none() => {
                Err(Failure::usage(format!(
                    "a target needs a configuration: `atlas-conformance init --target {target}` \
                     writes one, and `--config FILE` names it"
                )))
            }
            _ => Ok(config),
        }
    }

    /// Those that lead to the target, as they would be typed again.
    pub(super) fn written(&self) -> Vec<String> {
        let path = |path: &std::path::PathBuf| path.display().to_string();
        let options = [
            ("--target", self.target.clone()),
            ("--config", self.config.as_ref().map(path)),
            ("--confirm-target", self.confirm_target.clone()),
            ("--confirm-project", self.confirm_project.clone()),
            ("--ca-file", self.ca_file.as_ref().map(path)),
            // A proxy's password is not to be shown.
            ("--proxy", self.proxy.clone().filter(|proxy| !proxy.contains('@'))),
        ];
        let given = options.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?]));
        given.flatten().collect()
    }
}
