//! Media types and spellings of good bodies that are not understood.

use serde_json::Value;

use crate::{
    call::Call,
    faults::{deed::asked_role, fault::Fault},
    hook::{Hook, Verdict},
    media_type::ATLAS,
    refusal::{Flaw, Refusal},
    step::Step,
};

/// Refuses a good body where such a thing is so of its media type.
fn refuse_type(call: &Call, verdict: &mut Verdict, refuses: fn(&str) -> bool) {
    let declared = call.request.header("content-type").unwrap_or_default();
    if verdict.is_ok() && refuses(declared) {
        *verdict = Err(Refusal::MediaType);
    }
}

/// Refuses a good body where such a thing is so of its text.
fn refuse_text(call: &Call, verdict: &mut Verdict, refuses: fn(&str) -> bool) {
    let text = String::from_utf8_lossy(&call.request.body);
    if verdict.is_ok() && refuses(&text) {
        *verdict = Err(Refusal::Body(Flaw::Syntax));
    }
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "documented-media-type-refused",
        clause: "request.body-media-type",
        summary: "A body of the documented media type is refused with 400.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            refuse_type(call, verdict, |declared| declared.contains("vnd.atlas"));
        })],
    },
    Fault {
        name: "documented-media-type-refused-for-pending",
        clause: "request.body-media-type",
        summary: "For a pending user a body of the documented media type is refused.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            if call.was_pending() {
                refuse_type(call, verdict, |declared| declared.contains("vnd.atlas"));
            }
        })],
    },
    Fault {
        name: "media-type-with-charset-refused",
        clause: "request.media-type-syntax",
        summary: "The media type with a charset parameter is refused.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            refuse_type(call, verdict, |declared| declared.contains(';'));
        })],
    },
    Fault {
        name: "media-type-with-quoted-charset-refused",
        clause: "request.media-type-syntax",
        summary: "The media type with a quoted charset parameter is refused.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            refuse_type(call, verdict, |declared| declared.contains('"'));
        })],
    },
    Fault {
        name: "media-type-in-other-case-refused",
        clause: "request.media-type-syntax",
        summary: "The media type is refused in any case but the documented one.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            refuse_type(call, verdict, |declared| {
                let essence = declared.split(';').next().unwrap_or_default().trim();
                essence != ATLAS && essence.eq_ignore_ascii_case(ATLAS)
            });
        })],
    },
    Fault {
        name: "escaped-role-not-understood",
        clause: "request.json-equivalence",
        summary: "A role name with an escape is taken as it is written.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            let text = String::from_utf8_lossy(&call.request.body);
            let written = asked_role(call).is_some_and(|role| text.contains(&role));
            if verdict.is_ok() && !written {
                *verdict = Err(Refusal::UnknownRole);
            }
        })],
    },
    Fault {
        name: "escaped-property-not-understood",
        clause: "request.json-equivalence",
        summary: "A property name with an escape is taken as it is written.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            let text = String::from_utf8_lossy(&call.request.body);
            if verdict.is_ok() && !text.contains("groupRole") {
                *verdict = Err(Refusal::Body(Flaw::Absent("groupRole")));
            }
        })],
    },
    Fault {
        name: "leading-white-space-refused",
        clause: "request.json-equivalence",
        summary: "White space in front of the object is refused.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            refuse_text(call, verdict, |text| text.trim_start() != text);
        })],
    },
    Fault {
        name: "trailing-white-space-refused",
        clause: "request.json-equivalence",
        summary: "White space behind the object is refused.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            refuse_text(call, verdict, |text| text.trim_end() != text);
        })],
    },
    Fault {
        name: "inner-white-space-refused",
        clause: "request.json-equivalence",
        summary: "A body is understood in its most compact spelling only.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            refuse_text(call, verdict, |text| {
                let value: Option<Value> = serde_json::from_str(text).ok();
                let compact = value.map(|value| value.to_string().len());
                compact.is_some_and(|compact| text.trim().len() > compact) && !text.contains('\\')
            });
        })],
    },
    Fault {
        name: "line-breaks-refused",
        clause: "request.json-equivalence",
        summary: "A body over several lines is refused.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            refuse_text(call, verdict, |text| text.trim().contains(['\n', '\r', '\t']));
        })],
    },
];
