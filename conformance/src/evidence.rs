//! Exchanges as they are shown: cut, made harmless for a terminal, and without any secret. This
//! is the one place through which headers and bodies reach an output.

use std::fmt::Write as _;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::exchange::{Exchange, Headers};

/// How much of a body is shown.
const BODY_SHOWN: usize = 4000;

/// Shorter secrets are part of ordinary words: to take them out would destroy the text, and to
/// leave them gives nothing away.
const SHORTEST: usize = 4;

/// Takes secrets out of text.
#[derive(Debug, Clone, Default)]
pub struct Redactor(Vec<String>);

impl Redactor {
    /// Takes these out, as they are and as base64 and percent-encoding write them.
    pub fn new(secrets: &[String]) -> Self {
        let mut forms = Vec::new();
        for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST) {
            forms.push(secret.clone());
            forms.push(BASE64_STANDARD.encode(secret));
            forms.push(utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string());
        }
        // The longest first, so that no remainder of one is left.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.dedup();
        Self(forms)
    }

    /// The text without secrets and without control characters that would drive a terminal.
    pub fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), "<redacted>");
            }
        }
        text.chars()
            .map(|c| match c {
                '\n' | '\t' => c,
                c if c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => '\u{fffd}',
                c => c,
            })
            .collect()
    }

    fn headers(&self, headers: &Headers) -> Vec<(String, String)> {
        let shown = |(name, value): &(String, Vec<u8>)| {
            let value = String::from_utf8_lossy(value);
            let value = if name.eq_ignore_ascii_case("authorization") {
                format!("{} <redacted>", value.split(' ').next().unwrap_or_default())
            } else {
                self.clean(&value)
            };
            (name.clone(), value)
        };
        headers.iter().map(shown).collect()
    }

    fn body(&self, bytes: &[u8]) -> String {
        let text = self.clean(&String::from_utf8_lossy(bytes));
        match text.char_indices().nth(BODY_SHOWN) {
            Some((end, _)) => format!("{}… ({} bytes)", &text[..end], bytes.len()),
            None => text,
        }
    }
}

/// One exchange, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// The request.
    pub request: ShownRequest,
    /// The answer, if one came.
    pub response: Option<ShownResponse>,
    /// Why none came.
    pub error: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

/// A request, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub struct ShownRequest {
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The header fields.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// An answer, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub struct ShownResponse {
    /// The status.
    pub status: u16,
    /// The header fields.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// An exchange as it is shown.
pub fn shown(exchange: &Exchange, origin: &str, redactor: &Redactor) -> Shown {
    let answer = exchange.outcome.as_ref();
    Shown {
        request: ShownRequest {
            method: exchange.request.method.clone(),
            url: exchange.url(origin),
            headers: redactor.headers(&exchange.request.headers),
            body: redactor.body(&exchange.request.body),
        },
        response: answer.ok().map(|answer| ShownResponse {
            status: answer.status,
            headers: redactor.headers(&answer.headers),
            body: redactor.body(&answer.body),
        }),
        error: answer.err().map(|silence| redactor.clean(&silence.to_string())),
        duration_ms: u64::try_from(exchange.duration.as_millis()).unwrap_or(u64::MAX),
    }
}

/// The curl command that sends the same request; credentials come from variables.
pub fn curl(exchange: &Exchange, origin: &str, redactor: &Redactor) -> String {
    let request = &exchange.request;
    let url = quoted(&exchange.url(origin));
    let mut line = format!("curl -i --path-as-is -X {} {url}", request.method);
    for (name, value) in &request.headers {
        let value = String::from_utf8_lossy(value);
        if name.eq_ignore_ascii_case("authorization") {
            line += match value.split(' ').next() {
                Some("Bearer") => " -H \"Authorization: Bearer $ATLAS_TOKEN\"",
                Some("Digest") => " --digest -u \"$ATLAS_PUBLIC_KEY:$ATLAS_PRIVATE_KEY\"",
                _ => " -H \"Authorization: $ATLAS_AUTHORIZATION\"",
            };
        } else {
            let _ = write!(line, " -H {}", quoted(&format!("{name}: {}", redactor.clean(&value))));
        }
    }
    let body = &request.body;
    if !body.is_empty() {
        line += &match std::str::from_utf8(body) {
            Ok(text) if text.len() <= BODY_SHOWN && !text.contains('\0') => {
                format!(" --data-binary {}", quoted(&redactor.clean(text)))
            }
            _ => format!(" --data-binary @body.bin  # {} bytes", body.len()),
        };
    }
    line
}

/// Text as one word of a shell; what needs no quotes gets none.
pub(crate) fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
