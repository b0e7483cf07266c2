//! Requests and responses as HTTP has them: reading queries and bodies, writing JSON and bytes.

mod body;
mod delivery;
mod json;
mod media_type;
mod query;
mod request;
mod wire;

pub(crate) use body::{Flaw, Twice, read_object, string_of};
pub(crate) use delivery::{Parcel, parcel};
pub(crate) use json::Layout;
pub(crate) use media_type::{ATLAS, JSON, is_understood};
pub(crate) use query::{BadParameter, Flags, Query, form_decoded};
pub(crate) use request::Request;
pub(crate) use wire::{Delivery, Wire};
