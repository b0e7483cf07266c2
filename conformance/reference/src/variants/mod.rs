//! Unusual habits that break no clause, a file for each topic.

mod auth;
mod catalogue;
mod envelope;
mod error;
mod field;
mod framing;
pub(crate) mod gzip;
mod json_layout;
mod media_type;
mod order;
mod pace;
mod request;
mod sibling;
mod status;
mod variant;

pub use catalogue::{variant, variants};
pub use variant::Variant;
