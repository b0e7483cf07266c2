//! How a check ended.

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Pass,
    /// A need was not met.
    Skip,
    /// Clauses are broken, and expectations accept every breach.
    Known,
    /// A clause of level should is broken.
    Warn,
    /// There is no verdict.
    Error,
    /// A clause of level must is broken.
    Fail,
}

impl Verdict {
    /// Its word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Skip => "skip",
            Self::Known => "known",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Fail => "fail",
        }
    }
}
