//! Document to intermediate representation. Every key is lowered, ignored by name, or an error.

mod all_of;
mod difference;
mod form;
mod header;
mod keywords;
mod object;
mod operation;
mod parameter;
mod placed;
mod schema;
mod text;
mod union;
mod walk;

pub(crate) use walk::{Purpose, lower};
