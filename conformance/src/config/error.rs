use atlas_remove_role::config::InvalidConfig;

/// Why a configuration can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("can't read the configuration {path}: {source}")]
    Read { path: String, source: std::io::Error },
    /// The file is no valid configuration.
    #[error("in the configuration {path}: {message}")]
    Parse { path: String, message: String },
    /// A value can't be used.
    #[error(transparent)]
    Invalid(#[from] InvalidConfig),
    #[error("[credentials.{section}] is incomplete: both {first} and {second} are needed")]
    HalfCredential { section: &'static str, first: &'static str, second: &'static str },
    /// Half a credential in variables that other tools read as well.
    #[error(
        "{present} is set without {absent}: set both, or neither, or name the credential in [credentials]"
    )]
    HalfVariable {
        /// The variable that is set.
        present: &'static str,
        /// The one that is not.
        absent: &'static str,
    },
}
