//! Which name was meant by one that is almost it.

/// Names that are less alike than this are not taken for each other.
const ALIKE: f64 = 0.5;

/// The name that is most like another, if any is.
pub fn nearest<'a>(got: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(got, name), *name))
        .filter(|(likeness, name)| *likeness >= ALIKE || name.starts_with(got))
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, name)| name)
}
