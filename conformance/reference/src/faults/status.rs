//! Defects of the status.

use http::header::LOCATION;

use super::vocabulary::*;

pub(super) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("success-is-201", "status.success-is-200")
            .summary("Success is 201.")
            .effect(set_status(201).when(accepted())),
        Fault::new("success-is-202", "status.success-is-200")
            .summary("Success is 202.")
            .effect(set_status(202).when(accepted())),
        Fault::new("success-is-204", "status.success-is-200")
            .summary("Success is 204 without a body.")
            .effect(set_status(204).and(remove_body()).when(accepted())),
        Fault::new("success-is-206", "status.success-is-200")
            .summary("Success is 206.")
            .effect(set_status(206).when(accepted())),
        Fault::new("success-without-body", "status.success-is-200")
            .summary("Success is 200 without a body.")
            .effect(remove_body().when(accepted())),
        Fault::new("success-is-303", "status.success-is-200")
            .summary("Success is a redirect to the user.")
            .effect(redirect(303).when(accepted())),
        Fault::new("success-for-pending-is-302", "status.success-is-200")
            .summary("Success for a pending user is a redirect.")
            .effect(redirect(302).when(accepted()).when(pending())),
        Fault::new("success-with-envelope-is-202", "status.success-is-200")
            .summary("Success with envelope=true is 202.")
            .effect(set_status(202).when(accepted()).when(envelope())),
        Fault::new("last-role-unprocessable", "status.documented")
            .summary("The removal of the only role is refused with 422.")
            .effect(restate(422).when(refused_for(Refusal::LastRole))),
        Fault::new("last-role-precondition-failed", "status.documented")
            .summary("The removal of the only role of a pending user is refused with 412.")
            .effect(restate(412).when(refused_for(Refusal::LastRole)).when(pending())),
        Fault::new("absent-role-unprocessable", "status.documented")
            .summary("The removal of a role that the user lacks is refused with 422.")
            .effect(restate(422).when(refused_for(Refusal::AbsentRole))),
        Fault::new("missing-permission-is-451", "status.documented")
            .summary("A caller without the permission is refused with 451.")
            .effect(restate(451).when(refused_for(Refusal::Forbidden))),
        Fault::new("unknown-project-is-418", "status.documented")
            .summary("An unknown project is answered with 418.")
            .effect(restate(418).when(refused_for(Refusal::UnknownProject))),
        Fault::new("payment-required", "status.documented")
            .summary("The removal of GROUP_BACKUP_MANAGER has to be paid for: 402.")
            .effect(
                refuse_legal_removal(Refusal::Other(402, "PAYMENT_REQUIRED"))
                    .when(role("GROUP_BACKUP_MANAGER")),
            ),
        Fault::new("last-role-fails", "status.no-server-error")
            .summary("The removal of the only role causes a 500.")
            .effect(refuse_removal(BROKEN).when(refused_for(Refusal::LastRole))),
        Fault::new("absent-role-unavailable", "status.no-server-error")
            .summary("The removal of a role that the user lacks causes a 503.")
            .effect(
                refuse_removal(Refusal::Other(503, "UNAVAILABLE"))
                    .when(refused_for(Refusal::AbsentRole)),
            ),
        Fault::new("unknown-role-fails", "status.no-server-error")
            .summary("An unknown role causes a 500.")
            .effect(fail_at(Step::Body).when(refused_for(Refusal::UnknownRole))),
        Fault::new("seven-roles-fail", "status.no-server-error")
            .summary("A user with seven roles or more causes a 500.")
            .effect(refuse_legal_removal(BROKEN).when(holding_at_least(7))),
        Fault::new("observability-viewer-fails", "status.no-server-error")
            .summary("The removal of GROUP_OBSERVABILITY_VIEWER causes a 502.")
            .effect(
                refuse_legal_removal(Refusal::Other(502, "BAD_GATEWAY"))
                    .when(role("GROUP_OBSERVABILITY_VIEWER")),
            ),
        Fault::new("wrong-token-fails", "status.no-server-error")
            .summary("An unknown token causes a 500.")
            .effect(fail_at(Step::Identity).when(denied(Denial::Token))),
        Fault::new("incomplete-digest-fails", "status.no-server-error")
            .summary("Digest with missing or unknown parameters causes a 500.")
            .effect(fail_at(Step::Identity).when(denied(Denial::DigestSyntax))),
        Fault::new("deprecated-invitation-fails", "status.no-server-error")
            .summary("A user of the deprecated invitation causes a 500.")
            .effect(refuse_removal(BROKEN).when(invited_by_deprecated_invitation())),
    ]
}

/// Redirects to the user.
fn redirect(status: u16) -> Effect {
    Effect::response(move |call, response| {
        if let Some(target) = call.target() {
            let place = format!("/api/atlas/v2/groups/{}/users/{}", target.group, target.user);
            response.status = status;
            response.set(LOCATION, &place);
        }
    })
}
