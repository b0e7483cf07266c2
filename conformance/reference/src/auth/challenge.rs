//! The challenges of a 401.

use super::{Algorithm, digest::REALM};

/// The challenges of a 401, as the server makes them.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    /// The algorithms of Digest, in the order of preference.
    pub(crate) algorithms: Vec<Algorithm>,
    /// The quality of protection that is offered; `auth` must be part of it.
    pub(crate) qop: &'static str,
    /// A string that clients must send back, if any.
    pub(crate) opaque: Option<&'static str>,
    /// Whether the bearer scheme comes first.
    pub(crate) bearer_first: bool,
    /// Whether all challenges share one header field.
    pub(crate) in_one_field: bool,
    /// The number of times that a nonce can be used, if there is a limit.
    pub(crate) nonce_uses: Option<usize>,
}

impl Default for Challenge {
    fn default() -> Self {
        Self {
            algorithms: vec![Algorithm::Sha256, Algorithm::Md5],
            qop: "auth",
            opaque: None,
            bearer_first: false,
            in_one_field: false,
            nonce_uses: None,
        }
    }
}

impl Challenge {
    /// The values of the WWW-Authenticate fields.
    pub(crate) fn fields(&self, nonce: &str, stale: bool) -> Vec<String> {
        let mut challenges: Vec<String> =
            self.algorithms.iter().map(|algorithm| self.digest(*algorithm, nonce, stale)).collect();
        let at = if self.bearer_first { 0 } else { challenges.len() };
        challenges.insert(at, format!("Bearer realm=\"{REALM}\""));
        match self.in_one_field {
            true => vec![challenges.join(", ")],
            false => challenges,
        }
    }

    fn digest(&self, algorithm: Algorithm, nonce: &str, stale: bool) -> String {
        let opaque = self.opaque.map(|opaque| format!(", opaque=\"{opaque}\"")).unwrap_or_default();
        format!(
            "Digest realm=\"{REALM}\", domain=\"\", nonce=\"{nonce}\"{opaque}, algorithm={}, \
             qop=\"{}\", stale={stale}",
            algorithm.name(),
            self.qop,
        )
    }
}
