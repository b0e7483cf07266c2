//! What somebody who mistyped a name may have meant.

/// How alike two names must be, from 0 to 1, for one to be taken for the other.
const ALIKE: f64 = 0.5;

/// The known name that is most like the wanted one, if any is like it at all.
pub fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|name| (strsim::normalized_damerau_levenshtein(wanted, name), name))
        .filter(|(likeness, name)| *likeness >= ALIKE || name.starts_with(wanted))
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name)
}
