//! Unusual habits that break no clause, a file for each topic.

mod auth;
mod catalogue;
mod envelope;
mod error;
mod field;
mod framing;
pub(crate) mod gzip;
mod media_type;
mod order;
mod pace;
mod request;
mod sibling;
mod spelling;
mod status;
mod variant;

pub use catalogue::{variant, variants};
pub use variant::Variant;
