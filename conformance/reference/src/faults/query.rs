//! Defects of envelope and pretty.

use serde_json::{Value, json};

use crate::{
    call::Call,
    faults::{accept::BROKEN, fault::Fault, tamper::set},
    hook::Hook,
    refusal::Refusal,
    reply::Reply,
    step::Step,
    wire::Delivery,
};

/// Edits the payload and the status of an envelope.
fn edit(reply: &mut Reply, call: &Call, edit: impl FnOnce(&mut serde_json::Map<String, Value>)) {
    if call.flags.envelope
        && let Some(envelope) = reply.object()
    {
        edit(envelope);
    }
}

/// Leaves the payload without its envelope.
fn unwrap(call: &Call, reply: &mut Reply) {
    if call.flags.envelope
        && let Some(content) = reply.object().and_then(|envelope| envelope.remove("content"))
    {
        reply.body = Some(content);
    }
}

/// Leaves out a parameter of the query.
fn without(query: &str, name: &str) -> String {
    let stays = query.split('&').filter(|pair| !pair.starts_with(name));
    stays.collect::<Vec<_>>().join("&")
}

fn is_bad_query(call: &Call) -> bool {
    matches!(call.refusal, Some(Refusal::QueryParameter(_)))
}

pub(super) static FAULTS: &[Fault] = &[
    Fault {
        name: "envelope-ignored",
        clause: "query.envelope",
        summary: "envelope=true is ignored.",
        hooks: &[Hook::Request(|request| request.query = without(&request.query, "envelope"))],
    },
    Fault {
        name: "envelope-ignored-beside-pretty",
        clause: "query.envelope",
        summary: "envelope=true is ignored where pretty=true is given too.",
        hooks: &[Hook::Envelope(|call, reply| {
            if call.flags.pretty {
                unwrap(call, reply);
            }
        })],
    },
    Fault {
        name: "envelope-ignored-for-digest",
        clause: "query.envelope",
        summary: "envelope=true is ignored for callers who come with Digest.",
        hooks: &[Hook::Envelope(|call, reply| {
            if call.by_digest() {
                unwrap(call, reply);
            }
        })],
    },
    Fault {
        name: "envelope-without-status",
        clause: "query.envelope",
        summary: "The envelope has no status.",
        hooks: &[Hook::Envelope(|call, reply| {
            edit(reply, call, |envelope| {
                envelope.remove("status");
            });
        })],
    },
    Fault {
        name: "envelope-status-as-string",
        clause: "query.envelope",
        summary: "The status of the envelope is a string.",
        hooks: &[Hook::Envelope(|call, reply| {
            let status = reply.status.to_string();
            edit(reply, call, |envelope| set(envelope, "status", status));
        })],
    },
    Fault {
        name: "envelope-status-zero",
        clause: "query.envelope",
        summary: "The status of the envelope is 0.",
        hooks: &[Hook::Envelope(|call, reply| {
            edit(reply, call, |envelope| set(envelope, "status", 0));
        })],
    },
    Fault {
        name: "envelope-status-always-200",
        clause: "query.envelope",
        summary: "The status of the envelope, and of the answer, is 200 even for refusals.",
        hooks: &[Hook::Envelope(|call, reply| {
            if call.flags.envelope {
                reply.status = 200;
            }
            edit(reply, call, |envelope| set(envelope, "status", 200));
        })],
    },
    Fault {
        name: "envelope-changes-the-status-line",
        clause: "query.envelope",
        summary: "With envelope=true the status line of a success is 201.",
        hooks: &[Hook::Envelope(|call, reply| {
            if call.flags.envelope && call.refusal.is_none() {
                reply.status = 201;
            }
        })],
    },
    Fault {
        name: "envelope-without-payload",
        clause: "query.envelope",
        summary: "The envelope holds the status only.",
        hooks: &[Hook::Envelope(|call, reply| {
            edit(reply, call, |envelope| {
                envelope.remove("content");
            });
        })],
    },
    Fault {
        name: "envelope-payload-incomplete",
        clause: "query.envelope",
        summary: "The payload of the envelope lacks the username.",
        hooks: &[Hook::Envelope(|call, reply| {
            edit(reply, call, |envelope| {
                if let Some(Value::Object(content)) = envelope.get_mut("content") {
                    content.remove("username");
                }
            });
        })],
    },
    Fault {
        name: "envelope-payload-stale",
        clause: "query.envelope",
        summary: "The payload of the envelope shows the roles before the removal.",
        hooks: &[Hook::Envelope(|call, reply| {
            edit(reply, call, |envelope| {
                if call.refusal.is_none() {
                    envelope["content"]["roles"] = json!(call.had());
                }
            });
        })],
    },
    Fault {
        name: "envelope-payload-as-text",
        clause: "query.envelope",
        summary: "The payload of the envelope is a string that holds JSON.",
        hooks: &[Hook::Envelope(|call, reply| {
            edit(reply, call, |envelope| {
                let text = envelope.get("content").map(Value::to_string);
                set(envelope, "content", text);
            });
        })],
    },
    Fault {
        name: "envelope-flat",
        clause: "query.envelope",
        summary: "The status stands among the fields of the user instead of around them.",
        hooks: &[Hook::Envelope(|call, reply| {
            unwrap(call, reply);
            let status = reply.status;
            edit(reply, call, |user| set(user, "status", status));
        })],
    },
    Fault {
        name: "envelope-as-array",
        clause: "query.envelope",
        summary: "The envelope is an array.",
        hooks: &[Hook::Envelope(|call, reply| {
            if call.flags.envelope {
                reply.body = reply.body.take().map(|envelope| json!([envelope]));
            }
        })],
    },
    Fault {
        name: "envelope-errors-unwrapped",
        clause: "query.envelope-errors",
        summary: "With envelope=true errors are not wrapped.",
        hooks: &[Hook::Envelope(|call, reply| {
            if call.refusal.is_some() {
                unwrap(call, reply);
            }
        })],
    },
    Fault {
        name: "envelope-401-unwrapped",
        clause: "query.envelope-errors",
        summary: "With envelope=true a 401 is not wrapped.",
        hooks: &[Hook::Envelope(|call, reply| {
            if reply.status == 401 {
                unwrap(call, reply);
            }
        })],
    },
    Fault {
        name: "envelope-last-role-unwrapped",
        clause: "query.envelope-errors",
        summary: "With envelope=true the refusal of the last role is not wrapped.",
        hooks: &[Hook::Envelope(|call, reply| {
            if call.refused_for(&Refusal::LastRole) {
                unwrap(call, reply);
            }
        })],
    },
    Fault {
        name: "envelope-false-wraps",
        clause: "query.envelope-false",
        summary: "envelope=false wraps like envelope=true.",
        hooks: &[Hook::Request(|request| {
            request.query = request.query.replace("envelope=false", "envelope=true");
        })],
    },
    Fault {
        name: "envelope-false-refused",
        clause: "query.envelope-false",
        summary: "envelope=false is refused.",
        hooks: &[Hook::After(Step::Query, |call, verdict| {
            if call.query.get("envelope") == Some("false") {
                *verdict = Err(Refusal::QueryParameter("envelope"));
            }
        })],
    },
    Fault {
        name: "envelope-false-drops-the-body",
        clause: "query.envelope-false",
        summary: "With envelope=false a success has an empty object for a body.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refusal.is_none() && call.query.get("envelope") == Some("false") {
                reply.body = Some(json!({}));
            }
        })],
    },
    Fault {
        name: "pretty-ignored",
        clause: "query.pretty",
        summary: "pretty=true is ignored.",
        hooks: &[Hook::Request(|request| request.query = without(&request.query, "pretty"))],
    },
    Fault {
        name: "pretty-ignored-in-envelopes",
        clause: "query.pretty",
        summary: "pretty=true is ignored where envelope=true is given too.",
        hooks: &[Hook::Envelope(|call, reply| {
            if call.flags.envelope {
                reply.layout.pretty = false;
            }
        })],
    },
    Fault {
        name: "pretty-ignored-for-errors",
        clause: "query.pretty",
        summary: "pretty=true is ignored where the answer is an error.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refusal.is_some() {
                reply.layout.pretty = false;
            }
        })],
    },
    Fault {
        name: "pretty-drops-a-field",
        clause: "query.pretty",
        summary: "With pretty=true the answer lacks a field.",
        hooks: &[Hook::Reply(|call, reply| {
            if let (true, Some(body)) = (call.flags.pretty, reply.object()) {
                body.remove("inviterUsername");
                body.remove("lastName");
                body.remove("reason");
            }
        })],
    },
    Fault {
        name: "pretty-breaks-strings",
        clause: "query.pretty",
        summary: "With pretty=true strings get a space behind each underscore.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.flags.pretty {
                let text = String::from_utf8_lossy(&wire.body).replace('_', "_ ");
                wire.body = text.into();
            }
        })],
    },
    Fault {
        name: "pretty-is-no-json",
        clause: "query.pretty",
        summary: "With pretty=true a comment stands in front of the answer.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.flags.pretty {
                let text = format!("// User\n{}", String::from_utf8_lossy(&wire.body));
                wire.body = text.into();
            }
        })],
    },
    Fault {
        name: "pretty-changes-the-status",
        clause: "query.pretty",
        summary: "With pretty=true the refusal of the last role is a 409 instead of a 403.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.flags.pretty && call.refused_for(&Refusal::LastRole) {
                reply.restate(409);
            }
        })],
    },
    Fault {
        name: "pretty-changes-the-roles",
        clause: "query.pretty",
        summary: "With pretty=true the roles are one string.",
        hooks: &[Hook::Reply(|call, reply| {
            if let (true, None, Some(user)) = (call.flags.pretty, &call.refusal, reply.object()) {
                let roles = user.get("roles").map(Value::to_string);
                set(user, "roles", roles);
            }
        })],
    },
    Fault {
        name: "pretty-cuts-the-body",
        clause: "query.pretty",
        summary: "With pretty=true the connection drops in the middle of the answer.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.flags.pretty {
                wire.delivery = Delivery::Truncated(wire.body.len() / 2);
            }
        })],
    },
    Fault {
        name: "non-boolean-fails",
        clause: "query.non-boolean",
        summary: "A flag that is no boolean brings 500.",
        hooks: &[Hook::After(Step::Query, |_, verdict| {
            if verdict.is_err() {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "non-boolean-pretty-fails",
        clause: "query.non-boolean",
        summary: "A value of pretty that is no boolean brings 500.",
        hooks: &[Hook::After(Step::Query, |_, verdict| {
            if *verdict == Err(Refusal::QueryParameter("pretty")) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "empty-flag-fails",
        clause: "query.non-boolean",
        summary: "A flag without a value brings 500.",
        hooks: &[Hook::After(Step::Query, |call, verdict| {
            let flags = [call.query.get("envelope"), call.query.get("pretty")];
            if flags.contains(&Some("")) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "non-boolean-drops-the-connection",
        clause: "query.non-boolean",
        summary: "A flag that is no boolean is never answered: the connection closes.",
        hooks: &[Hook::Wire(|call, wire| {
            if is_bad_query(call) {
                wire.delivery = Delivery::Dropped;
            }
        })],
    },
    Fault {
        name: "non-boolean-unprocessable",
        clause: "query.non-boolean",
        summary: "A flag that is no boolean is refused with 422.",
        hooks: &[Hook::Reply(|call, reply| {
            if is_bad_query(call) {
                reply.restate(422);
            }
        })],
    },
];
