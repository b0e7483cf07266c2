//! Source that depends on no document and is copied.

use crate::File;
use crate::emit::Origin;

/// What each client has.
const CLIENT: [(&str, &str); 13] = [
    ("answer.rs", include_str!("../../runtime/answer.rs")),
    ("client.rs", include_str!("../../runtime/client.rs")),
    ("credentials.rs", include_str!("../../runtime/credentials.rs")),
    ("digest.rs", include_str!("../../runtime/digest.rs")),
    ("form.rs", include_str!("../../runtime/form.rs")),
    ("header.rs", include_str!("../../runtime/header.rs")),
    ("object.rs", include_str!("../../runtime/object.rs")),
    ("page.rs", include_str!("../../runtime/page.rs")),
    ("request.rs", include_str!("../../runtime/request.rs")),
    ("retry.rs", include_str!("../../runtime/retry.rs")),
    ("settings.rs", include_str!("../../runtime/settings.rs")),
    ("text.rs", include_str!("../../runtime/text.rs")),
    ("union.rs", include_str!("../../runtime/union.rs")),
];

/// What only a package of its own has.
const PACKAGE: [(&str, &str); 1] = [("blocking.rs", include_str!("../../runtime/blocking.rs"))];

/// What only the contract has.
const CONTRACT: [(&str, &str); 1] = [("contract.rs", include_str!("../../runtime/contract.rs"))];

pub(super) fn files(folder: &str, contract: bool) -> impl Iterator<Item = File> {
    let more: &[(&str, &str)] = if contract { &CONTRACT } else { &PACKAGE };
    CLIENT.iter().chain(more).map(move |(path, text)| {
        let from = format!("codegen/runtime/{path}");
        let origin = Origin { command: "cargo xtask codegen", document: &from };
        File { path: format!("{folder}{path}"), text: origin.preamble() + text }
    })
}
