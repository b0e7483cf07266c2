//! Suggests the name that a mistyped one may stand for.

/// How similar two names must be, from 0 to 1.
const SIMILAR: f64 = 0.5;

/// The known name that is most similar to the mistyped one, if any is.
pub fn suggest<'a>(mistyped: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|name| (strsim::normalized_damerau_levenshtein(mistyped, name), name))
        .filter(|(similarity, name)| *similarity >= SIMILAR || name.starts_with(mistyped))
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name)
}
