//! The suite, tested: its catalogue, its command line, its reports, and the generated client.

mod catalogue;
mod cli;
mod client;
mod compare;
mod config;
mod conforms;
#[path = "../embedded/mod.rs"]
mod embedded;
mod expectations;
mod judge;
mod partition;
mod spawn;
mod target;
mod traffic;
