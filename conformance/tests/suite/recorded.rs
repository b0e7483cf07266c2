//! Recorded traffic: what is shown is accused, what is only missing is not.

use std::collections::BTreeSet;

use atlas_conformance::recorded::har;
use atlas_conformance::recorded::report::{self, Options};
use atlas_engine::run::verdict::Verdict;
use serde_json::{Value, json};

use crate::spawn::{err, file, out, run};

const GROUP: &str = "5f1b2c3d4e5f60718293a4b5";
const USER: &str = "5f1b2c3d4e5f60718293a4b7";
const VENDOR: &str = "application/vnd.atlas.2025-02-19+json";

fn url() -> String {
    format!("https://cloud.example.com/api/atlas/v2/groups/{GROUP}/users/{USER}:removeRole")
}

fn user() -> Value {
    json!({
        "id": USER, "orgMembershipStatus": "ACTIVE", "roles": ["GROUP_READ_ONLY"],
        "username": "a@example.com", "createdAt": "2026-01-01T00:00:00Z",
        "firstName": "A", "lastName": "B",
    })
}

/// A removal that succeeded, as a careful recorder writes it.
fn success() -> Value {
    json!({
        "startedDateTime": "2026-11-25T10:00:00.000Z",
        "request": {
            "method": "POST", "url": url(), "httpVersion": "HTTP/1.1", "bodySize": 27,
            "headers": [
                {"name": "Authorization", "value": "Bearer abcdef0123456789"},
                {"name": "Content-Type", "value": VENDOR},
                {"name": "Accept", "value": VENDOR},
            ],
            "postData": {"mimeType": VENDOR, "text": "{\"groupRole\":\"GROUP_OWNER\"}"},
        },
        "response": {
            "status": 200, "statusText": "OK",
            "headers": [{"name": "content-type", "value": format!("{VENDOR};charset=utf-8")}],
            "content": {"mimeType": VENDOR, "size": -1, "text": user().to_string()},
        },
    })
}

fn error_body(status: u16) -> Value {
    json!({"error": status, "errorCode": "X", "detail": "d", "reason": "r", "parameters": []})
}

/// The same removal, refused.
fn refusal(status: u16) -> Value {
    let mut entry = success();
    entry["response"]["status"] = status.into();
    entry["response"]["headers"] = json!([{"name": "Content-Type", "value": "application/json"}]);
    entry["response"]["content"]["text"] = error_body(status).to_string().into();
    entry
}

/// The entry, changed.
fn with(mut entry: Value, change: impl FnOnce(&mut Value)) -> Value {
    change(&mut entry);
    entry
}

fn set(entry: Value, pointer: &str, value: impl Into<Value>) -> Value {
    with(entry, |entry| {
        let place = entry.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}"));
        *place = value.into();
    })
}

fn without(entry: Value, parent: &str, key: &str) -> Value {
    with(entry, |entry| {
        entry.pointer_mut(parent).and_then(Value::as_object_mut).expect(parent).remove(key);
    })
}

fn recording(entries: &[Value]) -> String {
    json!({"log": {"version": "1.2", "creator": {"name": "t", "version": "1"}, "entries": entries}})
        .to_string()
}

/// The clauses that an entry breaks.
fn broken(entry: &Value, complete: bool) -> BTreeSet<&'static str> {
    let entries = har::read(&recording(std::slice::from_ref(entry))).expect("a recording");
    let options = Options { complete, ..Options::default() };
    let traffic = report::judge("x.har", &entries, &options);
    traffic.broken().keys().map(|clause| clause.slug()).collect()
}

fn sent(text: &str) -> Value {
    let entry = set(success(), "/request/bodySize", text.len());
    set(entry, "/request/postData/text", text)
}

fn asked(entry: Value, query: &str) -> Value {
    set(entry, "/request/url", format!("{}?{query}", url()))
}

fn answered(body: &Value) -> Value {
    set(success(), "/response/content/text", body.to_string())
}

