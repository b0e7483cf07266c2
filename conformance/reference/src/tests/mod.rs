//! Tests of what is easier seen from inside.

mod body;
mod catalogue;
mod conditions;
mod digest;
mod gzip;
mod store;
