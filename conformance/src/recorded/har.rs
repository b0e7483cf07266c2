//! HAR 1.2, as browsers, proxies and test runs write it. A part that a recording leaves out counts
//! as unknown, not as empty.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use atlas_engine::exchange::Headers;
use atlas_engine::secret::Secret;

/// What a HAR file holds.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    pub entries: Vec<Entry>,
    /// Entries that can't be read.
    pub unreadable: Vec<Unreadable>,
}

/// An entry that can't be read: no reason to refuse those beside it.
#[derive(Debug, Clone, Serialize)]
pub struct Unreadable {
    /// Its place in the file, from 0.
    pub entry: usize,
    pub reason: String,
}

#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place in the file, from 0: `log.entries[place]`.
    pub place: usize,
    /// Scheme, host and port, as recorded.
    pub origin: String,
    /// Path and query, as recorded.
    pub target: String,
    /// The method, upper case.
    pub method: String,
    /// The header fields of the request.
    pub sent: Headers,
    /// The body of the request, if it is recorded.
    pub body: Option<Bytes>,
    /// True if the request had a body, recorded or not.
    pub had_body: bool,
    /// The response, or the reason why there is none.
    pub response: Result<Recorded, String>,
}

/// The status with which a proxy asks for credentials of its own (RFC 9110, 15.5.8).
const PROXY_AUTHENTICATION: f64 = 407.0;

#[derive(Debug, Clone)]
pub struct Recorded {
    pub status: u16,
    pub headers: Headers,
    /// The decoded body, if it is recorded in full.
    pub body: Option<Bytes>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object with `request` and `response`")]
struct RawEntry {
    request: RawRequest,
    /// Null where no answer came, as some recorders write it.
    response: Option<RawResponse>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawRequest {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<RawHeader>,
    post_data: Option<RawContent>,
    #[serde(default)]
    body_size: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawResponse {
    #[serde(default)]
    status: Option<f64>,
    #[serde(default)]
    status_text: Option<String>,
    #[serde(default)]
    headers: Vec<RawHeader>,
    content: Option<RawContent>,
    #[serde(rename = "_error")]
    error: Option<String>,
}

#[derive(Deserialize)]
struct RawHeader {
    name: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize)]
struct RawContent {
    text: Option<String>,
    encoding: Option<String>,
    size: Option<f64>,
}

/// Reads a HAR file. An entry that can't be read is listed, and the others are read.
///
/// # Errors
/// A message with the place, if the text is not a HAR file.
pub fn read(text: &str) -> Result<Recording, String> {
    // Written with a byte order mark by some tools, which HAR 1.2 allows.
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text)
        .map_err(|error| format!("expected a HAR file, JSON: {error}"))?;
    let Some(entries) = value.pointer("/log/entries").and_then(Value::as_array) else {
        return Err("expected a HAR file with an array `log.entries`".to_owned());
    };
    let mut recording = Recording::default();
    for (place, value) in entries.iter().enumerate() {
        match entry(place, value) {
            Ok(entry) => recording.entries.push(entry),
            Err(reason) => recording.unreadable.push(Unreadable { entry: place, reason }),
        }
    }
    Ok(recording)
}

fn entry(place: usize, value: &Value) -> Result<Entry, String> {
    let raw = RawEntry::deserialize(value).map_err(|error| error.to_string())?;
    let RawEntry { request, response } = raw;
    if response.as_ref().and_then(|response| response.status) == Some(PROXY_AUTHENTICATION) {
        return Err("407 is a proxy's answer, not the server's".to_owned());
    }
    let (origin, target) = split(&request.url).ok_or_else(|| {
        // Escaped: the text is the recording's, and goes to a terminal.
        format!("request.url: expected an absolute URL, got `{}`", request.url.escape_debug())
    })?;
    let body = request.post_data.as_ref().and_then(bytes);
    let body = body.filter(|body| !is_cut(body, request.body_size));
    let had_body = request.body_size.is_some_and(|size| size > 0.0) || request.post_data.is_some();
    Ok(Entry {
        place,
        origin,
        target,
        method: request.method.to_ascii_uppercase(),
        sent: headers(request.headers),
        // A replacement character says that the recorder could not write the bytes.
        body: body.filter(|body| !String::from_utf8_lossy(body).contains('\u{fffd}')),
        had_body,
        response: response.map_or_else(|| Err(NO_STATUS.to_owned()), recorded_response),
    })
}

/// The origin and the request target, neither decoded nor normalised.
fn split(url: &str) -> Option<(String, String)> {
    let scheme = url.find("://")?;
    let authority = scheme + 3;
    let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |at| authority + at);
    let target = url[end..].split('#').next().unwrap_or_default();
    Some((url[..end].to_owned(), target.to_owned()))
}

