//! The suite, tested: its catalogue, its command line, its reports, and the generated client.

mod catalogue;
mod cli;
mod client;
mod config;
mod conforms;
#[path = "../embedded/mod.rs"]
mod embedded;
mod judge;
mod reports;
mod reports_browser;
mod reports_parts;
mod reports_secrets;
mod sample_run;
mod spawn;