#[test]
fn honest_traffic_is_not_accused() {
    let base64 = |entry: Value| {
        use base64::Engine;
        let text = entry["response"]["content"]["text"].as_str().expect("text").to_owned();
        let text = base64::prelude::BASE64_STANDARD.encode(text);
        let entry = set(entry, "/response/content/text", text);
        with(entry, |entry| entry["response"]["content"]["encoding"] = "base64".into())
    };
    let header = |entry: Value, side: &str, name: &str, value: &str| {
        with(entry, |entry| {
            let headers = entry[side]["headers"].as_array_mut().expect("headers");
            headers.insert(0, json!({"name": name, "value": value}));
        })
    };
    let enveloped = json!({"status": 200, "content": user()});
    let pretty = serde_json::to_string_pretty(&user()).expect("JSON");
    let upper = url().replace(USER, &USER.to_uppercase());
    let honest = [
        ("a success", success()),
        ("a refusal", refusal(403)),
        ("credentials stripped by the browser", set(success(), "/request/headers", json!([]))),
        ("a request whose body is left out", without(success(), "/request", "postData")),
        (
            "a request whose body is cut",
            with(sent("{\"groupRole\":\"GROUP_OW… (28 bytes)"), |entry| {
                entry["request"]["bodySize"] = 4000.into();
            }),
        ),
        ("a body of the answer left out", without(success(), "/response/content", "text")),
        ("no content at all", without(success(), "/response", "content")),
        (
            "a body that was cut",
            set(
                set(success(), "/response/content/text", "{\"id\":"),
                "/response/content/size",
                5000,
            ),
        ),
        ("no headers of the answer", set(success(), "/response/headers", json!([]))),
        ("a 401 whose challenge the page can't see", refusal(401)),
        ("base64", base64(success())),
        (
            "gzip, decoded by the recorder",
            header(success(), "response", "Content-Encoding", "gzip"),
        ),
        ("fields of HTTP/2", header(success(), "request", ":method", "POST")),
        ("rate limiting", set(refusal(429), "/response/content/text", "slow down")),
        ("a success under an envelope", asked(answered(&enveloped), "envelope=true")),
        (
            "an error under an envelope, on a 200",
            asked(
                with(refusal(200), |entry| {
                    let body = json!({"status": 409, "content": error_body(409)});
                    entry["response"]["content"]["text"] = body.to_string().into();
                }),
                "envelope=true",
            ),
        ),
        ("pretty", asked(set(success(), "/response/content/text", pretty), "pretty=true")),
        ("upper-case digits", set(success(), "/request/url", upper)),
        ("a prefix", set(success(), "/request/url", url().replace("/api", "/mock/api"))),
        ("an encoded colon", set(success(), "/request/url", url().replace(":remove", "%3Aremove"))),
        ("415 to plain JSON", {
            let entry = set(refusal(415), "/request/headers/1/value", "application/json");
            set(entry, "/response/content/text", "")
        }),
        ("406 to another Accept", set(refusal(406), "/request/headers/2/value", "text/html")),
        ("a newer version asked for and answered", {
            let newer = "application/vnd.atlas.2026-01-01+json";
            let entry = set(success(), "/request/headers/2/value", newer);
            set(entry, "/response/headers/0/value", newer)
        }),
        ("masked credentials, masked in the answer too", {
            let entry = set(success(), "/request/headers/0/value", "Bearer [REDACTED]");
            header(entry, "response", "X-Request", "[REDACTED]")
        }),
        (
            "a large number and a lone surrogate",
            sent(r#"{"groupRole":"GROUP_OWNER","n":1e400,"s":"\ud800"}"#),
        ),
        ("a byte order mark", sent("\u{feff}{\"groupRole\":\"GROUP_OWNER\"}")),
        ("a name given twice", sent(r#"{"groupRole":1,"groupRole":"GROUP_OWNER"}"#)),
        (
            "deep nesting",
            sent(&format!(
                "{{\"groupRole\":\"GROUP_OWNER\",\"d\":{}{}}}",
                "[".repeat(400),
                "]".repeat(400)
            )),
        ),
        (
            "another method",
            set(set(refusal(405), "/request/method", "GET"), "/response/content/text", ""),
        ),
        ("a request that was given up", set(success(), "/response/status", 0)),
    ];
    for (what, entry) in honest {
        assert_eq!(broken(&entry, false), BTreeSet::new(), "{what}");
    }
    assert_eq!(broken(&success(), true), BTreeSet::new());
    assert_eq!(broken(&refusal(403), true), BTreeSet::new());
}

#[test]
fn what_an_exchange_shows_is_accused() {
    let change = |key: &str, value: Value| answered(&with(user(), |user| user[key] = value));
    let status = |status: u16| set(success(), "/response/status", status);
    let shown = [
        ("success.id", change("id", GROUP.into())),
        ("success.roles", change("roles", json!(["GROUP_OWNER", "GROUP_READ_ONLY"]))),
        ("success.roles", change("roles", json!(["A", "A"]))),
        ("roles.never-empty", change("roles", json!([]))),
        ("success.username", change("username", "nobody".into())),
        ("success.membership", change("orgMembershipStatus", "active".into())),
        ("success.required", answered(&without(user(), "", "roles"))),
        ("success.required-by-status", answered(&without(user(), "", "firstName"))),
        ("success.other-fields", change("country", json!(5))),
        ("success.invitation-times", change("invitationCreatedAt", "yesterday".into())),
        ("success.inviter", change("inviterUsername", "nobody".into())),
        ("media.success", set(success(), "/response/headers/0/value", "application/json")),
        ("media.errors", set(refusal(403), "/response/headers/0/value", "text/html")),
        ("media.json", set(success(), "/response/content/text", "{")),
        ("media.unique-keys", set(success(), "/response/content/text", "{\"id\":1,\"id\":2}")),
        ("error.error", set(refusal(403), "/response/content/text", error_body(400).to_string())),
        ("error.no-leak", {
            let leaking = with(error_body(400), |e| e["detail"] = "at x.Y.z(Y.java:12)".into());
            set(refusal(400), "/response/content/text", leaking.to_string())
        }),
        ("status.no-server-error", refusal(500)),
        ("status.documented", refusal(422)),
        ("status.success-is-200", status(204)),
        ("status.success-is-200", status(302)),
        ("request.group-id", set(success(), "/request/url", url().replace(GROUP, "not-an-id"))),
        ("request.user-id", set(success(), "/request/url", url().replace(USER, "12"))),
        ("request.body-shape", sent("{")),
        ("request.body-shape", sent("")),
        ("request.body-shape", sent("[]")),
        ("request.body-shape", sent("{}")),
        ("request.body-shape", sent("{\"groupRole\":null}")),
        ("query.envelope", asked(success(), "envelope=true")),
        ("query.envelope", {
            let body = json!({"status": 403, "content": error_body(403)}).to_string();
            asked(set(refusal(409), "/response/content/text", body), "envelope=true")
        }),
        ("query.envelope-errors", asked(refusal(403), "envelope=true")),
        ("query.envelope-false", {
            asked(answered(&json!({"status": 200, "content": user()})), "envelope=false")
        }),
        ("query.pretty", asked(success(), "pretty=true")),
        ("auth.no-echo", change("firstName", "abcdef0123456789".into())),
    ];
    for (clause, entry) in shown {
        let broken = broken(&entry, false);
        assert!(broken.contains(clause), "{clause}: {broken:?}\n{entry:#}");
    }
}

#[test]
fn a_complete_recording_shows_what_was_not_there() {
    let unasked = with(success(), |entry| {
        entry["request"]["headers"].as_array_mut().expect("headers").remove(0);
    });
    let bare = with(success(), |entry| {
        entry["request"]["bodySize"] = 0.into();
        entry["request"].as_object_mut().expect("an object").remove("postData");
    });
    let shown = [
        ("auth.required", unasked),
        ("request.body-shape", bare),
        ("auth.challenge", refusal(401)),
        ("media.success", set(success(), "/response/headers", json!([]))),
        ("status.success-is-200", without(success(), "/response/content", "text")),
        ("http.answers", set(success(), "/response/status", 0)),
    ];
    for (clause, entry) in shown {
        assert!(!broken(&entry, false).contains(clause), "{clause}");
        assert!(broken(&entry, true).contains(clause), "{clause}: {:?}", broken(&entry, true));
    }
}

#[test]
fn entries_are_counted_by_kind_and_host() {
    let elsewhere = set(success(), "/request/url", "https://cloud.example.com/api/atlas/v2/groups");
    let sibling = set(success(), "/request/url", url().replace(":removeRole", ":addRole"));
    let preflight = set(success(), "/request/method", "OPTIONS");
    let second = set(success(), "/request/url", url().replace("cloud", "qa"));
    let aborted = with(set(success(), "/response/status", 0), |entry| {
        entry["response"]["_error"] = "net::ERR_ABORTED".into();
    });
    let text = recording(&[success(), elsewhere, sibling, preflight, second, aborted]);
    // With a byte order mark, as some tools write it.
    let entries = har::read(&format!("\u{feff}{text}")).expect("a recording");
    let traffic = report::judge("x.har", &entries, &Options::default());
    let summary = traffic.summary();
    assert_eq!((summary.entries, summary.judged, summary.ignored), (6, 2, 3));
    assert_eq!(summary.unanswered, 1);
    assert_eq!(traffic.verdict(), Verdict::Pass);
    let mut out = Vec::new();
    traffic.write(&mut out).expect("a report");
    let out = String::from_utf8_lossy(&out);
    assert!(out.contains("net::ERR_ABORTED"), "{out}");
    assert!(out.contains("https://qa.example.com  1 requests"), "{out}");
}

#[test]
fn no_part_of_a_url_is_shown_that_could_hurt() {
    let told = |url: String| {
        let entries = [set(refusal(500), "/request/url", url)];
        let entries = har::read(&recording(&entries)).expect("a recording");
        let traffic = report::judge("x.har", &entries, &Options::default());
        let mut out = serde_json::to_vec(&traffic).expect("JSON");
        traffic.write(&mut out).expect("a vector");
        anstream::adapter::strip_str(&String::from_utf8_lossy(&out)).to_string()
    };
    let named = told(url().replace("cloud", "somebody:word-of-somebody@cloud"));
    assert!(!named.contains("word-of-somebody"), "{named}");
    // The credential of the request, which a careless tool put into the host as well.
    let host = told(url().replace("cloud", "abcdef0123456789"));
    assert!(!host.contains("abcdef0123456789"), "{host}");
    let driving = told(url().replace("cloud", "\u{1b}[2Jcloud"));
    assert!(!driving.contains('\u{1b}'), "{driving:?}");
    let driving = set(refusal(500), "/request/method", "GET\u{1b}[2J");
    let entries = har::read(&recording(&[driving])).expect("a recording");
    let mut out = Vec::new();
    report::judge("x.har", &entries, &Options::default()).write(&mut out).expect("a vector");
    assert!(!String::from_utf8_lossy(&out).contains("\u{1b}[2J"));
    let no_url = recording(&[set(success(), "/request/url", "\u{1b}[2J")]);
    let recording = har::read(&no_url).expect("a recording");
    let reason = &recording.unreadable[0].reason;
    assert!(reason.ends_with("got `\\u{1b}[2J`"), "{reason:?}");
}

#[test]
fn an_entry_that_cannot_be_read_is_named_and_the_others_are_judged() {
    let odd = [
        with(refusal(404), |entry| entry["response"] = Value::Null),
        set(success(), "/request/url", "about:blank"),
        without(success(), "/request", "method"),
        json!("no entry"),
        refusal(407),
    ];
    for odd in odd {
        // However the recording counts, nothing of it is held against the server.
        for complete in [false, true] {
            let text = recording(&[odd.clone(), refusal(404)]);
            let recording = har::read(&text).expect("a recording");
            let options = Options { complete, ..Options::default() };
            let traffic = report::judge("x.har", &recording, &options);
            let unanswered = traffic.summary().unanswered;
            let expected = if complete && unanswered > 0 { Verdict::Fail } else { Verdict::Pass };
            assert_eq!(traffic.verdict(), expected, "{odd}");
            assert_eq!(traffic.summary().unreadable + unanswered, 1, "{odd}");
        }
    }
}

#[test]
fn known_deviations_are_accepted_from_several_files() {
    let mut entry = refusal(404);
    let mut body = error_body(404);
    body["parameters"] = Value::Null;
    entry["response"]["content"]["text"] = body.to_string().into();
    let (_folder, har) = file("x.har", &recording(&[entry]));
    let har = har.to_str().expect("UTF-8");
    assert_eq!(run(&["judge", har]).status.code(), Some(1));
    let expectation = |key: &str, value: &str| {
        file(
            "e.toml",
            &format!("[[expect]]\n{key} = \"{value}\"\nbecause = \"as it always was\"\n"),
        )
    };
    let (_first, other) = expectation("clause", "success.*");
    let (_second, known) = expectation("clause", "error.*");
    let (_third, check) = expectation("check", "error/*");
    let options = |files: [&std::path::Path; 2]| {
        let files = files.map(|file| file.to_str().expect("UTF-8").to_owned());
        files.into_iter().flat_map(|file| ["--expectations".to_owned(), file])
    };
    for files in [[&*other, &*known], [&*check, &*other]] {
        let arguments: Vec<String> = options(files).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = run(&[&["judge", har][..], &arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
        assert!(out(&output).contains("as it always was"), "{}", out(&output));
    }
    let output = run(&["judge", har, "--expectations", other.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
}

#[test]
fn a_recording_may_be_compressed() {
    use std::io::Write as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.har.gz");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(recording(&[refusal(404)]).as_bytes()).expect("a vector");
    std::fs::write(&path, packed.finish().expect("a vector")).expect("the file");
    let output = run(&["judge", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    assert!(out(&output).contains("1 judged"), "{}", out(&output));
}

#[test]
fn the_exit_codes_are_those_of_a_run() {
    let judge = |entries: &[Value], arguments: &[&str]| {
        let (_folder, path) = file("traffic.har", &recording(entries));
        let path = path.display().to_string();
        run(&[&["judge", &path][..], arguments].concat())
    };
    let code = |entries: &[Value], arguments: &[&str]| {
        judge(entries, arguments).status.code().expect("an exit code")
    };
    let should = answered(&without(user(), "", "firstName"));
    assert_eq!(code(&[success()], &[]), 0);
    assert_eq!(code(&[success(), refusal(500)], &[]), 1);
    assert_eq!(code(std::slice::from_ref(&should), &[]), 0);
    assert_eq!(code(std::slice::from_ref(&should), &["--strict"]), 1);
    assert_eq!(code(&[set(success(), "/response/status", 0)], &[]), 3);
    assert_eq!(code(&[], &[]), 4);

    // The report for programs, and no secret in either.
    let cookie = with(refusal(500), |entry| {
        let headers = entry["request"]["headers"].as_array_mut().expect("headers");
        headers.push(json!({"name": "Cookie", "value": "sid=a-session-of-somebody; lang=en"}));
    });
    for format in ["text", "json"] {
        let output = judge(std::slice::from_ref(&cookie), &["--format", format]);
        let text = out(&output);
        assert!(!text.contains("abcdef0123456789"), "{text}");
        assert!(!text.contains("a-session-of-somebody"), "{text}");
        if format == "json" {
            let report: Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(report["verdict"], "fail");
            let violation = &report["violations"][0];
            assert_eq!(violation["clause"], "status.no-server-error");
            assert_eq!(violation["entry"], 0);
            assert_eq!(violation["exchange"]["response"]["status"], 500);
        } else {
            assert!(text.contains("FAIL status.no-server-error (must)"), "{text}");
        }
    }
}

#[test]
fn what_is_no_recording_ends_with_2_and_says_where() {
    let mut messages = String::new();
    for text in ["", "{", "[]", "{\"log\": {}}"] {
        let (folder, path) = file("traffic.har", text);
        let output = run(&["judge", &path.display().to_string()]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        messages += &err(&output).replace(&format!("{}/", folder.path().display()), "");
    }
    insta::assert_snapshot!("traffic", messages);
}
