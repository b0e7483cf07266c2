//! Media types and spellings of good bodies that are not understood.

use serde_json::Value;

use crate::{faults::vocabulary::*, http::ATLAS};

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("documented-media-type-refused", "request.body-media-type")
            .summary("A body of the documented media type without parameters is refused with 400.")
            .effect(refuse_media_type(|declared| {
                declared.contains("vnd.atlas") && !declared.contains(';')
            })),
        Fault::new("documented-media-type-refused-for-pending", "roles.removes-exactly-one")
            .summary("For a pending user a body of the documented media type is refused.")
            .effect(refuse_media_type(|declared| declared.contains("vnd.atlas")).when(pending())),
        Fault::new("media-type-with-charset-refused", "request.media-type-syntax")
            .summary("The media type with a charset parameter is refused.")
            .effect(refuse_media_type(|declared| declared.contains(';'))),
        Fault::new("media-type-with-quoted-charset-refused", "request.media-type-syntax")
            .summary("The media type with a quoted charset parameter is refused.")
            .effect(refuse_media_type(|declared| declared.contains('"'))),
        Fault::new("media-type-in-other-case-refused", "request.media-type-syntax")
            .summary("The media type is refused in any case but the documented one.")
            .effect(refuse_media_type(|declared| {
                let essence = declared.split(';').next().unwrap_or_default().trim();
                essence != ATLAS && essence.eq_ignore_ascii_case(ATLAS)
            })),
        Fault::new("escaped-role-not-understood", "request.json-equivalence")
            .summary("A role name with an escape is taken as it is written.")
            .effect(refuse_at(Step::Body, Refusal::UnknownRole).when(accepted()).only_if(|call| {
                let text = String::from_utf8_lossy(&call.request.body);
                call.asked_role().is_none_or(|role| !text.contains(&role))
            })),
        Fault::new("escaped-property-not-understood", "request.json-equivalence")
            .summary("A property name with an escape is taken as it is written.")
            .effect(refuse_text(Flaw::Absent("groupRole"), |text| !text.contains("groupRole"))),
        Fault::new("leading-white-space-refused", "request.json-equivalence")
            .summary("White space in front of the object is refused.")
            .effect(refuse_text(Flaw::Syntax, |text| text.trim_start() != text)),
        Fault::new("trailing-white-space-refused", "request.json-equivalence")
            .summary("White space after the object is refused.")
            .effect(refuse_text(Flaw::Syntax, |text| text.trim_end() != text)),
        Fault::new("inner-white-space-refused", "request.json-equivalence")
            .summary("A body is understood in its most compact spelling only.")
            .effect(refuse_text(Flaw::Syntax, |text| {
                let value: Option<Value> = serde_json::from_str(text).ok();
                let compact = value.map(|value| value.to_string().len());
                compact.is_some_and(|compact| text.trim().len() > compact) && !text.contains('\\')
            })),
        Fault::new("line-breaks-refused", "request.json-equivalence")
            .summary("A body over several lines is refused.")
            .effect(refuse_text(Flaw::Syntax, |text| text.trim().contains(['\n', '\r', '\t']))),
    ]
}

/// Refuses a good body if its media type fits.
fn refuse_media_type(fits: fn(&str) -> bool) -> Effect {
    let refuse = refuse_at(Step::Body, Refusal::MediaType).when(accepted());
    refuse.only_if(move |call| fits(call.request.header("content-type").unwrap_or_default()))
}

/// Refuses a good body if its text fits.
fn refuse_text(flaw: Flaw, fits: fn(&str) -> bool) -> Effect {
    let refuse = refuse_at(Step::Body, Refusal::Body(flaw)).when(accepted());
    refuse.only_if(move |call| fits(&String::from_utf8_lossy(&call.request.body)))
}
