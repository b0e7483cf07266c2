//! The suite, tested: its catalogue, its command line, its reports, and the generated client.

mod ca_file;
mod canned;
mod catalogue;
mod cli;
mod client;
mod compare;
mod config;
mod conforms;
mod credentials;
#[path = "../distance/mod.rs"]
mod distance;
#[path = "../embedded/mod.rs"]
mod embedded;
mod expectations;
mod fixtures;
mod guide;
mod hook;
mod judge;
mod judge_answers;
mod judge_schemas;
mod pace;
mod partition;
mod people;
mod picture;
mod proxy;
mod recorded;
mod report_schema;
mod reports;
mod reports_browser;
mod reports_parts;
mod reports_secrets;
mod safety;
mod sample_run;
mod serve;
mod setting_up;
mod shrinking;
mod spawn;
mod target;
