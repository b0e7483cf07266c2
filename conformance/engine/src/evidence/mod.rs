//! Exchanges for output: cut, safe for a terminal, and without secrets. Headers and bodies reach an
//! output only through this module.

pub mod redaction;

use std::fmt::Write as _;
use std::rc::Rc;

use serde::Serialize;

use crate::exchange::{Exchange, Headers};
use redaction::REDACTED;
pub use redaction::Redactor;

/// The maximum length of a body that is shown, in characters.
const BODY_SHOWN: usize = 4000;

/// The maximum length of any other text of the target, in characters.
const TEXT_SHOWN: usize = 2000;

/// The maximum length of a body in a report for programs, in characters.
const BODY_WHOLE: usize = 1024 * 1024;

/// Header fields whose values authenticate the sender.
const CREDENTIAL_HEADERS: [&str; 4] =
    ["authorization", "proxy-authorization", "cookie", "set-cookie"];

fn headers(headers: &Headers, redactor: &Redactor) -> Vec<(String, String)> {
    let shown = |(name, value): &(String, Vec<u8>)| {
        let value = text(value);
        let value = if CREDENTIAL_HEADERS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            credential(&value, name.to_ascii_lowercase().ends_with("authorization"))
        } else {
            shown_text(&value, redactor)
        };
        (shown_text(name, redactor), value)
    };
    headers.iter().map(shown).collect()
}

/// A text that the target may have influenced, redacted and cut.
pub fn shown_text(text: &str, redactor: &Redactor) -> String {
    let mut text = redactor.clean(text);
    if truncate(&mut text, TEXT_SHOWN) {
        text.push('…');
    }
    text
}

/// A credential without its secret part; the scheme stays.
fn credential(value: &str, schemed: bool) -> String {
    match value.split_once(' ') {
        Some((scheme, rest)) if schemed && is_scheme(scheme) && !rest.is_empty() => {
            format!("{scheme} {REDACTED}")
        }
        _ => REDACTED.to_owned(),
    }
}

fn is_scheme(word: &str) -> bool {
    (1..=12).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A body as text of at most `limit` characters.
fn body(bytes: &[u8], limit: usize, redactor: &Redactor) -> String {
    // The window exceeds the shown part by the longest secret, so that no secret is cut in two.
    let window = limit.saturating_mul(4).saturating_add(redactor.longest());
    let whole = bytes.len() <= window;
    let mut text = redactor.clean(&text(if whole { bytes } else { &bytes[..window] }));
    if !whole {
        let kept = text.chars().count().saturating_sub(redactor.longest());
        truncate(&mut text, kept);
    }
    if truncate(&mut text, limit) || !whole {
        let _ = write!(text, "… ({} bytes)", bytes.len());
    }
    text
}

/// Bytes as text; those that are no UTF-8 are written as `\xNN`.
fn text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// Cuts a text after this many characters; returns true if it was longer.
fn truncate(text: &mut String, characters: usize) -> bool {
    match text.char_indices().nth(characters) {
        Some((end, _)) => {
            text.truncate(end);
            true
        }
        None => false,
    }
}

/// One exchange, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    pub request: ShownRequest,
    /// The response, if one came.
    pub response: Option<ShownResponse>,
    /// The reason why none came.
    pub error: Option<String>,
    /// Its duration, in milliseconds.
    pub duration_ms: u64,
}

/// A request, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub struct ShownRequest {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    /// The body, or its beginning.
    pub body: String,
    /// The length of the whole body.
    pub body_bytes: usize,
}

/// A response, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub struct ShownResponse {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// The body, or its beginning.
    pub body: String,
    /// The length of the whole body.
    pub body_bytes: usize,
}

/// An exchange as it is shown to people.
pub fn shown(exchange: &Exchange, origin: &str, redactor: &Redactor) -> Shown {
    shown_up_to(BODY_SHOWN, exchange, origin, redactor)
}

/// An exchange for other programs: with bodies of up to a million characters.
pub fn shown_whole(exchange: &Exchange, origin: &str, redactor: &Redactor) -> Shown {
    shown_up_to(BODY_WHOLE, exchange, origin, redactor)
}

