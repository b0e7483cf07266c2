//! Odd bodies that throw the server off its track.

use crate::{
    call::{Call, Input},
    faults::{
        accept::BROKEN,
        deed::with_user,
        fault::Fault,
        rewrite::{text, value},
        tamper::restate,
    },
    hook::{Hook, Verdict},
    refusal::{Flaw, Refusal},
    step::Step,
    wire::Delivery,
};

/// Fails where such a thing is so of the body.
fn fail_on(call: &Call, verdict: &mut Verdict, fails: fn(&str) -> bool) {
    if fails(&text(&call.request)) {
        *verdict = Err(BROKEN);
    }
}

fn depth(text: &str) -> usize {
    let opened = text.bytes().filter(|byte| matches!(byte, b'[' | b'{'));
    opened.count()
}

/// All roles that a body names under the same key.
fn roles_named(call: &Call) -> Vec<String> {
    let text = text(&call.request);
    let parts = text.split("\"groupRole\"").skip(1);
    parts.filter_map(|part| part.split('"').nth(1)).map(str::to_owned).collect()
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "extra-property-fails",
        clause: "request.odd-bodies",
        summary: "A property beside groupRole brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            let body = value(&call.request).unwrap_or_default();
            if body.as_object().is_some_and(|object| object.len() > 1) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "deep-nesting-fails",
        clause: "request.odd-bodies",
        summary: "More than a hundred nested arrays or objects bring 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            fail_on(call, verdict, |text| depth(text) > 100);
        })],
    },
    Fault {
        name: "deep-nesting-drops-the-connection",
        clause: "request.odd-bodies",
        summary: "Deep nesting is never answered: the connection closes.",
        hooks: &[Hook::Wire(|call, wire| {
            if depth(&text(&call.request)) > 100 {
                wire.delivery = Delivery::Dropped;
            }
        })],
    },
    Fault {
        name: "large-body-drops-the-connection",
        clause: "request.odd-bodies",
        summary: "A body of 64 KiB or more is never answered: the connection closes.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.request.body.len() >= 64 << 10 || call.request.oversized {
                wire.delivery = Delivery::Dropped;
            }
        })],
    },
    Fault {
        name: "large-body-fails",
        clause: "request.odd-bodies",
        summary: "A body of 64 KiB or more brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            if call.request.body.len() >= 64 << 10 || call.request.oversized {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "bytes-beyond-utf8-fail",
        clause: "request.odd-bodies",
        summary: "A body that is not UTF-8 brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            if str::from_utf8(&call.request.body).is_err() {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "byte-order-mark-fails",
        clause: "request.odd-bodies",
        summary: "A byte order mark brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            fail_on(call, verdict, |text| text.starts_with('\u{feff}'));
        })],
    },
    Fault {
        name: "lone-surrogate-fails",
        clause: "request.odd-bodies",
        summary: "An escape of half a surrogate pair brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            if verdict.is_err() {
                fail_on(call, verdict, |text| text.to_ascii_lowercase().contains("\\ud8"));
            }
        })],
    },
    Fault {
        name: "big-number-fails",
        clause: "request.odd-bodies",
        summary: "A number beyond 64 bits brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            fail_on(call, verdict, |text| {
                let mut numbers = text.split(|character: char| !character.is_ascii_digit());
                numbers.any(|digits| digits.len() > 20) || text.contains("e99")
            });
        })],
    },
    Fault {
        name: "nul-byte-drops-the-connection",
        clause: "request.odd-bodies",
        summary: "A body with a NUL byte is never answered: the connection closes.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.request.body.contains(&0) {
                wire.delivery = Delivery::Dropped;
            }
        })],
    },
    Fault {
        name: "duplicate-keys-fail",
        clause: "request.odd-bodies",
        summary: "A key that comes twice brings 500.",
        hooks: &[Hook::After(Step::Body, |_, verdict| {
            if *verdict == Err(Refusal::Body(Flaw::DuplicateKey)) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "duplicate-keys-remove-both",
        clause: "roles.removes-exactly-one",
        summary: "Where groupRole comes twice, both roles are removed.",
        hooks: &[
            Hook::After(Step::Body, |call, verdict| {
                if let (Err(Refusal::Body(Flaw::DuplicateKey)), Some(role)) =
                    (&*verdict, roles_named(call).first())
                {
                    call.input = Input::Role(role.clone());
                    *verdict = Ok(());
                }
            }),
            Hook::Effect(|call, store| {
                for role in roles_named(call).iter().skip(1).filter(|_| call.refusal.is_none()) {
                    with_user(call, store, |member| member.remove(role));
                }
            }),
        ],
    },
    Fault {
        name: "extra-property-unprocessable",
        clause: "request.odd-bodies",
        summary: "A property beside groupRole is refused with 422.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            let body = value(&call.request).unwrap_or_default();
            if body.as_object().is_some_and(|object| object.len() > 1) {
                *verdict = Err(Refusal::Other(422, "UNKNOWN_ATTRIBUTE"));
            }
        })],
    },
    Fault {
        name: "large-body-out-of-storage",
        clause: "request.odd-bodies",
        summary: "A body of more than 16 KiB is refused with 507.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            if call.request.body.len() > 16 << 10 || call.request.oversized {
                *verdict = Err(Refusal::Other(507, "OUT_OF_STORAGE"));
            }
        })],
    },
    Fault {
        name: "encoding-not-acceptable",
        clause: "request.odd-bodies",
        summary: "A body that is not UTF-8 is refused with 406.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 406, |why| *why == Refusal::Body(Flaw::Encoding));
        })],
    },
    Fault {
        name: "empty-property-name-hangs",
        clause: "request.odd-bodies",
        summary: "A body with an empty property name is never answered.",
        hooks: &[Hook::Wire(|call, wire| {
            let body = value(&call.request).unwrap_or_default();
            if body.get("").is_some() {
                wire.delivery = Delivery::Never;
            }
        })],
    },
];
