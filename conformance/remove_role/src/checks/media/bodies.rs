//! One check for each clause of this section. It provokes the responses that its clause is about;
//! violations of the clause in the responses to other checks are reported here as well.

use atlas_api::clauses::Clause;

use crate::checks::Check;
use crate::checks::all_responses;

pub(super) static SUCCESS: Check = Check {
    id: "media/bodies/success",
    title: "A 200 carries the documented media type",
    clauses: &[Clause::MediaSuccess],
    needs: &[],
    run: |probe| Box::pin(all_responses::successes(probe)),
};

pub(super) static ERRORS: Check = Check {
    id: "media/bodies/errors",
    title: "An error carries the documented media type",
    clauses: &[Clause::MediaErrors],
    needs: &[],
    run: |probe| Box::pin(all_responses::refusals(probe)),
};

pub(super) static JSON: Check = Check {
    id: "media/bodies/json",
    title: "A body is UTF-8 and one JSON value",
    clauses: &[Clause::MediaJson],
    needs: &[],
    run: |probe| Box::pin(all_responses::everything(probe)),
};

pub(super) static UNIQUE_KEYS: Check = Check {
    id: "media/bodies/unique-keys",
    title: "No object repeats a key",
    clauses: &[Clause::MediaUniqueKeys],
    needs: &[],
    run: |probe| Box::pin(all_responses::everything(probe)),
};
