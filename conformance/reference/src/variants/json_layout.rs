//! The layout of JSON: other bytes for the same values.

use super::Variant;
use crate::extension::Effect;

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("keys-reversed")
            .summary("The members of objects are in reversed order.")
            .effect(Effect::response(|_, response| response.layout.reversed = true)),
        Variant::new("pretty-by-default")
            .summary("Everything is pretty-printed, asked for or not.")
            .effect(Effect::response(|_, response| response.layout.pretty = true)),
        Variant::new("pretty-401").summary("A 401 is pretty-printed, asked for or not.").effect(
            Effect::response(|_, response| response.layout.pretty |= response.status == 401),
        ),
        Variant::new("line-break-at-the-end")
            .summary("A line break follows the JSON value.")
            .effect(Effect::response(|_, response| response.layout.behind = "\n")),
        Variant::new("white-space-around")
            .summary("White space of all kinds surrounds the JSON value.")
            .effect(Effect::response(|_, response| {
                response.layout.before = " \r\n\t";
                response.layout.behind = " \t\r\n";
            })),
        Variant::new("escapes-everywhere")
            .summary("All characters of all strings are escaped.")
            .effect(Effect::response(|_, response| response.layout.escaped = true)),
    ]
}
