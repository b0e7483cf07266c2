//! The media types that are sent and read.

/// The media type of a success.
pub(crate) const ATLAS: &str = "application/vnd.atlas.2025-02-19+json";

/// The media type of an error.
pub(crate) const JSON: &str = "application/json";

/// The date of the operation's version.
const VERSION: &str = "2025-02-19";

/// Whether a body of this media type is read.
///
/// Parameters are ignored: JSON is UTF-8. A later date means the newest version that is not after
/// it, which is this one.
pub(crate) fn is_understood(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let dated = essence
        .strip_prefix("application/vnd.atlas.")
        .and_then(|rest| rest.strip_suffix("+json"))
        .is_some_and(|date| is_date(date) && date >= VERSION);
    essence == JSON || dated
}

fn is_date(text: &str) -> bool {
    text.len() == VERSION.len()
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
