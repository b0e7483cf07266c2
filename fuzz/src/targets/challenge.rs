//! Header fields of a 401 and of a 429: a credential that is one header value, a wait that ends.

use std::time::Duration;

use atlas_api::digest::Challenge;
use atlas_engine::auth::digest::challenges;
use atlas_engine::exchange::Response;
use atlas_engine::session::failure_budget::FailureBudget;
use atlas_engine::session::rate_limiter::retry_delay;
use http::HeaderValue;

use super::Target;

/// WWW-Authenticate and Retry-After, a value on each line.
pub static TARGET: Target = Target {
    name: "challenge",
    run,
    seeds,
    words: &[
        "Digest",
        "Basic",
        "Bearer",
        "realm=",
        "nonce=",
        "opaque=",
        "qop=",
        "auth",
        "auth-int",
        "algorithm=",
        "MD5",
        "SHA-256",
        "SHA-256-sess",
        "MD5-sess",
        "stale=true",
        "userhash=true",
        "charset=UTF-8",
        "\"",
        "\\\"",
        "120",
        "Wed, 21 Oct 2026 07:28:00 GMT",
    ],
    is_json: false,
};

fn seeds() -> Vec<String> {
    [
        "Digest realm=\"x\", nonce=\"abc\", qop=\"auth,auth-int\", algorithm=SHA-256, opaque=\"o\", \
         userhash=true\nDigest realm=\"x\", nonce=\"abc\", qop=auth, algorithm=MD5, stale=TRUE",
        "Basic realm=\"a, b\", Digest realm=\"say \\\"x\\\"\", nonce=\"a\\\\b\", Bearer",
        "Digest nonce=abc, algorithm=SHA-256-sess, qop=\"auth\"",
        "120",
        "Wed, 21 Oct 2026 07:28:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn run(input: &[u8]) {
    // What is no header value never comes out of an HTTP library.
    let lines = input.split(|byte| *byte == b'\n');
    let values = lines.filter_map(|line| HeaderValue::from_bytes(line).ok());
    let headers: Vec<_> = values
        .flat_map(|value| ["WWW-Authenticate", "Retry-After"].map(|name| (name, value.clone())))
        .map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()))
        .collect();
    let answer = Response::new(429, headers, "");
    for attempt in 0..6 {
        let wait = retry_delay(&answer, attempt);
        let is_waited =
            FailureBudget::new("the target", Duration::from_secs(3600)).check_wait(wait).is_ok();
        assert!(is_waited == (wait <= Duration::from_secs(60)), "{wait:?}");
    }
    let Some(challenge) = Challenge::strongest(challenges(&answer)) else { return };
    let value = challenge.authorization("key", "word", "POST", "/x", 1, "cnonce");
    HeaderValue::from_str(&value).unwrap_or_else(|error| panic!("{error}: {value:?}"));
    let back = Challenge::parse_all(&value);
    let [back] = back.as_slice() else { panic!("{} credentials in {value}", back.len()) };
    assert_eq!(back.realm, challenge.realm, "{value}");
    assert_eq!(back.nonce, challenge.nonce, "{value}");
    assert_eq!(back.opaque, challenge.opaque, "{value}");
}
