//! The journal: every user that a run makes or borrows, written before the request that does it, so
//! that the server can be left as it was, whatever ends the run.

use std::cell::RefCell;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// One line of a journal, a JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Line {
    /// A run against this target began.
    Started {
        target: String,
        /// How users are set up.
        with: String,
        /// When the run began, in seconds since 1970; with the process it names the run.
        #[serde(default)]
        began: u64,
        #[serde(default)]
        process: u32,
    },
    /// A user is about to be made.
    RequestContext {
        group: String,
        username: String,
    },
    /// It was not made.
    Refused {
        group: String,
        username: String,
    },
    Made {
        group: String,
        username: String,
        id: String,
    },
    /// It was removed again.
    Gone {
        group: String,
        id: String,
    },
    /// A listed user is about to be changed.
    Borrowed {
        group: String,
        id: String,
        /// The roles that it had.
        roles: Vec<String>,
    },
    /// It has the roles again that it had.
    Returned {
        group: String,
        id: String,
    },
}

impl Line {
    /// The user's name and id, as far as the line has them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let (username, id) = match self {
            Self::Started { .. } => (None, None),
            Self::RequestContext { username, .. } | Self::Refused { username, .. } => {
                (Some(username), None)
            }
            Self::Made { username, id, .. } => (Some(username), Some(id)),
            Self::Gone { id, .. } | Self::Borrowed { id, .. } | Self::Returned { id, .. } => {
                (None, Some(id))
            }
        };
        username.into_iter().chain(id).map(String::as_str)
    }
}

/// Why a journal can't be written or read.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file is there already or can't be made.
    #[error(
        "can't begin the journal {path}: {source}; choose another with --journal, or run \
         `atlas-conformance clean-up --journal {path}` first if a run left it"
    )]
    Begin { path: String, source: io::Error },
    /// A line can't be written.
    #[error("can't write the journal {path}: {source}")]
    Write { path: String, source: io::Error },
    /// The file can't be read.
    #[error("can't read the journal {path}: {source}")]
    Read { path: String, source: io::Error },
    /// A line is none of a journal.
    #[error("{path}, line {line}: no line of a journal: {source}")]
    Line {
        path: String,
        /// The line, from 1.
        line: usize,
        source: serde_json::Error,
    },
    /// The file does not begin as a journal does.
    #[error("{path} is no journal: it names no target")]
    NoTarget { path: String },
    /// The run that writes it is under way.
    #[error(
        "the run that writes the journal {path} is under way{}: it cleans up by itself when it ends",
        process.map(|process| format!(", process {process}")).unwrap_or_default()
    )]
    Live { path: String, process: Option<u32> },
}

/// What a run has open: users that it made or asked for, and users that it borrowed.
#[derive(Debug, Default)]
pub struct Journal {
    file: Option<RefCell<File>>,
    path: Option<PathBuf>,
    open: RefCell<Vec<Line>>,
}

impl Journal {
    /// Begins a journal in a new file, or in memory alone.
    ///
    /// # Errors
    /// When the file is there already or can't be made.
    pub fn begin(path: Option<&Path>, target: &str, with: &str) -> Result<Self, JournalError> {
        let Some(path) = path else { return Ok(Self::default()) };
        let file = File::options().write(true).create_new(true).open(path);
        let file = file.map_err(|source| JournalError::Begin { path: name(path), source })?;
        // Locked as long as the process lives, so that nobody cleans up after a run that is under
        // way. A file system without locks has no such guard.
        let _ = file.try_lock();
        let journal = Self {
            file: Some(RefCell::new(file)),
            path: Some(path.to_owned()),
            open: RefCell::default(),
        };
        let began = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let (target, with) = (target.to_owned(), with.to_owned());
        journal.note(Line::Started { target, with, began, process: std::process::id() })?;
        Ok(journal)
    }

    /// A user is about to be made.
    ///
    /// # Errors
    /// When it can't be noted: nothing may be made then.
    pub fn asked(&self, group: &str, username: &str) -> Result<(), JournalError> {
        self.note(Line::RequestContext { group: group.to_owned(), username: username.to_owned() })
    }

    /// It was not made.
    ///
    /// # Errors
    /// When it can't be noted.
    pub fn refused(&self, group: &str, username: &str) -> Result<(), JournalError> {
        self.note(Line::Refused { group: group.to_owned(), username: username.to_owned() })
    }

