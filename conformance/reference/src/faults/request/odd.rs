//! Odd bodies that the server fails on.

use crate::{call::Input, faults::vocabulary::*};

const CLAUSE: &str = "request.odd-bodies";

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("extra-property-fails", "status.no-server-error")
            .summary("A property beside groupRole causes a 500.")
            .effect(fail_at(Step::Body).when(with_extra_properties())),
        Fault::new("deep-nesting-fails", CLAUSE)
            .summary("More than a hundred nested arrays or objects cause a 500.")
            .effect(fail_at(Step::Body).when(deeply_nested())),
        Fault::new("deep-nesting-drops-the-connection", "http.answers")
            .summary("Deep nesting is not answered: the connection closes.")
            .effect(drop_connection().when(deeply_nested())),
        Fault::new("large-body-drops-the-connection", "http.answers")
            .summary("A body of 64 KiB or more is not answered: the connection closes.")
            .effect(drop_connection().when(body_of_64_kib())),
        Fault::new("large-body-fails", CLAUSE)
            .summary("A body of 64 KiB or more causes a 500.")
            .effect(fail_at(Step::Body).when(body_of_64_kib())),
        Fault::new("bytes-beyond-utf8-fail", CLAUSE)
            .summary("A body that is not UTF-8 causes a 500.")
            .effect(
                fail_at(Step::Body).only_if(|call| str::from_utf8(&call.request.body).is_err()),
            ),
        Fault::new("byte-order-mark-fails", CLAUSE)
            .summary("A byte order mark causes a 500.")
            .effect(fail_on_text(|text| text.starts_with('\u{feff}'))),
        Fault::new("lone-surrogate-fails", CLAUSE)
            .summary("An escape of half a surrogate pair causes a 500.")
            .effect(
                fail_on_text(|text| text.to_ascii_lowercase().contains("\\ud8")).when(refused()),
            ),
        Fault::new("big-number-fails", CLAUSE)
            .summary("A number beyond 64 bits causes a 500.")
            .effect(fail_on_text(|text| {
                let mut numbers = text.split(|character: char| !character.is_ascii_digit());
                numbers.any(|digits| digits.len() > 20) || text.contains("e99")
            })),
        Fault::new("nul-byte-drops-the-connection", "http.answers")
            .summary("A body with a NUL byte is not answered: the connection closes.")
            .effect(drop_connection().only_if(|call| call.request.body.contains(&0))),
        Fault::new("duplicate-keys-fail", CLAUSE)
            .summary("A key that comes twice causes a 500.")
            .effect(fail_at(Step::Body).when(refused_for(Refusal::Body(Flaw::DuplicateKey)))),
        Fault::new("duplicate-keys-remove-both", "roles.removes-exactly-one")
            .summary("If groupRole comes twice, both roles are removed.")
            .effect(take_first_role().when(refused_for(Refusal::Body(Flaw::DuplicateKey))))
            .effect(
                edit_stored_user(|call, member| {
                    roles_named(call).iter().skip(1).for_each(|role| member.remove(role));
                })
                .when(accepted()),
            ),
        Fault::new("extra-property-unprocessable", "status.documented")
            .summary("A property beside groupRole is refused with 422.")
            .effect(
                refuse_at(Step::Body, Refusal::Other(422, "UNKNOWN_ATTRIBUTE"))
                    .when(with_extra_properties()),
            ),
        Fault::new("large-body-out-of-storage", CLAUSE)
            .summary("A body of more than 16 KiB is refused with 507.")
            .effect(
                refuse_at(Step::Body, Refusal::Other(507, "OUT_OF_STORAGE"))
                    .only_if(|call| call.request.body.len() > 16 << 10 || call.request.oversized),
            ),
        Fault::new("encoding-not-acceptable", CLAUSE)
            .summary("A body that is not UTF-8 is refused with 406.")
            .effect(restate(406).when(refused_for(Refusal::Body(Flaw::Encoding)))),
        Fault::new("empty-property-name-hangs", "http.answers")
            .summary("A body with an empty property name is never answered.")
            .effect(never_answer().only_if(|call| call.json().get("").is_some())),
    ]
}

/// Answers 500 to a body whose text fits.
fn fail_on_text(fits: fn(&str) -> bool) -> Effect {
    let fail = fail_at(Step::Body);
    fail.only_if(move |call| fits(&String::from_utf8_lossy(&call.request.body)))
}

/// Takes the first of several roles for the one that is asked for.
fn take_first_role() -> Effect {
    Effect::after(Step::Body, |call, verdict| {
        if let Some(role) = roles_named(call).first() {
            call.input = Input::Role(role.clone());
            *verdict = Ok(());
        }
    })
}

/// All roles that a body names under the same key.
fn roles_named(call: &Call) -> Vec<String> {
    let text = String::from_utf8_lossy(&call.request.body);
    let parts = text.split("\"groupRole\"").skip(1);
    parts.filter_map(|part| part.split('"').nth(1)).map(str::to_owned).collect()
}
