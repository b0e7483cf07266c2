//! Which checks run: globs over check ids and clause slugs.

use globset::{Glob, GlobMatcher};

use crate::check::Check;
use crate::checks;

/// The selected checks, in the order of the catalogue.
///
/// # Errors
/// In words, when a pattern is no glob or matches nothing.
pub fn select(only: &[String], skip: &[String]) -> Result<Vec<&'static Check>, String> {
    let only = patterns("--only", only)?;
    let skip = patterns("--skip", skip)?;
    let wanted = |check: &Check| only.is_empty() || only.iter().any(|glob| matches(glob, check));
    let unwanted = |check: &Check| skip.iter().any(|glob| matches(glob, check));
    Ok(checks::all().filter(|check| wanted(check) && !unwanted(check)).collect())
}

fn patterns(flag: &str, texts: &[String]) -> Result<Vec<GlobMatcher>, String> {
    texts
        .iter()
        .map(|text| {
            let glob = Glob::new(text).map_err(|error| format!("{flag} {text}: {error}"))?;
            let glob = glob.compile_matcher();
            if checks::all().any(|check| matches(&glob, check)) {
                Ok(glob)
            } else {
                Err(format!(
                    "{flag} {text} matches no check id and no clause; `atlas-conformance list` shows them"
                ))
            }
        })
        .collect()
}

fn matches(glob: &GlobMatcher, check: &Check) -> bool {
    glob.is_match(check.id) || check.clauses.iter().any(|clause| glob.is_match(clause.slug()))
}
