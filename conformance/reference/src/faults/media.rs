//! Defects of media types and of the JSON text.

use bytes::Bytes;
use http::{HeaderValue, header::CONTENT_TYPE};

use super::vocabulary::*;
use crate::http::{ATLAS, JSON};

pub(super) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("success-as-plain-json", "media.success")
            .summary("The media type of a success is application/json.")
            .effect(label(JSON).when(accepted())),
        Fault::new("success-without-media-type", "media.success")
            .summary("A success has no media type.")
            .effect(unlabel().when(accepted())),
        Fault::new("success-with-another-version", "media.success")
            .summary("The media type of a success has the version 2023-01-01.")
            .effect(label("application/vnd.atlas.2023-01-01+json").when(accepted())),
        Fault::new("success-without-json-suffix", "media.success")
            .summary("The media type of a success lacks its suffix +json.")
            .effect(label("application/vnd.atlas.2025-02-19").when(accepted())),
        Fault::new("success-with-malformed-media-type", "media.success")
            .summary("The media type of a success is malformed.")
            .effect(label("vnd.atlas.2025-02-19+json").when(accepted())),
        Fault::new("success-with-a-list-of-media-types", "media.success")
            .summary("The media type of a success is a list.")
            .effect(
                label("application/json, application/vnd.atlas.2025-02-19+json").when(accepted()),
            ),
        Fault::new("pretty-success-as-text", "media.success")
            .summary("The media type of a success with pretty=true is text/plain.")
            .effect(label("text/plain").when(accepted()).when(pretty())),
        Fault::new("enveloped-success-as-plain-json", "media.success")
            .summary("The media type of a success with envelope=true is application/json.")
            .effect(label(JSON).when(accepted()).when(envelope())),
        Fault::new("errors-as-vendor-json", "media.errors")
            .summary("An error has the media type of a success.")
            .effect(label(ATLAS).when(refused())),
        Fault::new("errors-as-problem-json", "media.errors")
            .summary("The media type of an error is application/problem+json.")
            .effect(label("application/problem+json").when(refused())),
        Fault::new("errors-as-html", "media.errors")
            .summary("The media type of an error is text/html.")
            .effect(label("text/html").when(refused())),
        Fault::new("errors-without-media-type", "media.errors")
            .summary("An error has no media type.")
            .effect(unlabel().when(refused())),
        Fault::new("unauthorized-as-text", "media.errors")
            .summary("The media type of a 401 is text/plain.")
            .effect(label("text/plain").when(refused_with(401))),
        Fault::new("last-role-as-vendor-json", "media.errors")
            .summary("The refusal of the only role has the media type of a success.")
            .effect(label(ATLAS).when(refused_for(Refusal::LastRole))),
        Fault::new("html-body-of-errors", "media.json")
            .summary("The body of a 404 is an HTML page with the media type of JSON.")
            .effect(
                edit_text(|_| "<html><body>Not Found</body></html>".to_owned())
                    .when(refused_with(404)),
            ),
        Fault::new("empty-body-of-errors", "media.json")
            .summary("A 400 has no body.")
            .effect(edit_text(|_| String::new()).when(refused_with(400))),
        Fault::new("success-cut-short", "media.json")
            .summary("A success lacks its last byte.")
            .effect(
                edit_text(|text| text[..text.len().saturating_sub(1)].to_owned()).when(accepted()),
            ),
        Fault::new("success-with-trailing-garbage", "media.json")
            .summary("Something follows the JSON value of a success.")
            .effect(edit_text(|text| format!("{text};")).when(accepted())),
        Fault::new("success-twice", "media.json")
            .summary("The body of a success holds the user twice.")
            .effect(edit_text(|text| text.repeat(2)).when(accepted())),
        Fault::new("success-with-byte-order-mark", "media.json")
            .summary("A success begins with a byte order mark.")
            .effect(edit_text(|text| format!("\u{feff}{text}")).when(accepted())),
        Fault::new("success-guarded-by-a-prefix", "media.json")
            .summary("A success begins with a prefix against script inclusion.")
            .effect(edit_text(|text| format!(")]}}',\n{text}")).when(accepted())),
        Fault::new("error-with-trailing-comma", "media.json")
            .summary("An error has a comma after its last member.")
            .effect(
                edit_text(|text| match text.rsplit_once('}') {
                    Some((before, _)) => format!("{before},}}"),
                    None => text.to_owned(),
                })
                .when(refused()),
            ),
        Fault::new("success-in-utf16", "media.json")
            .summary("A success is encoded in UTF-16.")
            .effect(encode_in_utf16().when(accepted())),
        Fault::new("success-with-bytes-beyond-utf8", "media.json")
            .summary("A success has a field whose value is encoded in Latin-1.")
            .effect(add_latin_1_field().when(accepted())),
        Fault::new("errors-for-browsers", "media.errors")
            .summary("Errors are HTML pages if the caller prefers HTML.")
            .effect(send_page().when(refused()).only_if(|call| {
                call.request.header("accept").unwrap_or_default().starts_with("text/html")
            })),
        Fault::new("content-length-too-long", "http.answers")
            .summary("A success for a pending user is shorter than its Content-Length says.")
            .effect(cut_body(|length| length.saturating_sub(3)).when(accepted()).when(pending())),
        Fault::new("success-with-a-key-twice", "media.unique-keys")
            .summary("A success has the key username twice.")
            .effect(
                edit_text(|text| text.replacen('{', "{\"username\":\"nobody@example.com\",", 1))
                    .when(accepted()),
            ),
        Fault::new("error-with-a-key-twice", "media.unique-keys")
            .summary("An error has the key errorCode twice.")
            .effect(
                edit_text(|text| text.replacen('{', "{\"errorCode\":\"ERROR\",", 1))
                    .when(refused()),
            ),
    ]
}

fn encode_in_utf16() -> Effect {
    Effect::wire(|_, wire| {
        let text = String::from_utf8_lossy(&wire.body).into_owned();
        wire.body = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    })
}

fn add_latin_1_field() -> Effect {
    Effect::wire(|_, wire| {
        let mut bytes = wire.body.to_vec();
        if let Some(at) = bytes.iter().position(|byte| *byte == b'{') {
            bytes.splice(at + 1..at + 1, *b"\"note\":\"\xe9\",");
        }
        wire.body = bytes.into();
    })
}

fn send_page() -> Effect {
    Effect::wire(|_, wire| {
        wire.body = Bytes::from_static(b"<h1>Refused</h1>");
        wire.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    })
}
