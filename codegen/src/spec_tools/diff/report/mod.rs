//! Changes, as they are shown.

mod data;
mod json;
mod markdown;
mod shown;
mod text;

pub use data::Report;
pub use json::json;
pub use markdown::markdown;
pub use text::text;
