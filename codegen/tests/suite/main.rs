//! The generator, held against fixtures of one construct each and against the project's own spec.

mod accept;
mod diff;
mod fixtures;
mod freshness;
mod hostile;
mod limits;
mod lowering;
mod reject;
mod sensitivity;
