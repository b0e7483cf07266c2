//! Reads a configuration: a TOML file, and the environment, which overrides it.

mod environment;
mod error;
mod file;
mod mistake;

pub use error::ConfigError;
pub use file::load;
