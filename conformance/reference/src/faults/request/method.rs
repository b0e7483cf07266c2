//! Other methods than POST that change something.

use http::Method;

use crate::faults::vocabulary::*;

const CLAUSE: &str = "request.post-only";

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("get-removes", CLAUSE)
            .summary("GET is answered with 405 and removes a role.")
            .effect(remove_by(Method::GET)),
        Fault::new("head-removes", CLAUSE)
            .summary("HEAD is answered with 405 and removes a role.")
            .effect(remove_by(Method::HEAD)),
        Fault::new("put-removes", CLAUSE)
            .summary("PUT is answered with 405 and removes a role.")
            .effect(remove_by(Method::PUT)),
        Fault::new("patch-removes", CLAUSE)
            .summary("PATCH is answered with 405 and removes a role.")
            .effect(remove_by(Method::PATCH)),
        Fault::new("delete-removes", CLAUSE)
            .summary("DELETE is answered with 405 and removes a role.")
            .effect(remove_by(Method::DELETE)),
        Fault::new("put-is-post", CLAUSE)
            .summary("PUT is served like POST.")
            .effect(serve_as_post().only_if(|call| call.request.method == Method::PUT)),
        Fault::new("any-method-is-post", CLAUSE)
            .summary("Every method is served like POST.")
            .effect(serve_as_post()),
    ]
}

fn serve_as_post() -> Effect {
    Effect::request(|request| request.method = Method::POST)
}

/// Removes the role that the body names, or else the newest, though the method is refused.
fn remove_by(method: Method) -> Effect {
    let without_role = |call: &Call| call.asked_role().is_none();
    let remove = remove_newest_role().only_if(without_role).and(remove_asked_role());
    remove.when(by_owner()).only_if(move |call| {
        matches!(call.refusal, Some(Refusal::Method(_))) && call.request.method == method
    })
}
