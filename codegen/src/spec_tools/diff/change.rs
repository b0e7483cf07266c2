//! One change, its place in the contract and in both documents, and whom it breaks.

use std::fmt;

use super::rule::Rule;
use crate::source_map::Place;

/// Whom a change breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Breaks {
    /// A client that is right by the old document can fail against a server that is right by the new.
    pub client: bool,
    /// A server that is right by the old document can fail a client, or a judge, that goes by the new.
    pub server: bool,
}

impl Breaks {
    pub const NOBODY: Self = Self { client: false, server: false };
    pub const CLIENT: Self = Self { client: true, server: false };
    pub const SERVER: Self = Self { client: false, server: true };
    pub const BOTH: Self = Self { client: true, server: true };

    /// Whether it breaks anyone.
    pub const fn any(self) -> bool {
        self.client || self.server
    }

    /// Whom the change back breaks.
    #[must_use]
    pub const fn mirror(self) -> Self {
        Self { client: self.server, server: self.client }
    }

    /// One word: `both`, `client`, `server` or `nobody`.
    pub const fn word(self) -> &'static str {
        match (self.client, self.server) {
            (true, true) => "both",
            (true, false) => "client",
            (false, true) => "server",
            (false, false) => "nobody",
        }
    }

    pub(crate) const fn rank(self) -> u8 {
        match (self.client, self.server) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        }
    }
}

/// The part of an operation that a change is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The operation as such: method, path, servers.
    Operation,
    Security,
    /// A parameter, or a part of its schema.
    Parameter {
        /// `path`, `query`, `header` or `cookie`.
        location: String,
        name: String,
    },
    /// The request body, or a part of its schema.
    RequestBody,
    /// The answers of these statuses as such.
    Response(Vec<String>),
    /// The body of the answers of these statuses, or a part of its schema.
    ResponseBody(Vec<String>),
    /// A header of the answers of these statuses, or a part of its schema.
    ResponseHeader(Vec<String>, String),
}

/// Where in the contract of an operation a change is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    pub subject: Subject,
    /// The way down from there: `.name` for a property, `[]` for an item, `{}` for a value of a map.
    pub path: String,
    /// The media type, where several are documented for the same body.
    pub media_type: Option<String>,
}

impl Site {
    pub(crate) const fn of(subject: Subject) -> Self {
        Self { subject, path: String::new(), media_type: None }
    }

    /// One site for each status.
    pub fn each(&self) -> Vec<Self> {
        let one = |subject| Self { subject, ..self.clone() };
        match &self.subject {
            Subject::Response(statuses) => {
                statuses.iter().map(|s| one(Subject::Response(vec![s.clone()]))).collect()
            }
            Subject::ResponseBody(statuses) => {
                statuses.iter().map(|s| one(Subject::ResponseBody(vec![s.clone()]))).collect()
            }
            Subject::ResponseHeader(statuses, name) => statuses
                .iter()
                .map(|s| one(Subject::ResponseHeader(vec![s.clone()], name.clone())))
                .collect(),
            _ => vec![self.clone()],
        }
    }

    pub(crate) fn statuses_mut(&mut self) -> Option<&mut Vec<String>> {
        match &mut self.subject {
            Subject::Response(statuses)
            | Subject::ResponseBody(statuses)
            | Subject::ResponseHeader(statuses, _) => Some(statuses),
            _ => None,
        }
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subject {
            Subject::Operation => f.write_str("operation")?,
            Subject::Security => f.write_str("security")?,
            Subject::Parameter { location, name } => write!(f, "{location} {name}")?,
            Subject::RequestBody => f.write_str("request body")?,
            Subject::Response(statuses) => write!(f, "response {}", statuses.join(", "))?,
            Subject::ResponseBody(statuses) => write!(f, "response {} body", statuses.join(", "))?,
            Subject::ResponseHeader(statuses, name) => {
                write!(f, "response {} header {name}", statuses.join(", "))?;
            }
        }
        f.write_str(&self.path)?;
        match &self.media_type {
            Some(media_type) => write!(f, " as {media_type}"),
            None => Ok(()),
        }
    }
}

/// One end of a change: what one of the documents says, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// What it says, on one line; `none` for nothing.
    pub value: String,
    /// Where; what is absent is placed where it would stand.
    pub place: Place,
}

/// How long a value is shown in full, in characters.
const SHOWN: usize = 160;
/// How much of a longer one is shown.
const HEAD: usize = 60;

impl End {
    /// The value, cut if it is long; a digest of all of it then tells it from others.
    pub fn short(&self) -> String {
        if self.value.chars().count() <= SHOWN {
            return self.value.clone();
        }
        let head: String = self.value.chars().take(HEAD).collect();
        // FNV-1a: the same on every machine and in every release, which a standard hasher is not.
        let digest = self.value.bytes().fold(0x811c_9dc5_u32, |digest, byte| {
            (digest ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        format!("{}… ({digest:08x})", head.trim_end())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The operation's id, or its method and path where it has none.
    pub operation: String,
    /// Its method and path, in the new document where it is there.
    pub endpoint: String,
    /// What kind of change.
    pub rule: Rule,
    /// Where in the operation.
    pub site: Site,
    /// What the old document says.
    pub old: End,
    /// What the new document says.
    pub new: End,
    pub breaks: Breaks,
}
