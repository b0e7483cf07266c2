//! Judges an implementation of the Atlas removeRole operation over HTTP, clause by clause.
//!
//! The program around the checks of `atlas-remove-role`: it reads the configuration, runs the
//! checks, and writes reports.

pub mod compare;
pub mod config;
pub mod doctor;
pub mod dry_run;
pub mod embedded;
pub mod exit_code;
pub mod first_expectations;
pub mod recorded;
pub mod report;
