//! The example of RFC 7616, section 3.9.1.

use crate::auth::{Answer, Denial};

const MD5: &str = "algorithm=MD5, response=\"8ca523f5e9506fed4657c9700eebdbec\"";
const SHA256: &str = "algorithm=SHA-256, \
    response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"";

fn answer(rest: &str) -> Result<Answer, Denial> {
    Answer::read(&format!(
        "username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", \
         nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, qop=auth, \
         cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", {rest}"
    ))
}

#[test]
fn both_algorithms_prove_the_password() {
    for rest in [MD5, SHA256] {
        let answer = answer(rest).expect("the example is well-formed");
        assert!(answer.proves("Circle of Life", "GET"), "{rest}");
        assert!(!answer.proves("Circle of life", "GET"), "{rest}");
        assert!(!answer.proves("Circle of Life", "POST"), "{rest}");
        assert_eq!(answer.count(), Some(1));
    }
}

#[test]
fn spoilt_parameters_are_refused() {
    let spoilt = |rest: &str| answer(rest).expect_err("the parameters are spoilt");
    assert_eq!(spoilt("algorithm=MD5-sess, response=\"0\""), Denial::DigestAlgorithm);
    assert_eq!(spoilt("algorithm=MD5"), Denial::DigestSyntax);
    assert_eq!(spoilt("response=\"0\", response=\"1\""), Denial::DigestSyntax);
    assert_eq!(spoilt("response=\"0"), Denial::DigestSyntax);
}
