//! Authentication: bearer tokens and HTTP Digest.

mod algorithm;
mod authority;
mod caller;
mod challenge;
mod digest;
mod nonces;
mod parameters;
mod tokens;

pub(crate) use algorithm::Algorithm;
pub(crate) use authority::Authority;
pub(crate) use caller::{Account, Caller, Denial, Scheme};
pub(crate) use challenge::Challenge;
pub(crate) use digest::Answer;
