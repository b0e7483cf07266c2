//! Challenges that no client can or should meet.

use crate::hostility::{Hostility, after};

/// 401 with these challenges.
macro_rules! challenges {
    ($($name:literal => $challenge:expr;)*) => {
        [$(after($name, |connection| {
            let challenge: String = $challenge;
            let fields = format!("Content-Type: application/json\r\nWWW-Authenticate: {challenge}\r\n");
            let body = r#"{"detail":"no","error":401,"errorCode":"NO","parameters":[],"reason":"Unauthorized"}"#;
            connection.answer("401 Unauthorized", &fields, body)
        }),)*]
    };
}

pub(crate) const ALL: [Hostility; 11] = challenges! {
    "a realm of 60 KB" => format!("Digest realm=\"{}\", nonce=\"n\", qop=\"auth\"", "r".repeat(60_000));
    "a realm of 1 MB" => format!("Digest realm=\"{}\", nonce=\"n\", qop=\"auth\"", "r".repeat(1_000_000));
    "a zero in the realm" => "Digest realm=\"a\0b\", nonce=\"n\"".to_owned();
    "a challenge without a nonce" => "Digest realm=\"r\", qop=\"auth\"".to_owned();
    "an unknown qop" => "Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf\"".to_owned();
    "an unknown algorithm" => "Digest realm=\"r\", nonce=\"n\", algorithm=ROT13".to_owned();
    "1,000 challenges" => ["Digest realm=\"r\", nonce=\"n\", qop=\"auth\""; 1000].join(", ");
    "stale for ever" => "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", stale=true".to_owned();
    "a quote without an end" => "Digest realm=\"r, nonce=n\\".to_owned();
    "only commas" => ",".repeat(60_000);
    "Basic alone" => "Basic realm=\"r\"".to_owned();
};
