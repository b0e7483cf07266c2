//! Which unusual requests are served, and which are refused.

use super::Variant;
use crate::{
    call::{Operation, Route},
    extension::{Effect, Step},
    http::{Flaw, Request, Twice},
    refusal::Refusal,
};
use http::Method;

/// Writes the ids of a path in lower case. The names around them stay.
fn lower_ids(request: &mut Request) {
    let lowered = request.path.split('/').enumerate().map(|(at, segment)| match (at, segment) {
        (5, group) => group.to_ascii_lowercase(),
        (7, user) => match user.rsplit_once(':') {
            Some((id, action)) => format!("{}:{action}", id.to_ascii_lowercase()),
            None => user.to_ascii_lowercase(),
        },
        (_, other) => other.to_owned(),
    });
    request.path = lowered.collect::<Vec<_>>().join("/");
}

/// Removes dot segments (RFC 3986, 5.2.4).
fn without_dot_segments(request: &mut Request) {
    let mut kept: Vec<&str> = Vec::new();
    for segment in request.path.split('/') {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    request.path = kept.join("/");
}

/// Drops the parameters of segments (RFC 3986, 3.3), but not the action after them.
fn without_parameters(request: &mut Request) {
    let plain = request.path.split('/').map(|segment| {
        let (id, rest) = segment.split_once(';').unwrap_or((segment, ""));
        let action = rest.rsplit_once(':').map(|(_, action)| format!(":{action}"));
        format!("{id}{}", action.unwrap_or_default())
    });
    request.path = plain.collect::<Vec<_>>().join("/");
}

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("dot-segments-led-back")
            .summary("Dot segments of a path are removed before it is routed.")
            .effect(Effect::request(without_dot_segments)),
        Variant::new("segment-parameters-dropped")
            .summary("Parameters of a path's segments are dropped.")
            .effect(Effect::request(without_parameters)),
        Variant::new("upper-case-ids-served")
            .summary("Ids are accepted in upper case as well.")
            .effect(Effect::request(lower_ids)),
        Variant::new("encoded-ids-refused")
            .summary("Ids with percent-encoded digits are refused.")
            .effect(Effect::after(Step::Path, |call, verdict| {
                if verdict.is_ok() && call.request.path.contains('%') {
                    *verdict = Err(Refusal::PathParameter("userId"));
                }
            })),
        Variant::new("numbers-beyond-json-read")
            .summary("NaN and Infinity are read as numbers, as some parsers of JSON do.")
            .effect(Effect::request(|request| {
                let text = String::from_utf8_lossy(&request.body).into_owned();
                let read = text
                    .replace(":NaN", ":0")
                    .replace(":Infinity", ":1")
                    .replace(":-Infinity", ":-1");
                if read != text {
                    request.body = read.into();
                }
            })),
        Variant::new("first-of-two-keys-counts")
            .summary("The first value of a key that comes twice counts.")
            .effect(Effect::settings(|settings| settings.twice = Twice::First)),
        Variant::new("last-of-two-keys-counts")
            .summary("The last value of a key that comes twice counts.")
            .effect(Effect::settings(|settings| settings.twice = Twice::Last)),
        Variant::new("further-properties-refused")
            .summary("A property beside groupRole is refused.")
            .effect(Effect::after(Step::Body, |call, verdict| {
                let further = call.json().as_object().is_some_and(|object| object.len() > 1);
                if call.role().is_some() && further && verdict.is_ok() {
                    *verdict = Err(Refusal::Body(Flaw::Value("groupRole")));
                }
            })),
        Variant::new("byte-order-mark-ignored")
            .summary("A byte order mark in front of a body is ignored.")
            .effect(Effect::request(|request| {
                if request.body.starts_with(b"\xEF\xBB\xBF") {
                    request.body = request.body.slice(3..);
                }
            })),
        Variant::new("non-boolean-ignored")
            .summary("A flag that is not boolean is ignored.")
            .effect(Effect::after(Step::Query, |_, verdict| *verdict = Ok(()))),
        Variant::new("any-media-type-read")
            .summary("A body is read whatever its media type.")
            .effect(Effect::request(|request| {
                request.headers.remove("content-type");
            })),
        Variant::new("missing-media-type-refused")
            .summary("A body without a media type is refused with 415.")
            .effect(Effect::after(Step::Body, |call, verdict| {
                let declared = call.request.headers.contains_key("content-type");
                if !declared && !call.request.body.is_empty() {
                    *verdict = Err(Refusal::Other(415, "UNSUPPORTED_MEDIA_TYPE"));
                }
            })),
        Variant::new("get-shows-the-user")
            .summary("GET and HEAD on the path of removeRole show the user and change nothing.")
            .effect(Effect::after(Step::Method, |call, verdict| {
                let reads = [Method::GET, Method::HEAD].contains(&call.request.method);
                if reads && matches!(call.route, Route::RemoveRole(_)) && verdict.is_err() {
                    call.operation = Some(Operation::GetUser);
                    *verdict = Ok(());
                }
            })),
    ]
}
