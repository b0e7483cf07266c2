/// Why the values of a configuration can't be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidConfig {
    /// A value is missing.
    #[error("no {key}: set `{key}` in the configuration file or the variable {variable}")]
    Missing {
        /// The key in the file.
        key: &'static str,
        variable: &'static str,
    },
    /// A value can't be used.
    #[error("`{key}`: expected {expected}, got `{got}`")]
    Invalid {
        /// The key in the file.
        key: &'static str,
        expected: String,
        got: String,
    },
}

impl InvalidConfig {
    /// A value that can't be used.
    pub fn invalid(key: &'static str, expected: impl Into<String>, got: String) -> Self {
        Self::Invalid { key, expected: expected.into(), got }
    }
}
