//! What can be wrong with a configuration.

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file can't be read.
    #[error("can't read the configuration {path}: {source}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no valid configuration.
    #[error("in the configuration {path}: {message}")]
    Parse {
        /// The file.
        path: String,
        /// Where and why.
        message: String,
    },
    /// A value is missing.
    #[error("no {key}: set `{key}` in the configuration file or the variable {variable}")]
    Missing {
        /// The key in the file.
        key: &'static str,
        /// The variable.
        variable: &'static str,
    },
    /// A value can't be used.
    #[error("`{key}`: expected {expected}, got `{got}`")]
    Invalid {
        /// The key in the file.
        key: &'static str,
        /// What would do.
        expected: String,
        /// What came.
        got: String,
    },
    /// Half a credential.
    #[error("[credentials.{section}] is incomplete: both {first} and {second} are needed")]
    HalfCredential {
        /// The table.
        section: &'static str,
        /// One key.
        first: &'static str,
        /// The other key.
        second: &'static str,
    },
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

impl Error {
    pub(super) fn invalid(key: &'static str, expected: impl Into<String>, got: String) -> Self {
        Self::Invalid { key, expected: expected.into(), got }
    }
}
