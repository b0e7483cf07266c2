//! The points at which a fault or a variant departs from the conforming server.

mod condition;
mod effect;
mod in_force;
mod settings;
mod step;

pub use condition::Condition;
pub(crate) use effect::Effect;
pub(crate) use in_force::{Extensions, InForce};
pub(crate) use settings::Settings;
pub(crate) use step::Step;
