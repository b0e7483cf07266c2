//! HTTP Archive 1.2, which the network panel of a browser and many proxies open.

use serde_json::{Value, json};
use url::Url;

use crate::report::document::Document;
use crate::report::log::Logged;
use atlas_engine::evidence::{ShownRequest, ShownResponse};

/// The report.
///
/// # Errors
/// When it can't be written as JSON.
pub fn render(document: &Document) -> serde_json::Result<String> {
    let entries: Vec<_> = document.log.exchanges.iter().map(entry).collect();
    let left_out = match document.log.left_out {
        0 => String::new(),
        count => format!(" {count} later exchanges found no room here."),
    };
    let archive = json!({
        "log": {
            "version": "1.2",
            "creator": { "name": document.tool.name, "version": document.tool.version },
            "pages": [],
            "entries": entries,
            "comment": format!(
                "{}: {} Target {}, seed {}.{left_out}",
                document.headline, document.reason, document.target, document.seed
            ),
        }
    });
    Ok(serde_json::to_string_pretty(&archive)? + "\n")
}

fn entry(logged: &Logged) -> Value {
    let shown = &logged.shown;
    let millis = json!(logged.duration_us as f64 / 1000.0);
    let breaks: Vec<_> =
        logged.breaks.iter().map(|(check, clause)| format!("{check} breaks {clause}")).collect();
    let mut entry = json!({
        "startedDateTime": logged.started,
        "time": millis,
        "request": request(&shown.request),
        "response": response(shown.response.as_ref(), shown.error.as_deref()),
        "cache": {},
        // The wire measures an exchange as a whole.
        "timings": { "send": 0, "wait": millis, "receive": 0 },
    });
    if !breaks.is_empty() {
        entry["comment"] = breaks.join("; ").into();
    }
    entry
}

fn request(request: &ShownRequest) -> Value {
    let mut written = json!({
        "method": request.method,
        "url": request.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&request.headers),
        "queryString": query(&request.url),
        "headersSize": -1,
        "bodySize": request.body_bytes,
    });
    if request.body_bytes > 0 {
        let media_type = header(&request.headers, "content-type").unwrap_or_default();
        written["postData"] = json!({ "mimeType": media_type, "text": request.body, "params": [] });
    }
    written
}

fn response(response: Option<&ShownResponse>, error: Option<&str>) -> Value {
    let Some(response) = response else {
        // What browsers write where no answer came.
        return json!({
            "status": 0, "statusText": "", "httpVersion": "", "cookies": [], "headers": [],
            "content": { "size": 0, "mimeType": "x-unknown" },
            "redirectURL": "", "headersSize": -1, "bodySize": -1,
            "comment": error.unwrap_or("no answer"),
        });
    };
    let media_type = header(&response.headers, "content-type").unwrap_or("x-unknown");
    let status = http::StatusCode::from_u16(response.status).ok();
    json!({
        "status": response.status,
        "statusText": status.and_then(|status| status.canonical_reason()).unwrap_or_default(),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&response.headers),
        "content": { "size": response.body_bytes, "mimeType": media_type, "text": response.body },
        "redirectURL": header(&response.headers, "location").unwrap_or_default(),
        "headersSize": -1,
        "bodySize": response.body_bytes,
    })
}

fn headers(headers: &[(String, String)]) -> Vec<Value> {
    headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

fn query(url: &str) -> Vec<Value> {
    let Ok(url) = url.parse::<Url>() else { return Vec::new() };
    url.query_pairs().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}
