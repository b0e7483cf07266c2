use std::io;

use atlas_engine::session::SessionError;

use crate::preflight::PreflightError;
use crate::users::last_owner_guard::LastOwnerError;
use crate::users::provider::ProviderError;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The process can't start a runtime.
    #[error("can't start: {0}")]
    Runtime(#[source] io::Error),
    /// The target's URL or the certificates can't be used.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The configuration names no way to set users up.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The target can't be reached or refuses the credentials.
    #[error(transparent)]
    Preflight(#[from] PreflightError),
    /// The listed users may include the last owner.
    #[error(transparent)]
    LastOwner(#[from] LastOwnerError),
    /// A signal has stopped the run before its first check.
    #[error("the run was stopped before its first check")]
    Stopped,
}

impl RunError {
    /// Whether the configuration is wrong, found before any request was sent.
    pub const fn is_configuration(&self) -> bool {
        matches!(self, Self::Session(_) | Self::Provider(_))
    }
}
