//! Ids of projects and users.

/// Whether it matches the published pattern, `^([a-f0-9]{24})$`.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
