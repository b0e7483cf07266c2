//! Any HAR file: judged or refused, the same each time, and shown without what would hurt a reader.

use atlas_conformance::recorded::har;
use atlas_conformance::recorded::report::{self, Options};
use serde_json::{Value, json};

use super::Target;

/// `atlas-conformance judge`.
pub static TARGET: Target = Target {
    name: "recording",
    run,
    seeds,
    words: &[
        "log",
        "entries",
        "request",
        "response",
        "method",
        "POST",
        "GET",
        "OPTIONS",
        "url",
        "headers",
        "name",
        "value",
        "postData",
        "text",
        "encoding",
        "base64",
        "size",
        "bodySize",
        "content",
        "mimeType",
        "status",
        "statusText",
        "_error",
        "Authorization",
        "Bearer",
        "Cookie",
        "Accept",
        "Content-Type",
        "application/json",
        "application/vnd.atlas.2025-02-19+json",
        "groupRole",
        "GROUP_OWNER",
        "roles",
        "id",
        "envelope=true",
        "pretty=true",
        "Content-Encoding",
        "gzip",
        SECRET,
        "https://x.example/api/atlas/v2/groups/5f1b2c3d4e5f60718293a4b5/users/5f1b2c3d4e5f60718293a4b7:removeRole",
        "https://user:word@x.example:1/",
        "?envelope=true&pretty=true",
        "%3AremoveRole",
    ],
    is_json: true,
};

const SECRET: &str = "s3cr3t-of-a-recording";

fn seeds() -> Vec<String> {
    let vendor = "application/vnd.atlas.2025-02-19+json";
    let url = "https://x.example/api/atlas/v2/groups/5f1b2c3d4e5f60718293a4b5/users/5f1b2c3d4e5f60718293a4b7:removeRole";
    let user = json!({
        "id": "5f1b2c3d4e5f60718293a4b7", "orgMembershipStatus": "ACTIVE", "roles": ["GROUP_READ_ONLY"],
        "username": "a@example.com", "createdAt": "2026-01-01T00:00:00Z", "firstName": "A", "lastName": "B",
    });
    let error =
        json!({"error": 403, "errorCode": "X", "detail": "d", "reason": "r", "parameters": []});
    let entry = |query: &str, status: u16, media_type: &str, body: &Value| {
        json!({
            "request": {
                "method": "POST", "url": format!("{url}{query}"), "bodySize": 27,
                "headers": [
                    {"name": "Authorization", "value": format!("Bearer {SECRET}")},
                    {"name": "Content-Type", "value": vendor}, {"name": "Accept", "value": vendor},
                ],
                "postData": {"mimeType": vendor, "text": "{\"groupRole\":\"GROUP_OWNER\"}"},
            },
            "response": {
                "status": status, "statusText": "X",
                "headers": [{"name": "Content-Type", "value": media_type}],
                "content": {"mimeType": media_type, "size": -1, "text": body.to_string()},
            },
        })
    };
    let file = |entries: Value| json!({"log": {"version": "1.2", "entries": entries}}).to_string();
    let wrapped = json!({"status": 200, "content": user});
    let mut cut = entry("", 200, vendor, &user);
    cut["response"]["content"] = json!({"text": "eyJpZCI6", "encoding": "base64", "size": 400});
    let silent = json!({
        "request": {"method": "POST", "url": url},
        "response": {"status": 0, "_error": "net::ERR_FAILED"},
    });
    vec![
        file(json!([entry("", 200, vendor, &user)])),
        file(json!([entry("?pretty=true", 403, "application/json", &error), silent])),
        file(json!([entry("?envelope=true", 200, vendor, &wrapped), cut])),
    ]
}

fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let recording = match har::read(text) {
        Ok(recording) => recording,
        Err(reason) => {
            harmless(&reason);
            return;
        }
    };
    let partly = report::judge("any.har", &recording, &Options::default());
    let options = Options { complete: true, strict: true, ..Options::default() };
    let complete = report::judge("any.har", &recording, &options);
    for (clause, places) in partly.broken() {
        let shown = complete.broken();
        let all = shown.get(&clause).map_or(&[][..], Vec::as_slice);
        assert!(places.iter().all(|place| all.contains(place)), "{clause}: gaps accuse of more");
    }
    for report in [&partly, &complete] {
        let mut bytes = Vec::new();
        report.write(&mut bytes).expect("a vector");
        let told = String::from_utf8(bytes).expect("UTF-8");
        let plain = anstream::adapter::strip_str(&told).to_string();
        harmless(&plain);
        let json = serde_json::to_string(report).expect("JSON");
        if recording
            .entries
            .iter()
            .any(|entry| entry.secrets().iter().any(|secret| secret.expose() == SECRET))
        {
            for shown in [&plain, &json] {
                assert!(!shown.contains(SECRET), "a secret is shown: {shown}");
            }
        }
    }
}

fn harmless(text: &str) {
    let drives = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}';
    assert!(!text.contains(drives), "a text that drives a terminal: {text:?}");
}
