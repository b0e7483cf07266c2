//! Ids that are none and are taken for some, or throw the server off its track.

use crate::{
    call::Call,
    faults::{
        accept::{BROKEN, fail},
        fault::Fault,
        rewrite::{readdress_group, readdress_user},
    },
    hook::Hook,
    refusal::Refusal,
    step::Step,
    wire::Delivery,
};

/// The first 24 digits of something longer.
fn truncated(id: &str) -> Option<String> {
    id.get(..24).filter(|_| id.len() > 24).map(str::to_owned)
}

fn trimmed(id: &str) -> Option<String> {
    (id.trim() != id).then(|| id.trim().to_owned())
}

/// Whether the path names an id that is refused and fits.
fn refused_id(call: &Call, refusal: &Refusal, fits: fn(&str) -> bool) -> bool {
    match refusal {
        Refusal::PathParameter("userId") => call.route.user().is_some_and(fits),
        Refusal::PathParameter("groupId") => call.route.group().is_some_and(fits),
        _ => false,
    }
}

fn has_letters_beyond_f(id: &str) -> bool {
    id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "long-user-id-truncated",
        clause: "request.user-id",
        summary: "Only the first 24 digits of a userId count.",
        hooks: &[Hook::Request(|request| readdress_user(request, truncated))],
    },
    Fault {
        name: "long-group-id-truncated",
        clause: "request.group-id",
        summary: "Only the first 24 digits of a groupId count.",
        hooks: &[Hook::Request(|request| readdress_group(request, truncated))],
    },
    Fault {
        name: "user-id-with-line-break",
        clause: "request.user-id",
        summary: "A line break behind a userId is overlooked.",
        hooks: &[Hook::Request(|request| {
            readdress_user(request, |id| id.strip_suffix('\n').map(str::to_owned));
        })],
    },
    Fault {
        name: "group-id-with-line-break",
        clause: "request.group-id",
        summary: "A line break behind a groupId is overlooked.",
        hooks: &[Hook::Request(|request| {
            readdress_group(request, |id| id.strip_suffix('\n').map(str::to_owned));
        })],
    },
    Fault {
        name: "user-id-trimmed",
        clause: "request.user-id",
        summary: "White space around a userId is overlooked.",
        hooks: &[Hook::Request(|request| readdress_user(request, trimmed))],
    },
    Fault {
        name: "group-id-trimmed",
        clause: "request.group-id",
        summary: "White space around a groupId is overlooked.",
        hooks: &[Hook::Request(|request| readdress_group(request, trimmed))],
    },
    Fault {
        name: "user-id-with-other-letters-fails",
        clause: "request.user-id",
        summary: "A userId of 24 letters and digits that are not all hexadecimal brings 500.",
        hooks: &[Hook::After(Step::Path, |call, verdict| {
            fail(call, verdict, |call, refusal| {
                *refusal == Refusal::PathParameter("userId")
                    && refused_id(call, refusal, has_letters_beyond_f)
            });
        })],
    },
    Fault {
        name: "group-id-with-other-letters-fails",
        clause: "request.group-id",
        summary: "A groupId of 24 letters and digits that are not all hexadecimal brings 500.",
        hooks: &[Hook::After(Step::Path, |call, verdict| {
            fail(call, verdict, |call, refusal| {
                *refusal == Refusal::PathParameter("groupId")
                    && refused_id(call, refusal, has_letters_beyond_f)
            });
        })],
    },
    Fault {
        name: "short-user-id-fails",
        clause: "request.user-id",
        summary: "A userId with fewer than 24 digits brings 500.",
        hooks: &[Hook::After(Step::Path, |call, verdict| {
            fail(call, verdict, |call, refusal| {
                *refusal == Refusal::PathParameter("userId")
                    && refused_id(call, refusal, |id| id.len() < 24)
            });
        })],
    },
    Fault {
        name: "long-group-id-fails",
        clause: "request.group-id",
        summary: "A groupId with more than 24 digits brings 500.",
        hooks: &[Hook::After(Step::Path, |call, verdict| {
            fail(call, verdict, |call, refusal| {
                *refusal == Refusal::PathParameter("groupId")
                    && refused_id(call, refusal, |id| id.len() > 24)
            });
        })],
    },
    Fault {
        name: "non-ascii-id-fails",
        clause: "request.user-id",
        summary: "A userId with a character beyond ASCII brings 500.",
        hooks: &[Hook::After(Step::Path, |call, verdict| {
            fail(call, verdict, |call, refusal| refused_id(call, refusal, |id| !id.is_ascii()));
        })],
    },
    Fault {
        name: "control-character-in-id-drops-the-connection",
        clause: "request.user-id",
        summary: "A userId with a control character is never answered: the connection closes.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.route.user().is_some_and(|id| id.contains(char::is_control)) {
                wire.delivery = Delivery::Dropped;
            }
        })],
    },
    Fault {
        name: "empty-user-id-fails",
        clause: "request.user-id",
        summary: "An empty userId brings 500.",
        hooks: &[Hook::After(Step::Path, |call, verdict| {
            if call.route.user() == Some("") {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "user-id-with-prefix-0x",
        clause: "request.user-id",
        summary: "0x in front of a userId is overlooked.",
        hooks: &[Hook::Request(|request| {
            readdress_user(request, |id| id.strip_prefix("0x").map(str::to_owned));
        })],
    },
    Fault {
        name: "user-id-with-separators",
        clause: "request.user-id",
        summary: "Hyphens in a userId are overlooked.",
        hooks: &[Hook::Request(|request| {
            readdress_user(request, |id| id.contains('-').then(|| id.replace('-', "")));
        })],
    },
    Fault {
        name: "bad-id-with-undocumented-status",
        clause: "request.user-id",
        summary: "A userId that is none is refused with 422.",
        hooks: &[Hook::After(Step::Path, |_, verdict| {
            if *verdict == Err(Refusal::PathParameter("userId")) {
                *verdict = Err(Refusal::Other(422, "INVALID_USER_ID"));
            }
        })],
    },
];
