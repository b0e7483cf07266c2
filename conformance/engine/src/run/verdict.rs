//! How a check ended, drawn from what it found.

use atlas_api::clauses::Level;

use super::report::CheckReport;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing was wrong.
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

/// The verdict of a report, by the strictest clause that is broken.
pub fn verdict(report: &CheckReport, strict: bool) -> Verdict {
    let worst = report.violations.first().map(|violation| violation.clause.level());
    match (worst, report.verdict, &report.reason) {
        (_, Verdict::Skip, _) => Verdict::Skip,
        (Some(Level::Must), ..) => Verdict::Fail,
        (Some(Level::Should), ..) if strict => Verdict::Fail,
        (_, _, Some(_)) => Verdict::Error,
        (Some(Level::Should), ..) => Verdict::Warn,
        _ if !report.known.is_empty() => Verdict::Known,
        _ => Verdict::Pass,
    }
}
