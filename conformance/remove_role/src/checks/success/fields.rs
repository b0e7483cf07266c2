//! One check for each clause of this section. It provokes the responses that its clause is about;
//! violations of the clause in the responses to other checks are reported here as well.

use atlas_api::clauses::Clause;

use crate::checks::Check;
use crate::checks::all_responses;

pub(super) static ID: Check = Check {
    id: "success/fields/id",
    title: "`id` is the userId of the path",
    clauses: &[Clause::SuccessId],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};

pub(super) static MEMBERSHIP: Check = Check {
    id: "success/fields/membership",
    title: "`orgMembershipStatus` is the user's",
    clauses: &[Clause::SuccessMembership],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};

pub(super) static ROLES: Check = Check {
    id: "success/fields/roles",
    title: "`roles` are exactly the roles after the removal",
    clauses: &[Clause::SuccessRoles],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};

pub(super) static USERNAME: Check = Check {
    id: "success/fields/username",
    title: "`username` is the user's email address",
    clauses: &[Clause::SuccessUsername],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};

pub(super) static INVITATION_TIMES: Check = Check {
    id: "success/fields/invitation-times",
    title: "The times of an invitation are date-times in UTC, and its own",
    clauses: &[Clause::SuccessInvitationTimes],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};

pub(super) static INVITER: Check = Check {
    id: "success/fields/inviter",
    title: "`inviterUsername` is the inviter's email address",
    clauses: &[Clause::SuccessInviter],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};

pub(super) static REQUIRED: Check = Check {
    id: "success/fields/required",
    title: "The required fields are present",
    clauses: &[Clause::SuccessRequired],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};

pub(super) static REQUIRED_BY_STATUS: Check = Check {
    id: "success/fields/required-by-status",
    title: "The fields that a membership requires are present",
    clauses: &[Clause::SuccessRequiredByStatus],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};

pub(super) static OTHER_FIELDS: Check = Check {
    id: "success/fields/other-fields",
    title: "Further documented fields have their shape and the user's values",
    clauses: &[Clause::SuccessOtherFields],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};
