//! How JSON is spelled: other bytes for the same values.

use super::variant::Variant;
use crate::hook::Hook;

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "keys-reversed",
        summary: "The members of objects come in reversed order.",
        hooks: &[Hook::Reply(|_, reply| reply.layout.reversed = true)],
    },
    Variant {
        name: "pretty-by-default",
        summary: "Everything is prettyprinted, asked for or not.",
        hooks: &[Hook::Reply(|_, reply| reply.layout.pretty = true)],
    },
    Variant {
        name: "pretty-401",
        summary: "A 401 is prettyprinted, asked for or not.",
        hooks: &[Hook::Reply(|_, reply| reply.layout.pretty |= reply.status == 401)],
    },
    Variant {
        name: "line-break-at-the-end",
        summary: "A line break follows the JSON value.",
        hooks: &[Hook::Reply(|_, reply| reply.layout.behind = "\n")],
    },
    Variant {
        name: "white-space-around",
        summary: "White space of all kinds surrounds the JSON value.",
        hooks: &[Hook::Reply(|_, reply| {
            reply.layout.before = " \r\n\t";
            reply.layout.behind = " \t\r\n";
        })],
    },
    Variant {
        name: "escapes-everywhere",
        summary: "All characters of all strings are escaped.",
        hooks: &[Hook::Reply(|_, reply| reply.layout.escaped = true)],
    },
];
