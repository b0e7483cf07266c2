//! The pieces that faults are made of: conditions, and effects by what they change.

mod conditions;
mod force_accept;
mod request_edits;
mod response_edits;
mod store_edits;

pub(super) use conditions::*;
pub use conditions::{Factor, conditions};
pub(super) use force_accept::*;
pub(super) use request_edits::*;
pub(super) use response_edits::*;
pub(super) use store_edits::*;

pub(super) use super::Fault;
pub(super) use crate::{
    auth::Denial,
    call::Call,
    extension::{Condition, Effect, Step},
    http::Flaw,
    refusal::Refusal,
};
