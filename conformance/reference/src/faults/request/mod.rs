//! Defects in reading a request: method, path and body.

pub(super) mod id;
pub(super) mod media_type;
pub(super) mod method;
pub(super) mod odd;
pub(super) mod shape;
pub(super) mod unknown;
