//! What every response of the operation has to keep, whichever check asked for it: raw bytes and
//! the generated contract in, violations out.

pub mod format;
pub mod leak;
pub mod media_type;
pub mod response;
pub mod schema;
pub mod violation;
