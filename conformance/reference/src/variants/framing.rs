//! The framing of responses, and their header fields.

use http::{HeaderName, HeaderValue, header};

use super::{Variant, gzip};
use crate::{
    extension::Effect,
    http::{Delivery, Wire},
};

fn set(wire: &mut Wire, name: HeaderName, value: &'static str) {
    wire.headers.insert(name, HeaderValue::from_static(value));
}

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("chunked")
            .summary("Bodies travel in chunks of a few bytes.")
            .effect(Effect::wire(|_, wire| wire.delivery = Delivery::Chunked)),
        Variant::new("until-close")
            .summary("Responses are HTTP/1.0, and their bodies end when the connection closes.")
            .effect(Effect::wire(|_, wire| wire.delivery = Delivery::UntilClose)),
        Variant::new("trickled")
            .summary("Bodies travel in small pieces with pauses.")
            .effect(Effect::wire(|_, wire| wire.delivery = Delivery::Trickled)),
        Variant::new("connection-close")
            .summary("The connection closes after each response.")
            .effect(Effect::wire(|_, wire| set(wire, header::CONNECTION, "close"))),
        Variant::new("connection-close-at-times")
            .summary("The connection closes after its third response.")
            .effect(Effect::wire(|call, wire| {
                if call.request.ordinal >= 3 {
                    set(wire, header::CONNECTION, "close");
                }
            })),
        Variant::new("connection-close-after-errors")
            .summary("The connection closes after each error.")
            .effect(Effect::wire(|_, wire| {
                if wire.status >= 400 {
                    set(wire, header::CONNECTION, "close");
                }
            })),
        Variant::new("title-case-headers")
            .summary("Header names are sent in title case.")
            .effect(Effect::settings(|settings| settings.title_case = true)),
        Variant::new("no-date")
            .summary("Responses have no Date.")
            .effect(Effect::settings(|settings| settings.date = false)),
        Variant::new("gzip")
            .summary("Bodies are compressed if Accept-Encoding asks for it.")
            .effect(Effect::wire(|call, wire| {
                let accepted = call.request.header("accept-encoding").unwrap_or_default();
                if gzip::is_accepted(accepted) && !wire.body.is_empty() {
                    wire.body = gzip::pack(&wire.body);
                    set(wire, header::CONTENT_ENCODING, "gzip");
                    set(wire, header::VARY, "accept-encoding");
                }
            })),
        Variant::new("gzip-unless-refused")
            .summary("Bodies are compressed if there is no Accept-Encoding.")
            .effect(Effect::wire(|call, wire| {
                if call.request.header("accept-encoding").is_none() && !wire.body.is_empty() {
                    wire.body = gzip::pack(&wire.body);
                    set(wire, header::CONTENT_ENCODING, "gzip");
                }
            })),
        Variant::new("many-headers")
            .summary("Responses have headers that proxies and frameworks add.")
            .effect(Effect::wire(|_, wire| {
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
            })),
        Variant::new("request-id-header")
            .summary("Each response has a header with a value of its own.")
            .effect(Effect::wire(|call, wire| {
                wire.headers.insert("x-request-id", HeaderValue::from(call.serial));
            })),
        Variant::new("path-prefix")
            .summary("All paths begin with /mock/v1.")
            .effect(Effect::settings(|settings| settings.prefix = "/mock/v1")),
    ]
}
