//! What a run is told about its target: the shape of a configuration, and which values are valid.
//! The program reads it from a file and the environment.

pub mod confirmation;
mod error;
mod shape;
mod target_url;
mod validation;

pub use error::InvalidConfig;
pub use shape::{
    Config, FixtureUser, ListedMembership, PROJECT_ROLES, Sources, State, Through, With,
};
