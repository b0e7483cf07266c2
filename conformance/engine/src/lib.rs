//! Sends requests byte for byte, judges the responses against a contract that is data, and runs
//! checks. Knows HTTP and no operation: what is tested comes from a [`run::suite::Suite`].
//!
//! A module uses those above it in this list, never those below:
//! [`secret`], [`exchange`], [`contract`], [`suggest`], [`evidence`], [`judge`], [`transport`],
//! [`auth`], [`session`], [`traffic`], [`expectations`], [`run`].

pub mod auth;
pub mod contract;
pub mod evidence;
pub mod exchange;
pub mod expectations;
pub mod judge;
pub mod run;
pub mod secret;
pub mod session;
pub mod suggest;
pub mod traffic;
pub mod transport;
