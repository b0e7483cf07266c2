//! One check for each clause of this section. It provokes the responses that its clause is about;
//! violations of the clause in the responses to other checks are reported here as well.

use atlas_api::clauses::Clause;

use crate::checks::Check;
use crate::checks::all_responses;

pub(super) static DOCUMENTED: Check = Check {
    id: "status/codes/documented",
    title: "Every answer has a documented status",
    clauses: &[Clause::StatusDocumented],
    needs: &[],
    run: |probe| Box::pin(all_responses::everything(probe)),
};

pub(super) static NO_SERVER_ERROR: Check = Check {
    id: "status/codes/no-server-error",
    title: "Nothing provokes a 5xx status",
    clauses: &[Clause::StatusNoServerError],
    needs: &[],
    run: |probe| Box::pin(all_responses::everything(probe)),
};

pub(super) static SUCCESS: Check = Check {
    id: "status/codes/success",
    title: "Success is 200 with a body",
    clauses: &[Clause::StatusSuccessIs200],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};
