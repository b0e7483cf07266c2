//! What changed between two documents: for clients, for servers, and for the clauses of this project.
//!
//! Both documents are read as what they mean: references followed, `allOf` and discriminated `oneOf`
//! written out as effective properties. What a document says in another form is no change.
//! Descriptions, examples, tags, links and the publisher's own keys (`x-`) say nothing that binds and
//! are not compared; `x-required-when` is, see `spec/README.md`.

mod bounds;
mod change;
mod compare;
mod content;
mod effect;
mod finding;
mod flatten;
mod ledger;
mod operation;
mod pair;
mod parameter;
mod report;
mod rule;
mod schema;
mod security;
mod shape;
mod summary;
mod touches;
mod wildcard;

pub use change::{Breaks, Change, End, Site, Subject};
pub use compare::{changes, places};
pub use ledger::{Ledger, Mismatch};
pub use report::{Report, json, markdown, text};
pub use rule::Rule;
pub use touches::{Catalogue, Touched, Touches};
