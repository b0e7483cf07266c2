//! The media types of the request.

use atlas_api::clauses::{Clause, Level};

use crate::call::Call;
use crate::checks::Check;
use crate::operation;
use crate::probe::Probe;
use atlas_engine::run::check::Halt;

pub(super) static DOCUMENTED: Check = Check {
    id: "request/media-type/documented",
    title: "A body sent as the documented media type is accepted",
    clauses: &[Clause::RequestBodyMediaType],
    needs: &[],
    run: |probe| {
        Box::pin(accepted(probe, Clause::RequestBodyMediaType, |documented| vec![documented]))
    },
};

pub(super) static SYNTAX: Check = Check {
    id: "request/media-type/syntax",
    title: "Letter case and a charset parameter do not change the media type",
    clauses: &[Clause::RequestMediaTypeSyntax],
    needs: &[],
    run: |probe| {
        Box::pin(accepted(probe, Clause::RequestMediaTypeSyntax, |documented| {
            vec![
                documented.to_uppercase(),
                format!("{documented};charset=utf-8"),
                format!("{documented}; charset=UTF-8"),
                format!("{documented} ;charset=\"utf-8\""),
            ]
        }))
    },
};

async fn accepted(
    probe: &Probe,
    clause: Clause,
    types: fn(String) -> Vec<String>,
) -> Result<(), Halt> {
    for membership in probe.memberships() {
        for media_type in types(operation::request_media_type().to_owned()) {
            let (user, roles) = probe.given_some(membership, 2).await?;
            // 415 is HTTP's word for a media type that is not read.
            let call = Call::removal(&user, &roles[0]).content_type(Some(&media_type));
            let call = if clause.level() == Level::Must { call } else { call.also_legal(&[415]) };
            probe.expect_removed(&user, call, clause).await?;
        }
    }
    Ok(())
}

pub(super) static OTHERS: Check = Check {
    id: "request/media-type/others",
    title: "With another Content-Type or Accept a removal is served like any, or refused",
    clauses: &[
        Clause::RequestOtherMediaTypes,
        Clause::RolesRemovesExactlyOne,
        Clause::RolesRefusalChangesNothing,
    ],
    needs: &[],
    run: |probe| Box::pin(others(probe)),
};

async fn others(probe: &Probe) -> Result<(), Halt> {
    const CONTENT_TYPES: [Option<&str>; 11] = [
        None,
        Some("application/json"),
        Some("application/json; charset=utf-8"),
        Some("application/vnd.atlas.2023-01-01+json"),
        Some("application/vnd.atlas.2999-01-01+json"),
        Some("application/vnd.atlas.preview+json"),
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("application/xml"),
        Some("multipart/form-data; boundary=x"),
        Some("nonsense"),
    ];
    const ACCEPTS: [Option<&str>; 7] = [
        None,
        Some("*/*"),
        Some("application/*"),
        Some("application/json"),
        Some("application/vnd.atlas.2999-01-01+json"),
        Some("text/html"),
        Some("nonsense"),
    ];
    let membership = probe.memberships()[0];
    for media_type in probe.some(CONTENT_TYPES.to_vec())? {
        let (user, roles) = probe.given_some(membership, 2).await?;
        let call = Call::removal(&user, &roles[0]).content_type(media_type);
        let question = format!("Content-Type {}", media_type.unwrap_or("(none)"));
        served_or_refused(probe, &user, call, &question).await?;
    }
    let weighed = format!("{};q=0.5, application/json", operation::request_media_type());
    for accept in probe.some([&ACCEPTS[..], &[Some(weighed.as_str())]].concat())? {
        let (user, roles) = probe.given_some(membership, 2).await?;
        let call = Call::removal(&user, &roles[0]).accept(accept);
        let question = format!("Accept {}", accept.unwrap_or("(none)"));
        served_or_refused(probe, &user, call, &question).await?;
    }
    Ok(())
}

/// Expects a 200 that removed the role, or a 4xx that changed nothing.
async fn served_or_refused(
    probe: &Probe,
    user: &crate::users::user::User,
    call: Call,
    question: &str,
) -> Result<(), Halt> {
    let exchange = probe.ask(user, call.optional(&[406, 415])).await?;
    probe.observe(Clause::RequestOtherMediaTypes, question, &exchange);
    Ok(())
}
