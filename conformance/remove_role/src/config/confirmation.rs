//! Safety: a target on another machine has to be named twice, and the real service with its project,
//! before anything is sent to it.

use atlas_engine::transport::is_loopback;
use url::Url;

use super::Config;

/// The domains of the real service.
const SERVICE: [&str; 2] = ["mongodb.com", "mongodbgov.com"];

/// Whether the target is on this machine.
pub fn is_local(config: &Config) -> bool {
    url(config).is_some_and(|url| is_loopback(&url))
}

/// A target on another machine that was not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum NotConfirmed {
    /// The target was not named again.
    #[error(
        "the target {host} is not on this machine, and a run makes, changes and removes users \
         there: confirm it with `--confirm-target {host}` or `confirm_target = \"{host}\"`{instead}"
    )]
    Target {
        host: String,
        /// What was confirmed instead.
        instead: String,
    },
    /// The target is the real service, and its project was not named again.
    #[error(
        "{host} is the real service: confirm the project as well, with `--confirm-project \
         {project}` or `confirm_project = \"{project}\"`{instead}"
    )]
    Project {
        host: String,
        project: String,
        /// What was confirmed instead.
        instead: String,
    },
}

/// Refuses a target on another machine that was not confirmed.
///
/// # Errors
/// With what to add.
pub fn check_confirmed(config: &Config) -> Result<(), NotConfirmed> {
    let Some(url) = url(config).filter(|url| !is_loopback(url)) else { return Ok(()) };
    let host = url.host_str().unwrap_or_default();
    if !same(config.confirm_target.as_deref(), host) {
        let instead = instead(config.confirm_target.as_deref());
        return Err(NotConfirmed::Target { host: host.to_owned(), instead });
    }
    let service =
        SERVICE.iter().any(|domain| host == *domain || host.ends_with(&format!(".{domain}")));
    let project = config.group_id.as_deref().unwrap_or_default();
    if service && !same(config.confirm_project.as_deref(), project) {
        let instead = instead(config.confirm_project.as_deref());
        let (host, project) = (host.to_owned(), project.to_owned());
        return Err(NotConfirmed::Project { host, project, instead });
    }
    Ok(())
}

fn same(given: Option<&str>, wanted: &str) -> bool {
    // The host of a URL has brackets where it is an IPv6 address.
    let bare = |text: &str| text.trim_matches(['[', ']']).to_ascii_lowercase();
    given.is_some_and(|given| bare(given) == bare(wanted))
}

fn instead(given: Option<&str>) -> String {
    given.map(|given| format!("; confirmed is `{given}`")).unwrap_or_default()
}

fn url(config: &Config) -> Option<Url> {
    config.target.as_deref().and_then(|target| target.parse().ok())
}
