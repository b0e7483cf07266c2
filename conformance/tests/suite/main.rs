//! The suite, tested: its catalogue, its command line, its reports, and the generated client.

mod canned;
mod catalogue;
mod cli;
mod client;
mod config;
mod conforms;
mod credentials;
#[path = "../embedded/mod.rs"]
mod embedded;
mod fixtures;
mod hook;
mod judge;
mod people;
mod safety;
mod setting_up;
mod spawn;
