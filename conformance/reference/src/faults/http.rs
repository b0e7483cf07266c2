//! Defects of the conduct on the wire.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    call::Call,
    faults::{accept::BROKEN, fault::Fault, tamper::success},
    hook::Hook,
    refusal::{Flaw, Refusal},
    step::Step,
    wire::Delivery,
};

/// Long enough for other requests to arrive.
const MOMENT: Duration = Duration::from_millis(2);

fn poison(call: &Call) -> String {
    format!("poison on connection {}", call.request.connection)
}

fn was_malformed(call: &Call) -> bool {
    matches!(call.refusal, Some(Refusal::Body(_)))
}

pub(super) static FAULTS: &[Fault] = &[
    Fault {
        name: "no-answer-to-unknown-users",
        clause: "http.answers",
        summary: "A user that the project doesn't have is never answered.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.refused_for(&Refusal::UnknownUser) {
                wire.delivery = Delivery::Never;
            }
        })],
    },
    Fault {
        name: "no-answer-without-body",
        clause: "http.answers",
        summary: "A request without a body is never answered.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.refused_for(&Refusal::Body(Flaw::Missing)) {
                wire.delivery = Delivery::Never;
            }
        })],
    },
    Fault {
        name: "conditional-requests-fail",
        clause: "status.no-server-error",
        summary: "If-Match brings 500.",
        hooks: &[Hook::After(Step::Method, |call, verdict| {
            if call.request.header("if-match").is_some() {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "bytes-beyond-ascii-fail",
        clause: "status.no-server-error",
        summary: "A header field with bytes beyond ASCII brings 500.",
        hooks: &[Hook::After(Step::Method, |call, verdict| {
            let mut values = call.request.headers.values();
            if values.any(|value| value.as_bytes().iter().any(|byte| !byte.is_ascii())) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "bracketed-queries-fail",
        clause: "status.no-server-error",
        summary: "A key with a bracket in the query brings 500.",
        hooks: &[Hook::After(Step::Method, |call, verdict| {
            if call.request.query.contains('[') {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "last-role-drops-the-connection",
        clause: "http.answers",
        summary: "The removal of the only role is not answered: the connection closes.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.refused_for(&Refusal::LastRole) {
                wire.delivery = Delivery::Dropped;
            }
        })],
    },
    Fault {
        name: "every-29th-request-drops-the-connection",
        clause: "http.answers",
        summary: "Every 29th removal is not answered: the connection closes.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.memory.count("requests").is_multiple_of(29) {
                wire.delivery = Delivery::Dropped;
            }
        })],
    },
    Fault {
        name: "errors-cut-in-the-middle",
        clause: "http.answers",
        summary: "The connection drops in the middle of a 403.",
        hooks: &[Hook::Wire(|_, wire| {
            if wire.status == 403 {
                wire.delivery = Delivery::Truncated(wire.body.len() / 2);
            }
        })],
    },
    Fault {
        name: "success-cut-in-the-middle",
        clause: "http.answers",
        summary: "The connection drops in the middle of a success for an active user.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.refusal.is_none() && call.was_active() {
                wire.delivery = Delivery::Truncated(wire.body.len() / 2);
            }
        })],
    },
    Fault {
        name: "success-cut-before-the-body",
        clause: "http.answers",
        summary: "The connection drops behind the head of a success with envelope=true.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.refusal.is_none() && call.flags.envelope {
                wire.delivery = Delivery::Truncated(0);
            }
        })],
    },
    Fault {
        name: "endless-body",
        clause: "http.answers",
        summary: "The body of a refused unknown role never ends.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.refused_for(&Refusal::UnknownRole) {
                wire.delivery = Delivery::Endless;
            }
        })],
    },
    Fault {
        name: "every-37th-request-fails",
        clause: "status.no-server-error",
        summary: "Every 37th removal brings 500 and is not done.",
        hooks: &[Hook::After(Step::Method, |call, verdict| {
            if call.memory.count("requests").is_multiple_of(37) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "crowds-fail",
        clause: "http.concurrent",
        summary: "Removals beside others bring 500.",
        hooks: &[
            Hook::Before(|_| MOMENT),
            Hook::Decision(|call, _, decision| {
                if call.memory.is_crowded() {
                    *decision = Err(BROKEN);
                }
            }),
        ],
    },
    Fault {
        name: "crowds-of-eight-fail",
        clause: "http.concurrent",
        summary: "Removals bring 500 where eight requests are under way.",
        hooks: &[
            Hook::Before(|call| if call.memory.is_crowded() { 10 * MOMENT } else { MOMENT }),
            Hook::Decision(|call, _, decision| {
                if call.memory.under_way() >= 8 {
                    *decision = Err(BROKEN);
                }
            }),
        ],
    },
    Fault {
        name: "crowds-drop-connections",
        clause: "http.concurrent",
        summary: "Removals beside others are done and not answered: their connections close.",
        hooks: &[
            Hook::Before(|_| MOMENT),
            Hook::Wire(|call, wire| {
                if call.memory.is_crowded() {
                    wire.delivery = Delivery::Dropped;
                }
            }),
        ],
    },
    Fault {
        name: "crowds-swap-answers",
        clause: "http.concurrent",
        summary: "Removals beside others get the answers of one another.",
        hooks: &[
            Hook::Before(|_| MOMENT),
            Hook::Reply(|call, reply| {
                let (None, true, Some(own)) =
                    (&call.refusal, call.memory.is_crowded(), reply.body.clone())
                else {
                    return;
                };
                if let Some(other) = call.memory.note("answer", own) {
                    reply.body = Some(other);
                }
            }),
        ],
    },
    Fault {
        name: "crowds-mix-up-ids",
        clause: "http.concurrent",
        summary: "Removals beside others show the id of another removal.",
        hooks: &[
            Hook::Before(|call| {
                // Whoever arrives last leaves their id behind for all who wait.
                call.memory.note("id", json!(call.route.user()));
                MOMENT
            }),
            Hook::Reply(|call, reply| {
                let id = call.memory.recall("id").unwrap_or(Value::Null);
                success(call, reply, |user| {
                    user.insert("id".to_owned(), id);
                });
            }),
        ],
    },
    Fault {
        name: "crowds-remove-the-wrong-role",
        clause: "http.concurrent",
        summary: "Removals beside others take the role that the last of them names.",
        hooks: &[
            Hook::Before(|call| {
                call.memory.note("role", json!(call.role()));
                MOMENT
            }),
            Hook::Decision(|call, _, decision| {
                if let (Ok(removal), Some(Value::String(role))) =
                    (decision, call.memory.recall("role"))
                {
                    removal.role = role;
                }
            }),
        ],
    },
    Fault {
        name: "crowds-fall-into-refusal",
        clause: "http.concurrent",
        summary: "Removals beside others are refused with 404.",
        hooks: &[
            Hook::Before(|_| MOMENT),
            Hook::Decision(|call, _, decision| {
                if decision.is_ok() && call.memory.is_crowded() {
                    *decision = Err(Refusal::UnknownUser);
                }
            }),
        ],
    },
    Fault {
        name: "dead-after-malformed-json",
        clause: "http.after-odd-input",
        summary: "After a body that is no JSON every removal brings 500.",
        hooks: &[
            Hook::After(Step::Method, |call, verdict| {
                if call.memory.recall("dead").is_some() {
                    *verdict = Err(BROKEN);
                }
            }),
            Hook::Reply(|call, _| {
                if call.refused_for(&Refusal::Body(Flaw::Syntax)) {
                    call.memory.note("dead", Value::Bool(true));
                }
            }),
        ],
    },
    Fault {
        name: "unwell-after-bytes-beyond-utf8",
        clause: "http.after-odd-input",
        summary: "After a body that is not UTF-8 the next removal brings 500.",
        hooks: &[
            Hook::After(Step::Method, |call, verdict| {
                if call.memory.forget("unwell").is_some() {
                    *verdict = Err(BROKEN);
                }
            }),
            Hook::Reply(|call, _| {
                if call.refused_for(&Refusal::Body(Flaw::Encoding)) {
                    call.memory.note("unwell", Value::Bool(true));
                }
            }),
        ],
    },
    Fault {
        name: "silent-after-deep-nesting",
        clause: "http.after-odd-input",
        summary: "After a deeply nested body the next removal is not answered.",
        hooks: &[Hook::Wire(|call, wire| {
            let opened = call.request.body.iter().filter(|byte| matches!(byte, b'[' | b'{'));
            if call.memory.forget("silent").is_some() {
                wire.delivery = Delivery::Dropped;
            }
            if opened.count() > 100 {
                call.memory.note("silent", Value::Bool(true));
            }
        })],
    },
    Fault {
        name: "malformed-body-poisons-the-connection",
        clause: "http.after-odd-input",
        summary: "After a bad body the next request on the same connection is refused.",
        hooks: &[
            Hook::After(Step::Method, |call, verdict| {
                if call.memory.forget(&poison(call)).is_some() {
                    *verdict = Err(Refusal::Body(Flaw::Syntax));
                }
            }),
            Hook::Wire(|call, _| {
                if was_malformed(call) {
                    call.memory.note(&poison(call), Value::Bool(true));
                }
            }),
        ],
    },
    Fault {
        name: "unread-body-poisons-the-connection",
        clause: "http.after-odd-input",
        summary: "After a 401 the unread body spoils the next request on the same connection.",
        hooks: &[
            Hook::After(Step::Method, |call, verdict| {
                if call.memory.forget(&poison(call)).is_some() {
                    *verdict = Err(Refusal::Body(Flaw::Syntax));
                }
            }),
            Hook::Wire(|call, wire| {
                if wire.status == 401 && !call.request.body.is_empty() {
                    call.memory.note(&poison(call), Value::Bool(true));
                }
            }),
        ],
    },
    Fault {
        name: "bad-id-poisons-the-connection",
        clause: "http.after-odd-input",
        summary: "After a path with a bad id the next request on the same connection brings 404.",
        hooks: &[
            Hook::After(Step::Method, |call, verdict| {
                if call.memory.forget(&poison(call)).is_some() {
                    *verdict = Err(Refusal::NoSuchRoute);
                }
            }),
            Hook::Wire(|call, _| {
                if matches!(call.refusal, Some(Refusal::PathParameter(_))) {
                    call.memory.note(&poison(call), Value::Bool(true));
                }
            }),
        ],
    },
];
