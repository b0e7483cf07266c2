//! What is known of removeRole: its calls, the rules about roles, the users that it needs, and its
//! checks. The engine runs them.
//!
//! A module uses those above it in this list, never those below:
//! [`operation`], [`config`], [`subject`], [`users`], [`circumstances`], [`call`], [`needs`], [`preflight`],
//! [`rules`], [`probe`], [`strategies`], [`checks`], [`run`].

pub mod call;
pub mod checks;
pub mod circumstances;
pub mod config;
pub mod needs;
pub mod operation;
pub mod preflight;
pub mod probe;
pub mod rules;
pub mod run;
pub mod strategies;
pub mod subject;
pub mod users;
