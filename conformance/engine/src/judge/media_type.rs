//! Media types, compared as HTTP defines them: no letter case, parameters apart (RFC 9110, 8.3.1).

use mediatype::MediaType;

/// Whether a Content-Type names this media type.
pub fn is(content_type: &str, documented: &str) -> bool {
    essence(content_type).is_some_and(|got| essence(documented) == Some(got))
}

/// The type and subtype of a Content-Type, lower case, where it is a media type.
pub fn essence(text: &str) -> Option<String> {
    // A trailing `;` is harmless and seen in the wild.
    let text = text.trim().trim_end_matches(';').trim_end();
    MediaType::parse(text).ok().map(|media| media.essence().to_string().to_ascii_lowercase())
}

/// The charset parameter, lower case, if there is one.
pub fn charset(content_type: &str) -> Option<String> {
    let media = MediaType::parse(content_type.trim()).ok()?;
    let name = mediatype::Name::new("charset")?;
    use mediatype::ReadParams;
    media.get_param(name).map(|value| value.unquoted_str().to_ascii_lowercase())
}
