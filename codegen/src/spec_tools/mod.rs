//! Tools for documents: cut operations out, compare two, and put changes into a fragment.
//!
//! They work on the tree of a document, because they have to keep what they don't know.

pub mod diff;
mod kind;
mod references;
pub mod slice;
pub mod update;
mod write;

pub use write::write;
