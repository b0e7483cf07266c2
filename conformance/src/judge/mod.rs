//! What every answer of the operation has to keep, whichever check asked for it: raw bytes and
//! the generated contract in, violations out.

pub mod answer;
pub mod format;
pub mod json;
pub mod leak;
pub mod media;
pub mod schema;
pub mod subject;
