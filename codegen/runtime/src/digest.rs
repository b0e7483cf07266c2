//! HTTP Digest authentication, the client's part (RFC 7616; RFC 2069 where a server offers no qop).

use md5::{Digest, Md5};
use sha2::Sha256;

/// A hash function of Digest, with or without the session variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `MD5`, also where a challenge names none.
    Md5,
    /// `MD5-sess`.
    Md5Sess,
    /// `SHA-256`.
    Sha256,
    /// `SHA-256-sess`.
    Sha256Sess,
}

impl Algorithm {
    fn named(name: &str) -> Option<Self> {
        [Self::Md5, Self::Md5Sess, Self::Sha256, Self::Sha256Sess]
            .into_iter()
            .find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Md5Sess => "MD5-sess",
            Self::Sha256 => "SHA-256",
            Self::Sha256Sess => "SHA-256-sess",
        }
    }

    fn hash(self, text: &str) -> String {
        match self {
            Self::Md5 | Self::Md5Sess => hex(&Md5::digest(text)),
            Self::Sha256 | Self::Sha256Sess => hex(&Sha256::digest(text)),
        }
    }

    const fn is_session(self) -> bool {
        matches!(self, Self::Md5Sess | Self::Sha256Sess)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One challenge of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The protection space.
    pub realm: String,
    /// The server's nonce.
    pub nonce: String,
    /// Returned as it came.
    pub opaque: Option<String>,
    /// The hash function.
    pub algorithm: Algorithm,
    /// Whether `qop=auth` is on offer.
    pub qop_auth: bool,
    /// Whether the credentials were right and only the nonce too old.
    pub stale: bool,
    /// Whether the user name is to be hashed.
    pub userhash: bool,
}

impl Challenge {
    /// The Digest challenges of one WWW-Authenticate value. Other schemes and unknown algorithms
    /// are passed over, and so is what can't be read.
    pub fn parse_all(value: &str) -> Vec<Self> {
        let mut challenges: Vec<Option<Vec<(String, String)>>> = Vec::new();
        for item in items(value) {
            let (scheme, parameter) = split_scheme(item);
            if let Some(scheme) = scheme {
                challenges.push(scheme.eq_ignore_ascii_case("digest").then(Vec::new));
            }
            if let (Some(Some(parameters)), Some((name, value))) =
                (challenges.last_mut(), parameter.split_once('='))
            {
                parameters.push((name.trim().to_ascii_lowercase(), unquoted(value.trim())));
            }
        }
        challenges.into_iter().flatten().filter_map(|parameters| Self::read(&parameters)).collect()
    }

    fn read(parameters: &[(String, String)]) -> Option<Self> {
        let get = |name: &str| {
            parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
        };
        let is_true =
            |name: &str| get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let qop = get("qop");
        let qop_auth = qop
            .as_ref()
            .is_some_and(|list| list.split(',').any(|qop| qop.trim().eq_ignore_ascii_case("auth")));
        if qop.is_some() && !qop_auth {
            return None;
        }
        Some(Self {
            realm: get("realm").unwrap_or_default(),
            nonce: get("nonce")?,
            opaque: get("opaque"),
            algorithm: get("algorithm")
                .map_or(Some(Algorithm::Md5), |name| Algorithm::named(&name))?,
            qop_auth,
            stale: is_true("stale"),
            userhash: is_true("userhash"),
        })
    }

    /// The challenge with the strongest hash function; among equals the first.
    pub fn strongest(challenges: Vec<Self>) -> Option<Self> {
        let strong = |challenge: &Self| {
            matches!(challenge.algorithm, Algorithm::Sha256 | Algorithm::Sha256Sess)
        };
        let best = challenges.iter().position(strong).unwrap_or(0);
        challenges.into_iter().nth(best)
    }

    /// The value of `response`, in hexadecimal.
    pub fn response(
        &self,
        username: &str,
        password: &str,
        method: &str,
        uri: &str,
        nc: u32,
        cnonce: &str,
    ) -> String {
        let hash = |text: String| self.algorithm.hash(&text);
        let mut a1 = hash(format!("{username}:{}:{password}", self.realm));
        if self.algorithm.is_session() {
            a1 = hash(format!("{a1}:{}:{cnonce}", self.nonce));
        }
        let a2 = hash(format!("{method}:{uri}"));
        if self.qop_auth {
            hash(format!("{a1}:{}:{nc:08x}:{cnonce}:auth:{a2}", self.nonce))
        } else {
            hash(format!("{a1}:{}:{a2}", self.nonce))
        }
    }

    /// The whole Authorization value for one request: its method and its request target, the
    /// count of requests with this nonce (from 1), and a nonce of the client's.
    pub fn authorization(
        &self,
        username: &str,
        password: &str,
        method: &str,
        uri: &str,
        nc: u32,
        cnonce: &str,
    ) -> String {
        let response = self.response(username, password, method, uri, nc, cnonce);
        let shown = if self.userhash {
            self.algorithm.hash(&format!("{username}:{}", self.realm))
        } else {
            username.to_owned()
        };
        let mut value = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, algorithm={}, response=\"{response}\"",
            quoted(&shown),
            quoted(&self.realm),
            quoted(&self.nonce),
            quoted(uri),
            self.algorithm.name(),
        );
        if self.qop_auth {
            value += &format!(", qop=auth, nc={nc:08x}, cnonce={}", quoted(cnonce));
        }
        if let Some(opaque) = &self.opaque {
            value += &format!(", opaque={}", quoted(opaque));
        }
        if self.userhash {
            value += ", userhash=true";
        }
        value
    }
}

/// The comma-separated items of a header value; commas inside quotes separate nothing.
fn items(value: &str) -> Vec<&str> {
    let (mut items, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in value.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                items.push(value[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(value[start..].trim());
    items
}

/// `Digest realm="x"` begins a challenge, `nonce="y"` goes on with it.
fn split_scheme(item: &str) -> (Option<&str>, &str) {
    match item.split_once(char::is_whitespace) {
        Some((scheme, rest)) if !scheme.contains('=') && !rest.trim_start().starts_with('=') => {
            (Some(scheme), rest.trim_start())
        }
        None if !item.contains('=') && !item.is_empty() => (Some(item), ""),
        _ => (None, item),
    }
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"') else { return value.to_owned() };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut text = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        text.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    text
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
