//! Which documented status a refusal has.

use super::Variant;
use crate::{
    call::{Call, Route},
    extension::{Effect, Step},
    http::is_understood,
    refusal::Refusal,
};

/// Changes the status of a refusal.
fn restate(refusal: Refusal, status: u16) -> Effect {
    Effect::response(move |call, response| {
        if call.refused_for(&refusal) {
            response.restate(status);
        }
    })
}

fn is_out_of_reach(call: &Call) -> bool {
    call.before.as_ref().is_some_and(|member| member.out_of_reach)
}

/// Whether the caller accepts one of the media types that are sent.
fn accepts_json(accept: &str) -> bool {
    accept.split(',').any(|range| {
        let range = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        ["*/*", "application/*"].contains(&range.as_str()) || is_understood(&range)
    })
}

/// Whether a percent sign stands before something else than two digits (RFC 3986, 2.1).
fn is_no_uri(query: &str) -> bool {
    query.split('%').skip(1).any(|rest| {
        let digits = rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count();
        digits < 2
    })
}

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("last-role-bad-request")
            .summary("The removal of the only role is refused with 400.")
            .effect(restate(Refusal::LastRole, 400)),
        Variant::new("last-role-not-found")
            .summary("The removal of the only role is refused with 404.")
            .effect(restate(Refusal::LastRole, 404)),
        Variant::new("last-role-conflict")
            .summary("The removal of the only role is refused with 409.")
            .effect(restate(Refusal::LastRole, 409)),
        Variant::new("absent-role-confirmed")
            .summary("The removal of a role that the user lacks is answered with 200.")
            .effect(Effect::decision(|call, _, decision| {
                if matches!(decision, Err(Refusal::AbsentRole)) {
                    *decision = call.removal_of_nothing();
                }
            })),
        Variant::new("absent-role-forbidden")
            .summary("The removal of a role that the user lacks is refused with 403.")
            .effect(restate(Refusal::AbsentRole, 403)),
        Variant::new("absent-role-not-found")
            .summary("The removal of a role that the user lacks is refused with 404.")
            .effect(restate(Refusal::AbsentRole, 404)),
        Variant::new("absent-role-conflict")
            .summary("The removal of a role that the user lacks is refused with 409.")
            .effect(restate(Refusal::AbsentRole, 409)),
        Variant::new("unknown-role-forbidden")
            .summary("An unknown role is refused with 403.")
            .effect(restate(Refusal::UnknownRole, 403)),
        Variant::new("unknown-role-not-found")
            .summary("An unknown role is refused with 404.")
            .effect(restate(Refusal::UnknownRole, 404)),
        Variant::new("unknown-project-forbidden")
            .summary("An unknown project is refused with 403, like a hidden one.")
            .effect(restate(Refusal::UnknownProject, 403)),
        Variant::new("unknown-project-unauthorized")
            .summary("An unknown project is refused with 401, like a hidden one.")
            .effect(Effect::response(|call, response| {
                if call.refused_for(&Refusal::UnknownProject) {
                    response.restate(401);
                    response.challenge(call);
                }
            })),
        Variant::new("bad-ids-not-found").summary("Malformed ids are answered with 404.").effect(
            Effect::response(|call, response| {
                if matches!(call.refusal, Some(Refusal::PathParameter(_))) {
                    response.restate(404);
                }
            }),
        ),
        Variant::new("bad-bodies-conflict")
            .summary("Bodies that are not what the operation asks for are refused with 409.")
            .effect(Effect::response(|call, response| {
                if matches!(call.refusal, Some(Refusal::Body(_))) {
                    response.restate(409);
                }
            })),
        Variant::new("deprecated-invitation-conflict")
            .summary(
                "A user who was invited through the deprecated invitation is answered with 409.",
            )
            .effect(Effect::decision(|call, _, decision| {
                if is_out_of_reach(call) {
                    *decision = Err(Refusal::Other(409, "USER_INVITED_BY_DEPRECATED_INVITATION"));
                }
            })),
        Variant::new("other-media-types-unsupported")
            .summary("Bodies of unknown media types are refused with 415.")
            .effect(restate(Refusal::MediaType, 415)),
        Variant::new("other-accept-not-acceptable")
            .summary("An Accept without a supported media type is refused with 406.")
            .effect(Effect::after(Step::Method, |call, verdict| {
                let refused =
                    call.request.header("accept").is_some_and(|accept| !accepts_json(accept));
                if refused && verdict.is_ok() {
                    *verdict = Err(Refusal::Other(406, "INVALID_VERSION_DATE"));
                }
            })),
        Variant::new("small-bodies-only")
            .summary("Bodies of more than 64 KiB are refused with 413.")
            .effect(Effect::settings(|settings| settings.body_limit = 64 << 10)),
        Variant::new("other-methods-without-body")
            .summary("Other methods are refused with an empty 405.")
            .effect(Effect::response(|call, response| {
                if matches!(call.refusal, Some(Refusal::Method(_))) {
                    response.remove_body();
                }
            })),
        Variant::new("other-methods-not-found")
            .summary("Other methods are answered with 404.")
            .effect(Effect::response(|call, response| {
                if matches!(call.refusal, Some(Refusal::Method(_))) {
                    response.restate(404);
                    response.headers.remove("allow");
                }
            })),
        Variant::new("odd-paths-not-found-in-html")
            .summary("Unknown paths are answered with an HTML page.")
            .effect(Effect::wire(|call, wire| {
                if call.route == Route::Unknown && wire.status == 404 {
                    wire.body = "<!doctype html><title>Not Found</title>".into();
                    wire.headers
                        .insert("content-type", http::HeaderValue::from_static("text/html"));
                }
            })),
        Variant::new("invalid-targets-refused-in-html")
            .summary("A target that is no URI is refused below the application, with an HTML page.")
            .effect(
                Effect::request(|request| {
                    if is_no_uri(&request.query) {
                        request.body = Vec::new().into();
                    }
                })
                .and(Effect::wire(|call, wire| {
                    if is_no_uri(&call.request.query) {
                        wire.status = 400;
                        wire.body = "<!doctype html><title>Bad Request</title>".into();
                        wire.headers
                            .insert("content-type", http::HeaderValue::from_static("text/html"));
                    }
                })),
            ),
    ]
}
