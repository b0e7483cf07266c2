//! The judges of single answers, on bytes.

use atlas_engine::exchange::json;
use atlas_engine::judge::{format, leak, media_type, schema};
use serde_json::json;

#[test]
fn json_is_read_strictly() {
    for good in ["{}", " [1, 2] \n", "\"\\u00e4\"", "1.5e3", "null"] {
        assert!(json::read(good.as_bytes()).is_ok(), "{good}");
    }
    for bad in ["", "{", "{}{}", "{} x", "{,}", "[1,]", "NaN", "\u{feff}{}", "'a'"] {
        assert!(json::read(bad.as_bytes()).is_err(), "{bad}");
    }
    assert!(json::read(b"\"\xff\"").is_err());
    let every =
        r#"[true, false, -1, 1, 18446744073709551615, 1.5, "\u00e4", null, [[]], {"a": {}}]"#;
    let every = json::read(every.as_bytes()).expect("JSON");
    let expected = json!([true, false, -1, 1, u64::MAX, 1.5, "ä", null, [[]], {"a": {}}]);
    assert_eq!((every.value, every.repeated), (expected, Vec::new()));
    let twice = json::read(br#"{"a":{"b":1,"b":2}}"#).expect("JSON");
    assert_eq!(twice.repeated, ["/a/b"]);
    let nested = json::read(br#"[0, {"a/b": 1, "a/b": 1, "~": [{"": 1, "": 2}]}]"#).expect("JSON");
    assert_eq!(nested.repeated, ["/1/a~1b", "/1/~0/0/"]);
    assert_eq!(twice.value, json!({"a": {"b": 2}}));
}

#[test]
fn date_times_are_utc() {
    for good in [
        "2026-11-24T11:09:43Z",
        "2026-11-24T11:09:43.123456Z",
        "2026-11-24T11:09:43+00:00",
        // What some write for never, and what is finer than a nanosecond.
        "9999-12-31T23:59:59Z",
        "2026-11-24T11:09:43.123456789012Z",
    ] {
        assert!(format::utc_date_time(good).is_some(), "{good}");
    }
    for bad in [
        "2026-11-24",
        "2026-11-24T11:09:43",
        "2026-11-24T11:09:43+01:00",
        "2026-13-24T11:09:43Z",
        "2026-02-30T00:00:00Z",
        "2026-02-28T00:00:0012Z",
        "2026-02-28T00:00:00.Z",
        "yesterday",
        "1764000000",
        " 2026-11-24T11:09:43Z",
    ] {
        assert!(format::utc_date_time(bad).is_none(), "{bad}");
    }
}

#[test]
fn media_types_are_compared_as_http_does() {
    let vendor = "application/vnd.atlas.2025-02-19+json";
    for good in [
        vendor,
        "APPLICATION/VND.Atlas.2025-02-19+JSON",
        "application/vnd.atlas.2025-02-19+json;charset=utf-8",
        "application/vnd.atlas.2025-02-19+json ; q=\"a;b\"",
    ] {
        assert!(media_type::is(good, vendor), "{good}");
    }
    for bad in [
        "application/json",
        "application/vnd.atlas.2025-02-19",
        "application/vnd.atlas.2023-01-01+json",
        "",
        "json",
        "text/html",
    ] {
        assert!(!media_type::is(bad, vendor), "{bad}");
    }
}

#[test]
fn schemas_of_the_contract_are_kept_exactly() {
    use atlas_api::constraints::{API_ERROR_SCHEMA, GROUP_USER_RESPONSE_SCHEMA};
    let good = json!({"error": 404, "errorCode": "X", "parameters": [], "detail": null, "badRequestDetail": null, "more": 1});
    assert_eq!(schema::validate(&API_ERROR_SCHEMA, &good), []);
    assert_eq!(schema::validate(&API_ERROR_SCHEMA, &json!({"error": 404.0, "errorCode": ""})), []);
    for bad in [
        json!([]),
        json!({"error": 404}),
        json!({"error": "404", "errorCode": "X"}),
        json!({"error": 4.5, "errorCode": "X"}),
        json!({"error": 3_000_000_000_u64, "errorCode": "X"}),
        json!({"error": 404, "errorCode": null}),
        json!({"error": 404, "errorCode": "X", "parameters": null}),
        json!({"error": 404, "errorCode": "X", "parameters": ["x"]}),
        json!({"error": 404, "errorCode": "X", "badRequestDetail": {"fields": [{"field": "x"}]}}),
    ] {
        assert_eq!(schema::validate(&API_ERROR_SCHEMA, &bad).len(), 1, "{bad}");
    }
    let user = json!({"id": "0".repeat(24), "orgMembershipStatus": "PENDING", "roles": ["A", "A"], "username": "a"});
    let places: Vec<_> = schema::validate(&GROUP_USER_RESPONSE_SCHEMA, &user)
        .into_iter()
        .map(|b| b.pointer)
        .collect();
    assert_eq!(places, ["/roles", "/username", "/invitationCreatedAt", "/inviterUsername"]);
}

#[test]
fn leaks_are_seen_and_plain_text_is_not() {
    for bad in [
        "Traceback (most recent call last):",
        "File \"server.py\", line 12, in remove",
        "#1 Controller.php(42): remove()",
        "in RoleController.cs:line 42",
        "at java.base/Thread.run(Native Method)",
        "server/src/roles.cpp:12: failed",
        "\\\\files\\share$\\roles",
        "/app/dist/server.js",
        "secret: x9f3kq2",
        "at com.x.Y.z(Y.java:12)",
        "panicked at src/main.rs:1:2",
        "see /home/app/server",
        "C:\\\\app\\\\x",
        "goroutine 1 [running]",
        "mongodb://a:bcde@host/x",
        "password=hunter2",
    ] {
        assert!(leak::find(bad).is_some(), "{bad}");
    }
    for good in [
        "Cannot find resource /api/atlas/v2/groups/x.",
        "No user with ID 5f1b at 12:30:45.",
        "application/json",
        "http://example.com/docs/errors",
        "https://docs.example.py:443/",
        "choose option a:\nread",
        "access_token: expired or revoked",
        "secret: must not be blank",
        "manage access at /app/settings",
        "file a ticket. File it, line 2 is open",
    ] {
        assert!(leak::find(good).is_none(), "{good}");
    }
}
