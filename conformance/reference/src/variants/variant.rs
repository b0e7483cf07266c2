//! An unusual habit.

use super::{
    auth, envelope, error, field, framing, media_type, order, pace, request, sibling, spelling,
    status,
};
use crate::hook::Hook;

/// An unusual habit of the whole server that breaks no clause.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// How it does it.
    pub(crate) hooks: &'static [Hook],
}

/// All variants.
pub fn variants() -> impl Iterator<Item = &'static Variant> {
    let topics = [
        framing::VARIANTS,
        pace::VARIANTS,
        media_type::VARIANTS,
        spelling::VARIANTS,
        field::VARIANTS,
        error::VARIANTS,
        status::VARIANTS,
        order::VARIANTS,
        auth::VARIANTS,
        request::VARIANTS,
        envelope::VARIANTS,
        sibling::VARIANTS,
    ];
    topics.into_iter().flatten()
}

/// The variant with this name.
pub fn variant(name: &str) -> Option<&'static Variant> {
    variants().find(|variant| variant.name == name)
}
