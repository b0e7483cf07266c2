//! The targets, a file each.

mod definition;

pub mod answer;
pub mod challenge;
pub mod client;
pub mod configuration;
pub mod contract;
pub mod date_time;
pub mod differences;
pub mod expectations;
pub mod json;
pub mod media_type;
pub mod recording;
pub mod redaction;
pub mod reports;

pub use definition::{Target, part};

/// All of them.
pub static TARGETS: [&Target; 13] = [
    &answer::TARGET,
    &challenge::TARGET,
    &client::TARGET,
    &configuration::TARGET,
    &contract::TARGET,
    &date_time::TARGET,
    &differences::TARGET,
    &expectations::TARGET,
    &json::TARGET,
    &media_type::TARGET,
    &recording::TARGET,
    &redaction::TARGET,
    &reports::TARGET,
];
