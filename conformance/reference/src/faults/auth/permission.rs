//! Permission that is not checked, or not kept apart from identity.

use crate::faults::vocabulary::*;

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("reader-allowed", "auth.permission")
            .summary("The permission is not checked.")
            .effect(permit()),
        Fault::new("reader-allowed-by-digest", "auth.permission")
            .summary("The permission is not checked for callers with Digest.")
            .effect(permit().when(by_any_digest())),
        Fault::new("reader-allowed-for-pending", "auth.permission")
            .summary("The permission is not checked if the user is pending.")
            .effect(permit().when(pending())),
        Fault::new("reader-allowed-with-envelope", "auth.permission")
            .summary("The permission is not checked with envelope=true.")
            .effect(permit().when(envelope())),
        Fault::new("reader-allowed-without-media-type", "auth.permission")
            .summary("The permission is not checked if the body has no media type.")
            .effect(permit().when(without_media_type())),
        Fault::new("reader-allowed-what-was-done", "auth.permission")
            .summary("A removal that was answered with 200 is answered so to anybody.")
            .effect(permit().when(noted(request)))
            .effect(confirm_nothing().when(by_owner().not()))
            .effect(note(request).when(accepted())),
        Fault::new("reader-allowed-to-take-read-only", "auth.permission")
            .summary("The permission is not checked for the removal of GROUP_READ_ONLY.")
            .effect(permit().when(role("GROUP_READ_ONLY"))),
        Fault::new("reader-told-not-found", "auth.permission")
            .summary("A caller without the permission is answered with 404.")
            .effect(restate(404).when(refused_for(Refusal::Forbidden))),
        Fault::new("reader-unauthorized", "auth.valid-credentials")
            .summary("A caller without the permission is answered with 401.")
            .effect(restate_as_unauthorized().when(refused_for(Refusal::Forbidden))),
        Fault::new("unknown-role-unauthorized", "auth.valid-credentials")
            .summary("An unknown role is answered with 401.")
            .effect(restate_as_unauthorized().when(refused_for(Refusal::UnknownRole))),
        Fault::new("last-role-unauthorized", "auth.valid-credentials")
            .summary("The removal of the only role is answered with 401.")
            .effect(restate_as_unauthorized().when(refused_for(Refusal::LastRole))),
    ]
}

/// Target and body of a request as one key.
fn request(call: &Call) -> String {
    format!("{} {:?}", call.request.target, call.request.body)
}
