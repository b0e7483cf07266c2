//! Refusals that change something.

use crate::faults::vocabulary::*;

const CLAUSE: &str = "roles.refusal-changes-nothing";

const LOCKED: Refusal = Refusal::Other(409, "USER_LOCKED");

/// The key of the note that a user is locked.
fn lock(call: &Call) -> String {
    format!("locked {}", call.user())
}

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("malformed-body-removes-a-role", CLAUSE)
            .summary("A body that is refused removes the role that was given last.")
            .effect(remove_newest_role().when(bad_body())),
        Fault::new("null-role-removes-a-role", CLAUSE)
            .summary("A groupRole of null is refused and removes the role that was given last.")
            .effect(remove_newest_role().when(refused_for(Refusal::Body(Flaw::Null("groupRole"))))),
        Fault::new("unknown-role-removes-a-role", CLAUSE)
            .summary("An unknown role is refused, and the role that was given last is removed.")
            .effect(remove_newest_role().when(refused_for(Refusal::UnknownRole))),
        Fault::new("absent-role-removes-another", CLAUSE)
            .summary("The removal of a role that the user lacks is refused and removes another.")
            .effect(remove_newest_role().when(refused_for(Refusal::AbsentRole))),
        Fault::new("absent-role-given", CLAUSE)
            .summary("The removal of a role that the user lacks is refused and gives it.")
            .effect(
                edit_stored_user(|call, member| member.roles.extend(call.asked_role()))
                    .when(refused_for(Refusal::AbsentRole)),
            ),
        Fault::new("absent-role-removed-elsewhere", CLAUSE)
            .summary("A role that the user lacks here is removed in the other project.")
            .effect(remove_asked_role_elsewhere().when(refused_for(Refusal::AbsentRole))),
        Fault::new("missing-credentials-refused-and-done", CLAUSE)
            .summary("A removal without credentials is answered with 401 and done.")
            .effect(remove_asked_role().when(denied(Denial::Missing))),
        Fault::new("unknown-token-refused-and-done", CLAUSE)
            .summary("A removal with an unknown token is answered with 401 and done.")
            .effect(remove_asked_role().when(denied(Denial::Token))),
        Fault::new("wrong-digest-refused-and-done", CLAUSE)
            .summary("A removal with a wrong Digest response is answered with 401 and done.")
            .effect(remove_asked_role().when(denied(Denial::DigestResponse))),
        Fault::new("missing-permission-refused-and-done", CLAUSE)
            .summary("A removal without the permission is answered with 403 and done.")
            .effect(remove_asked_role().when(refused_for(Refusal::Forbidden))),
        Fault::new("bad-query-refused-and-done", CLAUSE)
            .summary("A removal with a flag that is not boolean is answered with 400 and done.")
            .effect(remove_asked_role().when(bad_query())),
        Fault::new("other-media-type-refused-and-done", CLAUSE)
            .summary("A removal with an unsupported media type is answered with 400 and done.")
            .effect(remove_asked_role().when(refused_for(Refusal::MediaType))),
        Fault::new("unknown-project-refused-and-done", CLAUSE)
            .summary("A removal in an unknown project is answered with 404, and done in others.")
            .effect(remove_asked_role_elsewhere().when(refused_for(Refusal::UnknownProject))),
        Fault::new("user-of-other-project-refused-and-done", CLAUSE)
            .summary("A user of the other project is answered with 404 and loses the role there.")
            .effect(remove_asked_role_elsewhere().when(refused_for(Refusal::UnknownUser))),
        Fault::new("third-refusal-removes-a-role", CLAUSE)
            .summary("The third refusal for the same user removes the role that was given last.")
            .effect(
                remove_newest_role()
                    .when(refused())
                    .only_if(|call| call.memory.count(&format!("refusals {}", call.user())) == 3),
            ),
        Fault::new("refusal-locks-the-user", "roles.removes-exactly-one")
            .summary("After a refused last role legal removals are answered with 409.")
            .effect(refuse_legal_removal(LOCKED).when(noted(lock)))
            .effect(note(lock).when(refused_for(Refusal::LastRole))),
        Fault::new("malformed-body-locks-the-user", "roles.removes-exactly-one")
            .summary("After a malformed body the next legal removal is answered with 409.")
            .effect(refuse_legal_removal(LOCKED).when(noted_once(lock)))
            .effect(note(lock).when(bad_body())),
    ]
}