fn shown_up_to(limit: usize, exchange: &Exchange, origin: &str, redactor: &Redactor) -> Shown {
    let response = exchange.outcome.as_ref();
    Shown {
        request: ShownRequest {
            method: shown_text(&exchange.request.method, redactor),
            url: redactor.clean(&exchange.url(origin)),
            headers: headers(&exchange.request.headers, redactor),
            body: body(&exchange.request.body, limit, redactor),
            body_bytes: exchange.request.body.len(),
        },
        response: response.ok().map(|response| ShownResponse {
            status: response.status,
            headers: headers(&response.headers, redactor),
            body: body(response.body(), limit, redactor),
            body_bytes: response.body().len(),
        }),
        error: response.err().map(|error| redactor.clean(&error.to_string())),
        duration_ms: u64::try_from(exchange.duration.as_millis()).unwrap_or(u64::MAX),
    }
}

/// The curl command that sends the same request; credentials come from variables.
pub fn curl(exchange: &Exchange, origin: &str, redactor: &Redactor) -> String {
    let request = &exchange.request;
    let url = double_quoted(&redactor.clean(&exchange.url(origin)));
    let mut line = format!("curl -i --path-as-is -X {} {url}", request.method);
    for (name, value) in &request.headers {
        let value = text(value);
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
            _ => format!(
                " --data-binary @body.bin  # {} bytes, which --report har=FILE keeps",
                body.len()
            ),
        };
    }
    line
}

/// Several requests as lines of a script that can be run again. A user has a new id in each run, so
/// the lines after the one that creates it take the id from its response.
pub fn script(exchanges: &[Rc<Exchange>], origin: &str, redactor: &Redactor) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for exchange in exchanges {
        let mut line = curl(exchange, origin, redactor);
        for (index, id) in made.iter().enumerate() {
            line = line.replace(id, &format!("${{USER{}}}", index + 1));
        }
        if let Some(id) = made_user(exchange) {
            made.push(id);
            let silent = line.replacen("curl -i ", "curl -s ", 1);
            line = format!("USER{}=$({silent} | {FIRST_ID})", made.len());
        }
        lines.push(line);
    }
    lines
}

/// Extracts the first id of a response.
const FIRST_ID: &str = "grep -o '\"id\" *: *\"[0-9a-f]*' | head -n 1 | grep -o '[0-9a-f]*$'";

/// The id of the user that an exchange created.
fn made_user(exchange: &Exchange) -> Option<String> {
    let makes = exchange.request.method == "POST" && exchange.request.target.ends_with("/users");
    let response =
        exchange.outcome.as_ref().ok().filter(|response| makes && response.status < 300)?;
    Some(response.json()?.get("id")?.as_str()?.to_owned())
}

/// A URL as one word of a shell in which variables are still expanded.
fn double_quoted(url: &str) -> String {
    if url.chars().all(plain) {
        return url.to_owned();
    }
    let escaped =
        url.chars().flat_map(|c| "\\\"$`".contains(c).then_some('\\').into_iter().chain([c]));
    format!("\"{}\"", escaped.collect::<String>())
}

/// True if a shell takes the character literally.
fn plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c)
}

/// A text as one word of a shell, quoted only if necessary.
pub fn quoted(text: &str) -> String {
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::{Redactor, shown};
    use crate::exchange::{Exchange, Request, Response};

    #[test]
    fn bytes_that_are_no_utf8_are_shown_as_such() {
        let request =
            Request { body: b"{\"a\":\"\xE9\xFF\"}".to_vec().into(), ..Request::default() };
        let headers = vec![("X-Name".to_owned(), b"caf\xE9".to_vec())];
        let response = Response::new(400, headers, "caf\u{e9}");
        let exchange = Exchange::instant(request, Ok(response));
        let shown = shown(&exchange, "http://localhost", &Redactor::new(&[]));
        assert_eq!(shown.request.body, r#"{"a":"\xE9\xFF"}"#);
        let response = shown.response.expect("a response");
        assert_eq!(response.headers[0].1, r"caf\xE9");
        assert_eq!(response.body, "caf\u{e9}");
    }
}
