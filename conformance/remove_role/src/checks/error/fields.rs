//! One check for each clause of this section. It provokes the responses that its clause is about;
//! violations of the clause in the responses to other checks are reported here as well.

use atlas_api::clauses::Clause;

use crate::checks::Check;
use crate::checks::all_responses;

pub(super) static ERROR: Check = Check {
    id: "error/fields/error",
    title: "`error` equals the status",
    clauses: &[Clause::ErrorError],
    needs: &[],
    run: |probe| Box::pin(all_responses::refusals(probe)),
};

pub(super) static CODE: Check = Check {
    id: "error/fields/code",
    title: "`errorCode` is a string",
    clauses: &[Clause::ErrorCode],
    needs: &[],
    run: |probe| Box::pin(all_responses::refusals(probe)),
};

pub(super) static TEXTS: Check = Check {
    id: "error/fields/texts",
    title: "`detail` and `reason` are strings",
    clauses: &[Clause::ErrorTexts],
    needs: &[],
    run: |probe| Box::pin(all_responses::refusals(probe)),
};

pub(super) static PARAMETERS: Check = Check {
    id: "error/fields/parameters",
    title: "`parameters` is an array",
    clauses: &[Clause::ErrorParameters],
    needs: &[],
    run: |probe| Box::pin(all_responses::refusals(probe)),
};

pub(super) static PARAMETER_ELEMENTS: Check = Check {
    id: "error/fields/parameter-elements",
    title: "The elements of `parameters` are objects",
    clauses: &[Clause::ErrorParameterElements],
    needs: &[],
    run: |probe| Box::pin(all_responses::refusals(probe)),
};

pub(super) static BAD_REQUEST_DETAIL: Check = Check {
    id: "error/fields/bad-request-detail",
    title: "`badRequestDetail` is an object with fields as documented",
    clauses: &[Clause::ErrorBadRequestDetail],
    needs: &[],
    run: |probe| Box::pin(all_responses::refusals(probe)),
};

pub(super) static NO_LEAK: Check = Check {
    id: "error/fields/no-leak",
    title: "An error shows no stack trace, path or secret",
    clauses: &[Clause::ErrorNoLeak],
    needs: &[],
    run: |probe| Box::pin(all_responses::refusals(probe)),
};
