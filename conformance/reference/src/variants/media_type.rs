//! The spelling of media types.

use super::Variant;
use crate::extension::Effect;

/// Writes the media type in another way.
fn rewrite(rewrite: fn(String) -> String) -> Effect {
    Effect::response(move |_, response| {
        response.media_type = response.media_type.take().map(rewrite);
    })
}

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("media-type-with-charset")
            .summary("Media types have a charset parameter.")
            .effect(rewrite(|name| name + ";charset=utf-8")),
        Variant::new("media-type-with-quoted-charset")
            .summary("Media types have a quoted charset parameter after a space.")
            .effect(rewrite(|name| name + "; charset=\"UTF-8\"")),
        Variant::new("media-type-with-other-parameters")
            .summary("Media types have unknown parameters.")
            .effect(rewrite(|name| name + " ; profile=\"a; b, c\" ;v=1")),
        Variant::new("media-type-upper-case")
            .summary("Media types are in upper case.")
            .effect(rewrite(|name| name.to_ascii_uppercase())),
    ]
}
