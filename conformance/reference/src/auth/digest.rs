//! HTTP Digest (RFC 7616) with MD5 and SHA-256, quality of protection `auth`.

use subtle::ConstantTimeEq;

use super::{Algorithm, Denial, parameters};

/// The realm of all API keys.
pub(crate) const REALM: &str = "MMS Public API";

/// A client's answer to a challenge.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) username: String,
    pub(crate) realm: String,
    /// The nonce of the challenge.
    pub(crate) nonce: String,
    pub(crate) uri: String,
    /// The number of times that the client has used the nonce, as it was written.
    pub(crate) count: String,
    /// The client's own nonce.
    pub(crate) client_nonce: String,
    pub(crate) response: String,
    pub(crate) algorithm: Algorithm,
}

impl Answer {
    /// Reads the part after the name of the scheme.
    pub(crate) fn read(text: &str) -> Result<Self, Denial> {
        let mut parameters = parameters::parse(text).ok_or(Denial::DigestSyntax)?;
        let algorithm = match parameters.remove("algorithm") {
            None => Algorithm::Md5,
            Some(name) => Algorithm::named(&name).ok_or(Denial::DigestAlgorithm)?,
        };
        let mut take = |name: &str| parameters.remove(name).ok_or(Denial::DigestSyntax);
        if !take("qop")?.eq_ignore_ascii_case("auth") {
            return Err(Denial::DigestSyntax);
        }
        Ok(Self {
            username: take("username")?,
            realm: take("realm")?,
            nonce: take("nonce")?,
            uri: take("uri")?,
            count: take("nc")?,
            client_nonce: take("cnonce")?,
            response: take("response")?,
            algorithm,
        })
    }

    /// The count as a number: eight hexadecimal digits, not zero.
    pub(crate) fn count(&self) -> Option<u32> {
        let digits = self.count.len() == 8 && self.count.bytes().all(|b| b.is_ascii_hexdigit());
        let number = u32::from_str_radix(&self.count, 16).ok().filter(|number| *number > 0);
        digits.then_some(number).flatten()
    }

    /// Whether the response is the one that the password gives for this method.
    pub(crate) fn proves(&self, password: &str, method: &str) -> bool {
        let expected = self.expected(password, method);
        let given = self.response.to_ascii_lowercase();
        bool::from(expected.as_bytes().ct_eq(given.as_bytes()))
    }

    fn expected(&self, password: &str, method: &str) -> String {
        let hash = |text: String| self.algorithm.hash(&text);
        let a1 = hash(format!("{}:{}:{password}", self.username, self.realm));
        let a2 = hash(format!("{method}:{}", self.uri));
        let Self { nonce, count, client_nonce, .. } = self;
        hash(format!("{a1}:{nonce}:{count}:{client_nonce}:auth:{a2}"))
    }
}
