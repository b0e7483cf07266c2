//! Malformed ids that are accepted, or that the server fails on.

use crate::faults::vocabulary::*;

const BAD_USER_ID: Refusal = Refusal::PathParameter("userId");
const BAD_GROUP_ID: Refusal = Refusal::PathParameter("groupId");

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("long-user-id-truncated", "request.user-id")
            .summary("Only the first 24 digits of a userId count.")
            .effect(replace_user_id(truncated)),
        Fault::new("long-group-id-truncated", "request.group-id")
            .summary("Only the first 24 digits of a groupId count.")
            .effect(replace_group_id(truncated)),
        Fault::new("user-id-with-line-break", "request.user-id")
            .summary("A line break after a userId is ignored.")
            .effect(replace_user_id(without_line_break)),
        Fault::new("group-id-with-line-break", "request.group-id")
            .summary("A line break after a groupId is ignored.")
            .effect(replace_group_id(without_line_break)),
        Fault::new("user-id-trimmed", "request.user-id")
            .summary("White space around a userId is ignored.")
            .effect(replace_user_id(trimmed)),
        Fault::new("group-id-trimmed", "request.group-id")
            .summary("White space around a groupId is ignored.")
            .effect(replace_group_id(trimmed)),
        Fault::new("user-id-with-other-letters-fails", "status.no-server-error")
            .summary("A userId of 24 letters and digits that is not hexadecimal causes a 500.")
            .effect(fail_on_user_id(has_letters_beyond_f)),
        Fault::new("group-id-with-other-letters-fails", "status.no-server-error")
            .summary("A groupId of 24 letters and digits that is not hexadecimal causes a 500.")
            .effect(fail_on_group_id(has_letters_beyond_f)),
        Fault::new("short-user-id-fails", "status.no-server-error")
            .summary("A userId with fewer than 24 digits causes a 500.")
            .effect(fail_on_user_id(|id| id.len() < 24)),
        Fault::new("long-group-id-fails", "status.no-server-error")
            .summary("A groupId with more than 24 digits causes a 500.")
            .effect(fail_on_group_id(|id| id.len() > 24)),
        Fault::new("non-ascii-id-fails", "status.no-server-error")
            .summary("An id with a character beyond ASCII causes a 500.")
            .effect(fail_on_user_id(|id| !id.is_ascii()))
            .effect(fail_on_group_id(|id| !id.is_ascii())),
        Fault::new("control-character-in-id-drops-the-connection", "http.answers")
            .summary("A userId with a control character is not answered: the connection closes.")
            .effect(drop_connection().only_if(|call| call.user().contains(char::is_control))),
        Fault::new("empty-user-id-fails", "status.no-server-error")
            .summary("An empty userId causes a 500.")
            .effect(fail_at(Step::Path).only_if(|call| call.route.user() == Some(""))),
        Fault::new("user-id-with-prefix-0x", "request.user-id")
            .summary("0x in front of a userId is ignored.")
            .effect(replace_user_id(|id| id.strip_prefix("0x").map(str::to_owned))),
        Fault::new("user-id-with-separators", "request.user-id")
            .summary("Hyphens in a userId are ignored.")
            .effect(replace_user_id(|id| id.contains('-').then(|| id.replace('-', "")))),
        Fault::new("bad-id-with-undocumented-status", "status.documented")
            .summary("A malformed userId is refused with 422.")
            .effect(
                refuse_at(Step::Path, Refusal::Other(422, "INVALID_USER_ID"))
                    .when(refused_for(BAD_USER_ID)),
            ),
    ]
}

/// The first 24 digits of something longer.
fn truncated(id: &str) -> Option<String> {
    id.get(..24).filter(|_| id.len() > 24).map(str::to_owned)
}

fn without_line_break(id: &str) -> Option<String> {
    id.strip_suffix('\n').map(str::to_owned)
}

fn trimmed(id: &str) -> Option<String> {
    (id.trim() != id).then(|| id.trim().to_owned())
}

fn has_letters_beyond_f(id: &str) -> bool {
    id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Answers 500 to a userId that is refused and fits.
fn fail_on_user_id(fits: fn(&str) -> bool) -> Effect {
    let fail = fail_at(Step::Path).when(refused_for(BAD_USER_ID));
    fail.only_if(move |call| call.route.user().is_some_and(fits))
}

/// Answers 500 to a groupId that is refused and fits.
fn fail_on_group_id(fits: fn(&str) -> bool) -> Effect {
    let fail = fail_at(Step::Path).when(refused_for(BAD_GROUP_ID));
    fail.only_if(move |call| call.route.group().is_some_and(fits))
}
