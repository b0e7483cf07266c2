//! openapiv3 → intermediate representation: every key is lowered, ignored by name, or an error.

mod operation;
mod schema;

pub(crate) use operation::lower;
