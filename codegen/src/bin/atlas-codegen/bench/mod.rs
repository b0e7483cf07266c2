//! `cargo xtask bench`: how long the generator takes, and what others take.

mod clock;
mod command;
mod memory;
mod peers;
mod stages;
mod table;

pub(crate) use command::{What, run};
