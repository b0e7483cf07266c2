//! What the environment says of the target and of how to run.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use atlas_engine::expectations;
use atlas_engine::run::case_budget::CaseBudget;
use atlas_remove_role::checks::Check;
use atlas_remove_role::config::Config;
use atlas_remove_role::config::confirmation;
use atlas_remove_role::needs::unmet;
use atlas_remove_role::run::Options;
use atlas_remove_role::users::capabilities::Capabilities;

/// The target and how to run.
pub(crate) struct Settings {
    /// The target; without one the embedded reference server is judged.
    pub(crate) config: Option<Config>,
    /// How to run.
    pub(crate) options: Options,
    /// The folder of the snapshots, if any are wanted.
    pub(crate) snapshots: Option<PathBuf>,
}

impl Settings {
    /// Reads `ATLAS_CONFORMANCE_…`; sends nothing, since `--list` does the same.
    pub(crate) fn from_environment() -> Result<Self, String> {
        let file = path("CONFIG");
        let environment = |name: &str| std::env::var(name).ok();
        let mut config = atlas_conformance::config::load(file.as_deref(), &environment)
            .map_err(|e| e.to_string())?;
        config.ca_file = path("CA_FILE").or(config.ca_file);
        let config = if config.target.is_some() {
            config.validate().map_err(|error| error.to_string())?;
            confirmation::check_confirmed(&config).map_err(|error| error.to_string())?;
            Some(config)
        } else if file.is_some() {
            return Err("no target: set `target` in the configuration or the variable \
                        ATLAS_CONFORMANCE_TARGET"
                .to_owned());
        } else {
            None
        };
        let today = expectations::today();
        let expectations = path("EXPECTATIONS")
            .map(|file| {
                expectations::read(&file, &atlas_remove_role::checks::ids(), today)
                    .map_err(|error| error.to_string())
            })
            .transpose()?
            .unwrap_or_default();
        let local = config.as_ref().is_none_or(confirmation::is_local);
        let cases = if local { CaseBudget::LOCAL } else { CaseBudget::REMOTE };
        let cases = number("CASES")?.unwrap_or(cases);
        let target_options = file.iter().flat_map(|file| ["--config".to_owned(), shown(file)]);
        Ok(Self {
            options: Options {
                strict: value("STRICT").is_some_and(|value| value != "0"),
                seed: number("SEED")?.unwrap_or(1),
                jobs: number("JOBS")?.unwrap_or(4),
                timeout: Duration::from_secs(number("TIMEOUT")?.unwrap_or(10)),
                budget: CaseBudget::cases(u32::max(cases, 1)),
                target_options: target_options.collect(),
                expectations,
                ..Options::default()
            },
            config,
            snapshots: path("SNAPSHOTS"),
        })
    }

    /// What the check lacks of the target, as far as the configuration tells.
    pub(crate) fn unmet(&self, check: &Check) -> Option<String> {
        self.config
            .as_ref()
            .and_then(|config| unmet(config, &Capabilities::new(config), check.needs))
    }
}

fn value(name: &str) -> Option<String> {
    std::env::var(format!("ATLAS_CONFORMANCE_{name}")).ok().filter(|value| !value.is_empty())
}

fn number<T: FromStr>(name: &str) -> Result<Option<T>, String> {
    let parsed = |text: String| {
        text.parse()
            .map_err(|_| format!("ATLAS_CONFORMANCE_{name}: expected a whole number, got `{text}`"))
    };
    value(name).map(parsed).transpose()
}

/// Tests run in the folder of their package, so a relative path counts from the workspace.
fn path(name: &str) -> Option<PathBuf> {
    value(name).map(|text| match Path::new(env!("CARGO_MANIFEST_DIR")).parent() {
        Some(workspace) => workspace.join(text),
        None => PathBuf::from(text),
    })
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
