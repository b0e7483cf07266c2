//! The hashes of HTTP Digest.

use std::fmt::Write;

use md5::Md5;
use sha2::{Digest, Sha256};

/// The hash of a Digest response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Md5,
    Sha256,
}

impl Algorithm {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
        }
    }

    /// The algorithm with this name, in any case.
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Md5, Self::Sha256].into_iter().find(|one| one.name().eq_ignore_ascii_case(name))
    }

    /// The hash of a text, in hexadecimal digits.
    pub(super) fn hash(self, text: &str) -> String {
        match self {
            Self::Md5 => hex(&Md5::digest(text)),
            Self::Sha256 => hex(&Sha256::digest(text)),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