fn headers(raw: Vec<RawHeader>) -> Headers {
    // HTTP/2 keeps method and path in fields that begin with a colon.
    let fields = raw.into_iter().filter(|header| !header.name.starts_with(':'));
    fields
        .map(|header| {
            let known = header.name.eq_ignore_ascii_case("authorization");
            let name = if known { "Authorization".to_owned() } else { header.name };
            (name, header.value.into_bytes())
        })
        .collect()
}

/// Why there is no response, where the recording doesn't say.
const NO_STATUS: &str = "no status is recorded";

fn recorded_response(raw: RawResponse) -> Result<Recorded, String> {
    let status = raw.status.unwrap_or_default();
    if !(100.0..1000.0).contains(&status) {
        let reason = raw.error.or(raw.status_text).filter(|reason| !reason.trim().is_empty());
        return Err(reason.unwrap_or_else(|| NO_STATUS.to_owned()));
    }
    let headers = headers(raw.headers);
    let body = raw.content.as_ref().and_then(bytes).filter(|body| !still_encoded(body, &headers));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "100 to 999")]
    let status = status as u16;
    Ok(Recorded { status, headers, body })
}

/// The bytes of a recorded body, if they are complete.
fn bytes(content: &RawContent) -> Option<Bytes> {
    let text = content.text.as_deref()?;
    let body = match content.encoding.as_deref().filter(|encoding| !encoding.is_empty()) {
        None => text.as_bytes().to_vec(),
        Some(encoding) if encoding.eq_ignore_ascii_case("base64") => {
            let text: String = text.split_whitespace().collect();
            BASE64_STANDARD.decode(text).ok()?
        }
        Some(_) => return None,
    };
    (!is_cut(&body, content.size)).then(|| Bytes::from(body))
}

/// True if the recorder cut the body, which was longer.
fn is_cut(body: &[u8], size: Option<f64>) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a length in memory")]
    let length = body.len() as f64;
    size.is_some_and(|size| size > length)
}

/// True if the recorder kept an encoded body, which can't be judged. HAR bodies should be decoded.
fn still_encoded(body: &Bytes, headers: &Headers) -> bool {
    let encoded = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-encoding") && value != b"identity" && !value.is_empty()
    });
    encoded
        && !body.is_empty()
        && std::str::from_utf8(body)
            .map_or(true, |text| text.contains('\u{fffd}') || text.starts_with('\u{1f}'))
}

impl Entry {
    /// The first value of a header field of the request, as text.
    pub fn sent_header(&self, name: &str) -> Option<String> {
        let field = self.sent.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(&field.1).into_owned())
    }

    /// The values of headers that authenticate somebody; no output may show them.
    pub fn secrets(&self) -> Vec<Secret> {
        let answered = self.response.iter().flat_map(|response| &response.headers);
        let fields = self.sent.iter().chain(answered);
        let secret = fields.filter(|(name, _)| authenticates(name));
        secret
            .flat_map(|(_, value)| {
                let value = String::from_utf8_lossy(value).into_owned();
                let parts = value.split([';', ',', ' ']).filter_map(|part| {
                    part.trim().split_once('=').map(|(_, value)| value.trim_matches('"').to_owned())
                });
                let after_scheme = value.split_once(' ').map(|(_, rest)| rest.to_owned());
                let parts: Vec<_> =
                    parts.chain(after_scheme).filter(|part| part.len() > 7).collect();
                parts.into_iter().chain([value]).map(Secret::from).collect::<Vec<_>>()
            })
            .chain(self.password().map(Secret::from))
            .collect()
    }

    /// The password of a URL that has one: `https://name:password@host`.
    fn password(&self) -> Option<String> {
        let (_, authority) = self.origin.split_once("://")?;
        let (user, _) = authority.rsplit_once('@')?;
        let (_, password) = user.split_once(':')?;
        Some(password.to_owned())
    }
}

fn authenticates(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // The challenge is no secret, and evidence.
    name != "www-authenticate"
        && ["authoriz", "cookie", "token", "secret", "api-key", "apikey", "session", "csrf"]
            .iter()
            .any(|part| name.contains(part))
}
