//! The table of clauses.

use atlas_api::clauses::{Body, BreachKind, CLAUSES, Clause};

#[test]
fn each_clause_has_its_row() {
    assert_eq!(CLAUSES.len(), Clause::ALL.len());
    for (clause, row) in Clause::ALL.iter().zip(CLAUSES) {
        assert_eq!(clause.data(), row);
        assert_eq!(Clause::from_slug(row.slug), Some(*clause));
    }
}

#[test]
fn a_breach_belongs_to_the_clause_that_names_its_place_best() {
    use BreachKind::{Missing, MissingByCondition, Value};
    for (body, pointer, kind, slug) in [
        (Body::Success, "", Value, "success.id"),
        (Body::Success, "/id", Value, "success.id"),
        (Body::Success, "/id", Missing, "success.required"),
        (Body::Success, "/orgMembershipStatus", Value, "success.membership"),
        (Body::Success, "/roles", Value, "success.roles"),
        (Body::Success, "/roles", Missing, "success.required"),
        (Body::Success, "/roles/0", Value, "success.roles"),
        (Body::Success, "/username", Value, "success.username"),
        (Body::Success, "/invitationCreatedAt", Value, "success.invitation-times"),
        (Body::Success, "/invitationExpiresAt", Value, "success.invitation-times"),
        (Body::Success, "/inviterUsername", Value, "success.inviter"),
        (Body::Success, "/inviterUsername", MissingByCondition, "success.required-by-status"),
        (Body::Success, "/country", Value, "success.other-fields"),
        (Body::Success, "/country/0", Value, "success.other-fields"),
        (Body::Error, "", Value, "error.error"),
        (Body::Error, "/error", Missing, "error.error"),
        (Body::Error, "/errorCode", Missing, "error.code"),
        (Body::Error, "/errorCode", Value, "error.code"),
        (Body::Error, "/detail", Value, "error.texts"),
        (Body::Error, "/reason", Value, "error.texts"),
        (Body::Error, "/parameters", Value, "error.parameters"),
        (Body::Error, "/parameters/3", Value, "error.parameter-elements"),
        (Body::Error, "/badRequestDetail", Value, "error.bad-request-detail"),
        (Body::Error, "/badRequestDetail/fields/0/field", Missing, "error.bad-request-detail"),
        (Body::Error, "/other", MissingByCondition, "error.texts"),
    ] {
        assert_eq!(Clause::of_breach(body, pointer, kind).slug(), slug, "{pointer} {kind:?}");
    }
}
