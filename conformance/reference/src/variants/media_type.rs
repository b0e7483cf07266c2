//! How media types are written.

use super::variant::Variant;
use crate::{hook::Hook, reply::Reply};

fn respell(reply: &mut Reply, respell: impl FnOnce(String) -> String) {
    reply.media_type = reply.media_type.take().map(respell);
}

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "media-type-with-charset",
        summary: "Media types have a charset parameter.",
        hooks: &[Hook::Reply(|_, reply| respell(reply, |name| name + ";charset=utf-8"))],
    },
    Variant {
        name: "media-type-with-quoted-charset",
        summary: "Media types have a quoted charset parameter behind a space.",
        hooks: &[Hook::Reply(|_, reply| respell(reply, |name| name + "; charset=\"UTF-8\""))],
    },
    Variant {
        name: "media-type-with-other-parameters",
        summary: "Media types have parameters that nobody knows.",
        hooks: &[Hook::Reply(|_, reply| {
            respell(reply, |name| name + " ; profile=\"a; b, c\" ;v=1");
        })],
    },
    Variant {
        name: "media-type-upper-case",
        summary: "Media types are spelled in upper case.",
        hooks: &[Hook::Reply(|_, reply| respell(reply, |name| name.to_ascii_uppercase()))],
    },
];
