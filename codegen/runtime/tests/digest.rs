//! The Digest client against the vectors of RFC 7616 and against a crate as oracle.

use atlas_runtime::digest::{Algorithm, Challenge};

/// RFC 7616, section 3.9.1.
const CHALLENGES: &str = concat!(
    r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, "#,
    r#"nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "#,
    r#"opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", "#,
    r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, "#,
    r#"nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "#,
    r#"opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#,
);

const CNONCE: &str = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

#[test]
fn the_vectors_of_rfc_7616() {
    let challenges = Challenge::parse_all(CHALLENGES);
    assert_eq!(challenges.len(), 2);
    for (algorithm, response) in [
        (Algorithm::Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        (Algorithm::Md5, "8ca523f5e9506fed4657c9700eebdbec"),
    ] {
        let challenge = challenges.iter().find(|c| c.algorithm == algorithm).expect("offered");
        let password = "Circle of Life";
        assert_eq!(
            challenge.response("Mufasa", password, "GET", "/dir/index.html", 1, CNONCE),
            response
        );
    }
}

#[test]
fn the_stronger_challenge_is_taken_wherever_it_stands() {
    let mut challenges = Challenge::parse_all(CHALLENGES);
    challenges.reverse();
    assert_eq!(Challenge::strongest(challenges).map(|c| c.algorithm), Some(Algorithm::Sha256));
    assert_eq!(Challenge::strongest(Vec::new()), None);
}

#[test]
fn an_oracle_agrees() {
    for algorithm in ["MD5", "SHA-256"] {
        let header =
            format!("Digest realm=\"r, s\", nonce=\"n=1\", qop=\"auth\", algorithm={algorithm}");
        let mut oracle = digest_auth::parse(&header).expect("the oracle reads it");
        let mut context =
            digest_auth::AuthContext::new_post::<_, _, _, &[u8]>("u", "p", "/a?b=c", None);
        context.set_custom_cnonce("cafe");
        let expected = oracle.respond(&context).expect("the oracle answers").response;
        let ours = &Challenge::parse_all(&header)[0];
        assert_eq!(ours.response("u", "p", "POST", "/a?b=c", 1, "cafe"), expected, "{algorithm}");
    }
}

#[test]
fn odd_headers_are_read_or_passed_over() {
    let read = Challenge::parse_all(
        "Bearer, Basic realm=\"x\", digest Realm=\"\u{e4}\\\"\", NONCE=abc, stale=TRUE",
    );
    assert_eq!(read.len(), 1);
    assert_eq!(
        (read[0].realm.as_str(), read[0].nonce.as_str(), read[0].stale),
        ("\u{e4}\"", "abc", true)
    );
    assert!(!read[0].authorization("u", "p", "GET", "/", 1, "c").is_empty());
    for odd in [
        "",
        ",",
        "\"",
        "Digest",
        "Digest nonce",
        "Digest nonce=\"a",
        "Digest realm=x",
        "\\",
        "Digest algorithm=X, nonce=\"n\"",
        "Digest nonce=n, qop=auth-int",
    ] {
        let count = Challenge::parse_all(odd).len();
        assert!(count <= 1, "{odd}");
    }
}
