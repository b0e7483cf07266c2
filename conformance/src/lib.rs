//! Judges an implementation of the Atlas removeRole operation over HTTP, clause by clause.
//!
//! Data flows one way: the generated contract and the selected checks go in, exchanges are
//! recorded and judged, events come out, and reports are made of those.

pub mod answers;
pub mod auth;
pub mod call;
pub mod check;
pub mod checks;
pub mod compare;
pub mod config;
pub mod contract;
pub mod doctor;
pub mod effort;
pub mod event;
pub mod evidence;
pub mod exchange;
pub mod exit_code;
pub mod expectations;
pub mod explanation;
pub mod interruption;
pub mod judge;
pub mod model;
pub mod nearest;
pub mod needs;
pub mod partition;
pub mod probe;
pub mod property;
pub mod recorded;
pub mod redaction;
pub mod rehearsal;
pub mod report;
pub mod runner;
pub mod sample;
pub mod secret;
pub mod select;
mod spelling;
pub mod state;
pub mod strategies;
pub mod target;
pub mod traffic;
pub mod user;
pub mod violation;
