//! What a run is told about its target: a TOML file, and the environment, which overrides it.

mod environment;
mod error;
mod file;
mod mistake;
mod shape;
mod validation;

pub use error::Error;
pub use shape::{
    AccessToken, ApiKey, Config, Credentials, FixtureUser, ListedMembership, PROJECT_ROLES,
    ServiceAccount, Sources, State, Through, With,
};
