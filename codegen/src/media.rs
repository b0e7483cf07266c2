//! Media types: what their bodies are, and which version of an API they name.

/// What a body of a media type is to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    Json,
    /// The fields of a form.
    Fields,
    /// The parts of a form, among which may be files.
    Parts,
    Text,
    Binary,
}

impl Form {
    /// Whether it is what browsers send of a form.
    pub(crate) fn is_fields(self) -> bool {
        matches!(self, Self::Fields | Self::Parts)
    }
}

/// `application/json`, or what ends with `+json`.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// Without parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// What a body of this media type is.
pub(crate) fn form(media_type: &str) -> Form {
    let essence = essence(media_type);
    let text = ["+csv", "+xml", "+yaml", "/xml", "/csv", "/yaml"];
    if is_json(media_type) {
        Form::Json
    } else if essence == "application/x-www-form-urlencoded" {
        Form::Fields
    } else if essence == "multipart/form-data" {
        Form::Parts
    } else if essence.starts_with("text/") || text.iter().any(|end| essence.ends_with(end)) {
        Form::Text
    } else {
        Form::Binary
    }
}

/// The version in a vendor's media type: `2025-02-19` in `application/vnd.atlas.2025-02-19+json`.
pub(crate) fn version(media_type: &str) -> Option<&str> {
    let vendor = media_type.split_once("/vnd.")?.1;
    let name = vendor.split(['+', ';']).next()?;
    Some(name.rsplit_once('.')?.1).filter(|version| !version.is_empty())
}

/// The end of the media type, by which people know it: `csv`, `gzip`, `json`.
pub(crate) fn ending(media_type: &str) -> String {
    let essence = essence(media_type);
    essence.rsplit(['+', '/']).next().unwrap_or_default().to_owned()
}

/// The end of the media type, or the whole subtype of one that has no version: `merge-patch+json`.
pub(crate) fn kind(media_type: &str) -> String {
    let essence = essence(media_type);
    match essence.split_once('/') {
        Some((_, subtype)) if is_json(&essence) && version(media_type).is_none() => {
            subtype.to_owned()
        }
        _ => ending(media_type),
    }
}

/// Orders versions: a date is newer than a name, and a later date than an earlier one.
pub(crate) fn age(version: Option<&str>) -> (bool, Option<&str>) {
    let dated = version.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()));
    (dated, version)
}

#[cfg(test)]
mod tests {
    use super::{Form, age, ending, form, version};

    #[test]
    fn a_vendor_type_tells_form_and_version() {
        let media_type = "application/vnd.atlas.2023-01-01+gzip";
        assert_eq!(form(media_type), Form::Binary);
        assert_eq!(version(media_type), Some("2023-01-01"));
        assert_eq!(ending(media_type), "gzip");
        assert_eq!(form("application/vnd.atlas.preview+json; charset=utf-8"), Form::Json);
        assert_eq!(form("Text/CSV"), Form::Text);
        assert_eq!(version("application/json"), None);
    }

    #[test]
    fn a_preview_is_older_than_any_date() {
        assert!(age(Some("2023-01-01")) > age(Some("preview")));
        assert!(age(Some("2024-08-05")) > age(Some("2023-01-01")));
        assert!(age(Some("preview")) > age(None));
    }
}
