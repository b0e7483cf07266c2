//! The reference server: removeRole and its siblings as the documentation has them.
//!
//! It shares no code with the suite that judges it, and reads the contract by itself. Its faults
//! are deliberate defects of removeRole, each against one clause; its variants are unusual habits
//! that break no clause.
//!
//! A module uses only modules above it in this list:
//!
//! | module | what it holds |
//! | --- | --- |
//! | `fixture` | projects, credentials and users that the server starts with |
//! | `http` | requests and responses as HTTP has them |
//! | `auth` | bearer tokens and Digest |
//! | `refusal` | the reasons why a request is refused |
//! | `store` | projects, users and roles |
//! | `call` | a request on its way to a response |
//! | `extension` | the points at which a fault or a variant departs, and conditions on calls |
//! | `faults`, `variants` | the departures themselves; neither uses the other |
//! | `service` | from a request to a response |
//! | `server` | connections and options |

mod auth;
mod call;
mod extension;
mod faults;
mod fixture;
mod http;
mod refusal;
mod server;
mod service;
mod store;
#[cfg(test)]
mod tests;
mod variants;

pub use extension::Condition;
pub use faults::{Factor, Fault, conditions, fault, faults};
pub use fixture::{ApiKey, Fixture, SampleUser, ServiceAccount};
pub use server::{Options, Reference, start};
pub use variants::{Variant, variant, variants};
