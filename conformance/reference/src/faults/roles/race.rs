//! Defects that show when removals race.

use std::time::Duration;

use crate::{call::Response, faults::vocabulary::*};

const CLAUSE: &str = "roles.never-empty-under-race";

/// Lets other removals slip in between the decision and the change.
fn open_window() -> Effect {
    Effect::window(Duration::from_millis(1))
}

/// Waits until other removals have arrived.
fn wait_for_others() -> Effect {
    Effect::delay(|_| Duration::from_millis(1))
}

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("race-empties-the-user", CLAUSE)
            .summary("Other removals slip in between the check and the change.")
            .effect(open_window()),
        Fault::new("race-empties-pending-users", CLAUSE)
            .summary("Other removals slip in between check and change of a pending user.")
            .effect(open_window().when(pending())),
        Fault::new("race-empties-active-users", CLAUSE)
            .summary("Other removals slip in between check and change of an active user.")
            .effect(open_window().when(active())),
        Fault::new("race-by-digest-empties-the-user", CLAUSE)
            .summary("Other removals slip in between check and change, with Digest.")
            .effect(open_window().when(by_any_digest())),
        Fault::new("race-with-envelope-empties-the-user", CLAUSE)
            .summary("Other removals slip in between check and change, with envelope=true.")
            .effect(open_window().when(envelope())),
        Fault::new("race-among-many-empties-the-user", CLAUSE)
            .summary("Other removals slip in if the user has four or more roles.")
            .effect(open_window().when(holding_at_least(4))),
        Fault::new("race-in-the-last-step-empties-the-user", CLAUSE)
            .summary("Other removals slip in if the user has exactly two roles.")
            .effect(open_window().when(holding(2))),
        Fault::new("race-loses-removals", CLAUSE)
            .summary("Of two racing removals one undoes the other, and both are confirmed.")
            .effect(open_window())
            .effect(
                edit_stored_user(|call, member| {
                    member.roles = call.had().to_vec();
                    member.roles.retain(|role| Some(role.as_str()) != call.role());
                })
                .when(accepted()),
            ),
        Fault::new("race-denies-what-was-done", CLAUSE)
            .summary("Racing removals are done and answered with 409.")
            .effect(wait_for_others())
            .effect(call_it_a_conflict().when(accepted()).when(crowded())),
        Fault::new("race-confirms-what-was-not-done", CLAUSE)
            .summary("Racing removals are confirmed and not done.")
            .effect(wait_for_others())
            .effect(restore_roles().when(accepted()).when(crowded()))
            .effect(claim_removal()),
    ]
}

fn call_it_a_conflict() -> Effect {
    const CONFLICT: Refusal = Refusal::Other(409, "CONCURRENT_MODIFICATION");
    Effect::response(|call, response| *response = Response::refuse(call, &CONFLICT))
}
