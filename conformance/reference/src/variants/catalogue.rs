//! The list of all variants.

use std::sync::LazyLock;

use super::{
    Variant, auth, envelope, error, field, framing, json_layout, media_type, order, pace, request,
    sibling, status,
};

static VARIANTS: LazyLock<Vec<Variant>> = LazyLock::new(|| {
    let topics = [
        framing::variants(),
        pace::variants(),
        media_type::variants(),
        json_layout::variants(),
        field::variants(),
        error::variants(),
        status::variants(),
        order::variants(),
        auth::variants(),
        request::variants(),
        envelope::variants(),
        sibling::variants(),
    ];
    topics.into_iter().flatten().collect()
});

pub fn variants() -> impl Iterator<Item = &'static Variant> {
    VARIANTS.iter()
}

/// The variant with this name.
pub fn variant(name: &str) -> Option<&'static Variant> {
    variants().find(|variant| variant.name == name)
}
