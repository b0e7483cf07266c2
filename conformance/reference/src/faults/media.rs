//! Defects of media types and of the JSON text.

use bytes::Bytes;
use http::{HeaderValue, header::CONTENT_TYPE};

use crate::{
    call::Call,
    faults::{
        fault::Fault,
        tamper::{error_text, success_text},
    },
    hook::Hook,
    refusal::Refusal,
    reply::Reply,
    wire::Delivery,
};

fn label_success(call: &Call, reply: &mut Reply, media_type: Option<&str>) {
    if call.refusal.is_none() {
        reply.media_type = media_type.map(str::to_owned);
    }
}

fn label_error(call: &Call, reply: &mut Reply, media_type: Option<&str>) {
    if call.refusal.is_some() {
        reply.media_type = media_type.map(str::to_owned);
    }
}

pub(super) static FAULTS: &[Fault] = &[
    Fault {
        name: "success-as-plain-json",
        clause: "media.success",
        summary: "A success is labelled application/json.",
        hooks: &[Hook::Reply(|call, reply| label_success(call, reply, Some("application/json")))],
    },
    Fault {
        name: "success-without-media-type",
        clause: "media.success",
        summary: "A success has no media type.",
        hooks: &[Hook::Reply(|call, reply| label_success(call, reply, None))],
    },
    Fault {
        name: "success-with-another-version",
        clause: "media.success",
        summary: "A success is labelled with the version 2023-01-01.",
        hooks: &[Hook::Reply(|call, reply| {
            label_success(call, reply, Some("application/vnd.atlas.2023-01-01+json"));
        })],
    },
    Fault {
        name: "success-without-json-suffix",
        clause: "media.success",
        summary: "The label of a success lacks its suffix +json.",
        hooks: &[Hook::Reply(|call, reply| {
            label_success(call, reply, Some("application/vnd.atlas.2025-02-19"));
        })],
    },
    Fault {
        name: "success-with-malformed-media-type",
        clause: "media.success",
        summary: "The label of a success is no media type.",
        hooks: &[Hook::Reply(|call, reply| {
            label_success(call, reply, Some("vnd.atlas.2025-02-19+json"));
        })],
    },
    Fault {
        name: "success-with-a-list-of-media-types",
        clause: "media.success",
        summary: "The label of a success is a list.",
        hooks: &[Hook::Reply(|call, reply| {
            let list = "application/json, application/vnd.atlas.2025-02-19+json";
            label_success(call, reply, Some(list));
        })],
    },
    Fault {
        name: "pretty-success-as-text",
        clause: "media.success",
        summary: "A success with pretty=true is labelled text/plain.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.flags.pretty {
                label_success(call, reply, Some("text/plain"));
            }
        })],
    },
    Fault {
        name: "enveloped-success-as-plain-json",
        clause: "media.success",
        summary: "A success with envelope=true is labelled application/json.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.flags.envelope {
                label_success(call, reply, Some("application/json"));
            }
        })],
    },
    Fault {
        name: "errors-as-vendor-json",
        clause: "media.errors",
        summary: "An error has the label of a success.",
        hooks: &[Hook::Reply(|call, reply| {
            label_error(call, reply, Some("application/vnd.atlas.2025-02-19+json"));
        })],
    },
    Fault {
        name: "errors-as-problem-json",
        clause: "media.errors",
        summary: "An error is labelled application/problem+json.",
        hooks: &[Hook::Reply(|call, reply| {
            label_error(call, reply, Some("application/problem+json"));
        })],
    },
    Fault {
        name: "errors-as-html",
        clause: "media.errors",
        summary: "An error is labelled text/html.",
        hooks: &[Hook::Reply(|call, reply| label_error(call, reply, Some("text/html")))],
    },
    Fault {
        name: "errors-without-media-type",
        clause: "media.errors",
        summary: "An error has no media type.",
        hooks: &[Hook::Reply(|call, reply| label_error(call, reply, None))],
    },
    Fault {
        name: "unauthorized-as-text",
        clause: "media.errors",
        summary: "A 401 is labelled text/plain.",
        hooks: &[Hook::Reply(|call, reply| {
            if reply.status == 401 {
                label_error(call, reply, Some("text/plain"));
            }
        })],
    },
    Fault {
        name: "last-role-as-vendor-json",
        clause: "media.errors",
        summary: "The refusal of the only role has the label of a success.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::LastRole) {
                label_error(call, reply, Some("application/vnd.atlas.2025-02-19+json"));
            }
        })],
    },
    Fault {
        name: "html-body-of-errors",
        clause: "media.json",
        summary: "The body of a 404 is a page of HTML under the right label.",
        hooks: &[Hook::Wire(|call, wire| {
            if wire.status == 404 {
                error_text(call, wire, |_| "<html><body>Not Found</body></html>".to_owned());
            }
        })],
    },
    Fault {
        name: "empty-body-of-errors",
        clause: "media.json",
        summary: "A 400 has no body.",
        hooks: &[Hook::Wire(|call, wire| {
            if wire.status == 400 {
                error_text(call, wire, |_| String::new());
            }
        })],
    },
    Fault {
        name: "success-cut-short",
        clause: "media.json",
        summary: "A success lacks its last byte.",
        hooks: &[Hook::Wire(|call, wire| {
            success_text(call, wire, |text| text[..text.len().saturating_sub(1)].to_owned());
        })],
    },
    Fault {
        name: "success-with-trailing-garbage",
        clause: "media.json",
        summary: "Something follows the JSON value of a success.",
        hooks: &[Hook::Wire(|call, wire| success_text(call, wire, |text| format!("{text};")))],
    },
    Fault {
        name: "success-twice",
        clause: "media.json",
        summary: "The body of a success holds the user twice.",
        hooks: &[Hook::Wire(|call, wire| success_text(call, wire, |text| text.repeat(2)))],
    },
    Fault {
        name: "success-with-byte-order-mark",
        clause: "media.json",
        summary: "A success begins with a byte order mark.",
        hooks: &[Hook::Wire(|call, wire| {
            success_text(call, wire, |text| format!("\u{feff}{text}"));
        })],
    },
    Fault {
        name: "success-guarded-by-a-prefix",
        clause: "media.json",
        summary: "A success begins with a prefix against script inclusion.",
        hooks: &[Hook::Wire(|call, wire| {
            success_text(call, wire, |text| format!(")]}}',\n{text}"));
        })],
    },
    Fault {
        name: "error-with-trailing-comma",
        clause: "media.json",
        summary: "An error has a comma behind its last member.",
        hooks: &[Hook::Wire(|call, wire| {
            error_text(call, wire, |text| match text.rsplit_once('}') {
                Some((before, _)) => format!("{before},}}"),
                None => text.to_owned(),
            });
        })],
    },
    Fault {
        name: "success-in-utf16",
        clause: "media.json",
        summary: "A success is encoded in UTF-16.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.refusal.is_none() {
                let text = String::from_utf8_lossy(&wire.body).into_owned();
                wire.body = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            }
        })],
    },
    Fault {
        name: "success-with-bytes-beyond-utf8",
        clause: "media.json",
        summary: "A success has a field whose value is encoded in Latin-1.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.refusal.is_none() {
                let mut bytes = wire.body.to_vec();
                if let Some(at) = bytes.iter().position(|byte| *byte == b'{') {
                    bytes.splice(at + 1..at + 1, *b"\"note\":\"\xe9\",");
                }
                wire.body = Bytes::from(bytes);
            }
        })],
    },
    Fault {
        name: "errors-for-browsers",
        clause: "media.errors",
        summary: "Who would rather have HTML gets errors as a page.",
        hooks: &[Hook::Wire(|call, wire| {
            let accepted = call.request.header("accept").unwrap_or_default();
            if call.refusal.is_some() && accepted.starts_with("text/html") {
                wire.body = Bytes::from_static(b"<h1>Refused</h1>");
                let page = HeaderValue::from_static("text/html");
                wire.headers.insert(CONTENT_TYPE, page);
            }
        })],
    },
    Fault {
        name: "content-length-too-long",
        clause: "media.json",
        summary: "A success for a pending user is shorter than its Content-Length says.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.refusal.is_none() && call.was_pending() {
                wire.delivery = Delivery::Truncated(wire.body.len().saturating_sub(3));
            }
        })],
    },
    Fault {
        name: "success-with-a-key-twice",
        clause: "media.unique-keys",
        summary: "A success has the key username twice.",
        hooks: &[Hook::Wire(|call, wire| {
            success_text(call, wire, |text| {
                text.replacen('{', "{\"username\":\"nobody@example.com\",", 1)
            });
        })],
    },
    Fault {
        name: "error-with-a-key-twice",
        clause: "media.unique-keys",
        summary: "An error has the key errorCode twice.",
        hooks: &[Hook::Wire(|call, wire| {
            error_text(call, wire, |text| text.replacen('{', "{\"errorCode\":\"ERROR\",", 1));
        })],
    },
];