    /// It was made.
    ///
    /// # Errors
    /// When it can't be noted.
    pub fn made(&self, group: &str, username: &str, id: &str) -> Result<(), JournalError> {
        let [group, username, id] = [group, username, id].map(str::to_owned);
        self.note(Line::Made { group, username, id })
    }

    /// It was removed again.
    ///
    /// # Errors
    /// When it can't be noted.
    pub fn gone(&self, group: &str, id: &str) -> Result<(), JournalError> {
        self.note(Line::Gone { group: group.to_owned(), id: id.to_owned() })
    }

    /// A listed user is about to be changed.
    ///
    /// # Errors
    /// When it can't be noted: nothing may be changed then.
    pub fn borrowed(&self, group: &str, id: &str, roles: &[String]) -> Result<(), JournalError> {
        let roles = roles.to_vec();
        self.note(Line::Borrowed { group: group.to_owned(), id: id.to_owned(), roles })
    }

    /// It has its roles again.
    ///
    /// # Errors
    /// When it can't be noted.
    pub fn returned(&self, group: &str, id: &str) -> Result<(), JournalError> {
        self.note(Line::Returned { group: group.to_owned(), id: id.to_owned() })
    }

    /// Ends the journal: the file goes if nothing is open, and else its path is given.
    pub fn end(&self) -> Option<&Path> {
        let path = self.path.as_deref()?;
        if self.open.borrow().is_empty() && std::fs::remove_file(path).is_ok() {
            return None;
        }
        Some(path)
    }

    fn note(&self, line: Line) -> Result<(), JournalError> {
        if let (Some(file), Some(path)) = (&self.file, &self.path) {
            let written = |source| JournalError::Write { path: name(path), source };
            let text = serde_json::to_string(&line).map_err(io::Error::from).map_err(written)?;
            writeln!(file.borrow_mut(), "{text}").map_err(written)?;
        }
        apply(&mut self.open.borrow_mut(), line);
        Ok(())
    }
}

/// A journal that a run has left.
#[derive(Debug)]
pub struct Left {
    /// The target that it is about; none where the run ended before it wrote anything.
    pub target: Option<String>,
    /// What is still to be undone.
    pub open: Vec<Line>,
    /// Keeps others from cleaning up at the same time.
    _lock: File,
}

/// What a run has left. The run must have ended.
///
/// # Errors
/// When the file can't be read or is no journal, or its run is under way.
pub fn read(path: &Path) -> Result<Left, JournalError> {
    let read = |source| JournalError::Read { path: name(path), source };
    let file = File::options().read(true).write(true).open(path).map_err(read)?;
    let text = std::fs::read_to_string(path).map_err(read)?;
    if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        return Err(JournalError::Live { path: name(path), process: process(&text) });
    }
    let mut target = None;
    let mut open = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        match serde_json::from_str(line) {
            Ok(Line::Started { target: url, .. }) => target = Some(url),
            Ok(line) => apply(&mut open, line),
            // A run that was killed may have been writing its last line; what that line is about
            // had not been asked for yet.
            Err(_) if index + 1 == lines.len() && !text.ends_with('\n') => {}
            Err(source) => {
                return Err(JournalError::Line { path: name(path), line: index + 1, source });
            }
        }
    }
    if target.is_none() && !open.is_empty() {
        return Err(JournalError::NoTarget { path: name(path) });
    }
    Ok(Left { target, open, _lock: file })
}

/// The process that a journal names.
fn process(text: &str) -> Option<u32> {
    match serde_json::from_str(text.lines().next()?).ok()? {
        Line::Started { process, .. } => Some(process).filter(|process| *process > 0),
        _ => None,
    }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

fn apply(open: &mut Vec<Line>, line: Line) {
    match &line {
        Line::Started { .. } => {}
        Line::RequestContext { .. } | Line::Borrowed { .. } => open.push(line),
        Line::Refused { group, username } => forget_asked(open, group, username),
        Line::Made { group, username, .. } => {
            forget_asked(open, group, username);
            open.push(line);
        }
        Line::Gone { group, id } => open.retain(|known| {
            !matches!(known, Line::Made { group: g, id: i, .. } if g == group && i == id)
        }),
        Line::Returned { group, id } => open.retain(|known| {
            !matches!(known, Line::Borrowed { group: g, id: i, .. } if g == group && i == id)
        }),
    }
}

fn forget_asked(open: &mut Vec<Line>, group: &str, username: &str) {
    open.retain(|known| {
        !matches!(known, Line::RequestContext { group: g, username: u } if g == group && u == username)
    });
}
