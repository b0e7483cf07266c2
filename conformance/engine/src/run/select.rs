//! Which checks run: globs over check ids and clause slugs.

use globset::{Glob, GlobMatcher};

use super::suite::{Check, Suite};

/// Why a pattern selects nothing.
#[derive(Debug, thiserror::Error)]
pub enum SelectError {
    /// The pattern is no glob.
    #[error("{option} {pattern}: {source}")]
    Glob {
        option: &'static str,
        pattern: String,
        /// Why it is none.
        source: globset::Error,
    },
    /// The pattern matches nothing.
    #[error(
        "{option} {pattern} matches no check id and no clause; `atlas-conformance list` shows them"
    )]
    Unmatched { option: &'static str, pattern: String },
}

/// The selected checks, in the order of the catalogue.
///
/// # Errors
/// When a pattern is no glob or matches nothing.
pub fn select<S: Suite>(
    only: &[String],
    skip: &[String],
) -> Result<Vec<&'static Check<S>>, SelectError> {
    let only = matchers::<S>("--only", only)?;
    let skip = matchers::<S>("--skip", skip)?;
    let any = |globs: &[GlobMatcher], check| globs.iter().any(|glob| matches::<S>(glob, check));
    let checks = S::catalogue();
    let wanted = checks.filter(|check| only.is_empty() || any(&only, check));
    Ok(wanted.filter(|check| !any(&skip, check)).collect())
}

fn matchers<S: Suite>(
    option: &'static str,
    patterns: &[String],
) -> Result<Vec<GlobMatcher>, SelectError> {
    let matcher = |pattern: &String| {
        let glob = Glob::new(pattern)
            .map_err(|source| SelectError::Glob { option, pattern: pattern.clone(), source })?
            .compile_matcher();
        match S::catalogue().any(|check| matches(&glob, check)) {
            true => Ok(glob),
            false => Err(SelectError::Unmatched { option, pattern: pattern.clone() }),
        }
    };
    patterns.iter().map(matcher).collect()
}

fn matches<S: Suite>(glob: &GlobMatcher, check: &Check<S>) -> bool {
    glob.is_match(check.id) || check.clauses.iter().any(|clause| glob.is_match(clause.slug()))
}
