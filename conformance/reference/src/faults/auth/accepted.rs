//! Good credentials that are refused.

use crate::{auth::Algorithm, faults::vocabulary::*};

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("bearer-refused", "auth.service-account")
            .summary("Tokens are never accepted.")
            .effect(deny_credentials().when(by_bearer())),
        Fault::new("bearer-refused-with-pretty", "auth.service-account")
            .summary("Tokens are not accepted with pretty=true.")
            .effect(deny_credentials().when(by_bearer()).when(pretty())),
        Fault::new("digest-refused", "auth.digest")
            .summary("Digest is never accepted.")
            .effect(deny_credentials().when(by_any_digest())),
        Fault::new("md5-refused", "auth.digest")
            .summary("Digest with MD5 is offered and not accepted.")
            .effect(deny_credentials().when(by_digest(Algorithm::Md5))),
        Fault::new("sha256-refused", "auth.digest")
            .summary("Digest with SHA-256 is offered and not accepted.")
            .effect(deny_credentials().when(by_digest(Algorithm::Sha256))),
        Fault::new("digest-refused-with-query", "auth.digest")
            .summary("Digest is not accepted if there is a query.")
            .effect(deny_credentials().when(by_any_digest()).when(with_query())),
        Fault::new("digest-refused-for-pending", "auth.digest")
            .summary("Digest is not accepted if the user is pending.")
            .effect(deny_credentials().when(by_any_digest()).when(pending())),
    ]
}
