//! What is let through, and what isn't.

use http::Method;
use serde_json::Value;

use super::variant::Variant;
use crate::{
    body::Twice,
    hook::Hook,
    refusal::{Flaw, Refusal},
    request::Request,
    route::{Operation, Route},
    step::Step,
};

/// Spells the ids of a path in lower case. The names around them have one spelling only.
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

/// Leads dot segments back (RFC 3986, 5.2.4).
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

/// Drops the parameters of segments (RFC 3986, 3.3), but not the action behind them.
fn without_parameters(request: &mut Request) {
    let plain = request.path.split('/').map(|segment| {
        let (id, rest) = segment.split_once(';').unwrap_or((segment, ""));
        let action = rest.rsplit_once(':').map(|(_, action)| format!(":{action}"));
        format!("{id}{}", action.unwrap_or_default())
    });
    request.path = plain.collect::<Vec<_>>().join("/");
}

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "dot-segments-led-back",
        summary: "Dot segments of a path are led back before it is routed.",
        hooks: &[Hook::Request(without_dot_segments)],
    },
    Variant {
        name: "segment-parameters-dropped",
        summary: "Parameters of a path's segments are dropped.",
        hooks: &[Hook::Request(without_parameters)],
    },
    Variant {
        name: "upper-case-ids-served",
        summary: "Ids are understood in upper case as well.",
        hooks: &[Hook::Request(lower_ids)],
    },
    Variant {
        name: "encoded-ids-refused",
        summary: "Ids with percent-encoded digits are refused.",
        hooks: &[Hook::After(Step::Path, |call, verdict| {
            if verdict.is_ok() && call.request.path.contains('%') {
                *verdict = Err(Refusal::PathParameter("userId"));
            }
        })],
    },
    Variant {
        name: "numbers-beyond-json-read",
        summary: "NaN and Infinity are read as numbers, as some parsers of JSON do.",
        hooks: &[Hook::Request(|request| {
            let text = String::from_utf8_lossy(&request.body).into_owned();
            let read =
                text.replace(":NaN", ":0").replace(":Infinity", ":1").replace(":-Infinity", ":-1");
            if read != text {
                request.body = read.into();
            }
        })],
    },
    Variant {
        name: "first-of-two-keys-counts",
        summary: "Of a key that comes twice the first value counts.",
        hooks: &[Hook::Manner(|manner| manner.twice = Twice::First)],
    },
    Variant {
        name: "last-of-two-keys-counts",
        summary: "Of a key that comes twice the last value counts.",
        hooks: &[Hook::Manner(|manner| manner.twice = Twice::Last)],
    },
    Variant {
        name: "further-properties-refused",
        summary: "A property beside groupRole is refused.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            let body: Value = serde_json::from_slice(&call.request.body).unwrap_or_default();
            let further = body.as_object().is_some_and(|object| object.len() > 1);
            if call.role().is_some() && further && verdict.is_ok() {
                *verdict = Err(Refusal::Body(Flaw::Value("groupRole")));
            }
        })],
    },
    Variant {
        name: "byte-order-mark-ignored",
        summary: "A byte order mark in front of a body is overlooked.",
        hooks: &[Hook::Request(|request| {
            if request.body.starts_with(b"\xEF\xBB\xBF") {
                request.body = request.body.slice(3..);
            }
        })],
    },
    Variant {
        name: "non-boolean-ignored",
        summary: "A flag that is no boolean is taken for absent.",
        hooks: &[Hook::After(Step::Query, |_, verdict| *verdict = Ok(()))],
    },
    Variant {
        name: "any-media-type-read",
        summary: "A body is read whatever its media type.",
        hooks: &[Hook::Request(|request| {
            request.headers.remove("content-type");
        })],
    },
    Variant {
        name: "missing-media-type-refused",
        summary: "A body without a media type is refused with 415.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            let declared = call.request.headers.contains_key("content-type");
            if !declared && !call.request.body.is_empty() {
                *verdict = Err(Refusal::Other(415, "UNSUPPORTED_MEDIA_TYPE"));
            }
        })],
    },
    Variant {
        name: "get-shows-the-user",
        summary: "GET and HEAD on the path of removeRole show the user and change nothing.",
        hooks: &[Hook::After(Step::Method, |call, verdict| {
            let reads = [Method::GET, Method::HEAD].contains(&call.request.method);
            if reads && matches!(call.route, Route::RemoveRole(_)) && verdict.is_err() {
                call.operation = Some(Operation::GetUser);
                *verdict = Ok(());
            }
        })],
    },
];
