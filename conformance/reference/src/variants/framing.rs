//! How answers are framed, and what travels beside them.

use http::{HeaderName, HeaderValue, header};

use super::{gzip, variant::Variant};
use crate::{
    hook::Hook,
    wire::{Delivery, Wire},
};

fn set(wire: &mut Wire, name: HeaderName, value: &'static str) {
    wire.headers.insert(name, HeaderValue::from_static(value));
}

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "chunked",
        summary: "Bodies travel in chunks of a few bytes.",
        hooks: &[Hook::Wire(|_, wire| wire.delivery = Delivery::Chunked)],
    },
    Variant {
        name: "until-close",
        summary: "Answers are HTTP/1.0, and their bodies end when the connection closes.",
        hooks: &[Hook::Wire(|_, wire| wire.delivery = Delivery::UntilClose)],
    },
    Variant {
        name: "trickled",
        summary: "Bodies travel in small pieces with pauses.",
        hooks: &[Hook::Wire(|_, wire| wire.delivery = Delivery::Trickled)],
    },
    Variant {
        name: "connection-close",
        summary: "The connection closes after each answer.",
        hooks: &[Hook::Wire(|_, wire| set(wire, header::CONNECTION, "close"))],
    },
    Variant {
        name: "connection-close-at-times",
        summary: "The connection closes after its third answer.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.request.ordinal >= 3 {
                set(wire, header::CONNECTION, "close");
            }
        })],
    },
    Variant {
        name: "connection-close-after-errors",
        summary: "The connection closes after each error.",
        hooks: &[Hook::Wire(|_, wire| {
            if wire.status >= 400 {
                set(wire, header::CONNECTION, "close");
            }
        })],
    },
    Variant {
        name: "title-case-headers",
        summary: "Header names are sent in title case.",
        hooks: &[Hook::Manner(|manner| manner.title_case = true)],
    },
    Variant {
        name: "no-date",
        summary: "Answers have no Date.",
        hooks: &[Hook::Manner(|manner| manner.date = false)],
    },
    Variant {
        name: "gzip",
        summary: "Bodies are compressed for those who ask for it.",
        hooks: &[Hook::Wire(|call, wire| {
            let accepted = call.request.header("accept-encoding").unwrap_or_default();
            if gzip::is_accepted(accepted) && !wire.body.is_empty() {
                wire.body = gzip::pack(&wire.body);
                set(wire, header::CONTENT_ENCODING, "gzip");
                set(wire, header::VARY, "accept-encoding");
            }
        })],
    },
    Variant {
        name: "gzip-unless-refused",
        summary: "Bodies are compressed for those who don't say what they take.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.request.header("accept-encoding").is_none() && !wire.body.is_empty() {
                wire.body = gzip::pack(&wire.body);
                set(wire, header::CONTENT_ENCODING, "gzip");
            }
        })],
    },
    Variant {
        name: "many-headers",
        summary: "Answers have headers that proxies and frameworks like to add.",
        hooks: &[Hook::Wire(|_, wire| {
            set(wire, header::SERVER, "mock/1.0 (unusual)");
            set(wire, header::VIA, "1.1 proxy");
            set(wire, header::CACHE_CONTROL, "no-store");
            set(wire, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
            set(wire, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
            set(wire, HeaderName::from_static("ratelimit-limit"), "1200");
            set(wire, HeaderName::from_static("ratelimit-remaining"), "1199");
            for cookie in ["session=; Max-Age=0", "route=a; Path=/"] {
                wire.headers.append(header::SET_COOKIE, HeaderValue::from_static(cookie));
            }
        })],
    },
    Variant {
        name: "request-id-header",
        summary: "Each answer has a header that tells it from all others.",
        hooks: &[Hook::Wire(|call, wire| {
            wire.headers.insert("x-request-id", HeaderValue::from(call.serial));
        })],
    },
    Variant {
        name: "path-prefix",
        summary: "The server is mounted below /mock/v1.",
        hooks: &[Hook::Manner(|manner| manner.prefix = "/mock/v1")],
    },
];
