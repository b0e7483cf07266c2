//! Tools for documents: cut operations out, compare two, and put changes into a fragment.

pub mod diff;
pub mod slice;
pub mod tree;
pub mod update;
