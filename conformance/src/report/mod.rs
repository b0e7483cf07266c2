//! Reports of a run. A run becomes one document without secrets; each report writes that document in
//! one format.

pub mod clause_state;
pub mod destination;
pub mod difference;
pub mod document;
pub mod format;
pub mod github;
pub mod har;
pub mod html;
pub mod junit;
pub mod log;
pub mod markdown;
pub mod markup;
pub mod observed;
pub mod sarif;
pub mod terminal;
mod time;
pub mod traffic;
pub mod wording;
