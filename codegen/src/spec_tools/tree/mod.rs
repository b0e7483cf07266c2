//! An OpenAPI document as a raw tree: keys in order, scalars as written, every node with its position.
//!
//! What cuts, compares and rewrites documents works on this tree, because it has to keep what it
//! doesn't know. The generator reads typed documents instead.

mod kind;
mod node;
mod pointer;
mod read;
mod references;
mod write;

pub use crate::error::place::{Place, Position};
pub use node::{Document, Entry, Node, Value};
pub use pointer::{At, below, name_of};
pub use read::{ReadError, read};
pub use write::write;

pub(crate) use kind::Kind;
pub(crate) use pointer::segments;
pub(crate) use references::{check, mapped, references};
