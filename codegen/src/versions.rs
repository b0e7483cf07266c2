//! An operation with several versions of its bodies becomes several operations with one each.

use std::collections::BTreeSet;

use crate::ir::{Content, Operation, Response, Status};
use crate::media::{Form, age, ending, form, kind, version};

/// The operation as its newest version in JSON, then what else it offers, each under a name that
/// says so: `createCluster`, `createCluster20230101`, `getInvoiceAsCsv`.
pub(crate) fn split(operation: Operation) -> Vec<Operation> {
    let successes = operation.responses.iter().filter(|r| is_success(r.status) && has_body(r));
    let answers = successes.flat_map(|response| &response.content);
    let sent = operation.body.iter().flat_map(|body| &body.content);
    // What is sent in several kinds of JSON means several things; what is received is read alike.
    let answers = answers.map(|content| (content, ending(&content.media_type)));
    let sent = sent.map(|content| (content, kind(&content.media_type)));
    let all: Vec<(&Content, String)> = answers.chain(sent).collect();
    let mut offers: Vec<Offer> = Vec::new();
    let versions: BTreeSet<_> =
        all.iter().map(|(content, _)| version(&content.media_type)).collect();
    let mut versions: Vec<_> = versions.into_iter().collect();
    versions.sort_by_key(|version| std::cmp::Reverse(age(*version)));
    for version in versions {
        let of_version = |(content, _): &&(&Content, String)| {
            crate::media::version(&content.media_type) == version
        };
        let same = all.iter().filter(of_version);
        let kinds: BTreeSet<_> = same
            .map(|(c, ending)| (form(&c.media_type), ending != "json", ending.clone()))
            .collect();
        offers.extend(kinds.into_iter().map(|(form, _, ending)| Offer {
            version: version.map(str::to_owned),
            form,
            ending,
        }));
    }
    let Some(first) = offers.first().cloned() else { return vec![operation] };
    let (mut split, mut seen) = (Vec::new(), BTreeSet::new());
    for offer in offers {
        let one = offered(&operation, &offer, &first);
        // What sends and answers the same is no operation of its own.
        if seen.insert(media_types(&one)) {
            split.push(one);
        }
    }
    split
}

fn media_types(operation: &Operation) -> Vec<String> {
    let sent = operation.body.iter().flat_map(|body| &body.content);
    let answered = operation.responses.iter().filter(|response| has_body(response));
    let answered = answered.flat_map(|response| &response.content);
    sent.chain(answered).map(|content| content.media_type.clone()).collect()
}

/// A 204 has none, whatever the document says (RFC 9110, 15.3.5).
fn has_body(response: &Response) -> bool {
    !matches!(response.status, Status::Code(204 | 205))
}

/// One way to have an operation.
#[derive(Debug, Clone, PartialEq)]
struct Offer {
    version: Option<String>,
    form: Form,
    ending: String,
}

impl Offer {
    fn is(&self, content: &Content) -> bool {
        let media_type = &content.media_type;
        version(media_type) == self.version.as_deref()
            && form(media_type) == self.form
            && (ending(media_type) == self.ending || kind(media_type) == self.ending)
    }
}

fn offered(operation: &Operation, offer: &Offer, first: &Offer) -> Operation {
    let mut id = operation.id.clone();
    if offer.version != first.version {
        let version = offer.version.as_deref().unwrap_or("unversioned");
        id.push('_');
        id.extend(version.chars().filter(|c| c.is_ascii_alphanumeric()));
    }
    if (offer.form, &offer.ending) != (first.form, &first.ending) {
        id = format!("{id}_as_{}", offer.ending);
    }
    let body = operation.body.clone().map(|mut body| {
        body.content = chosen(&body.content, offer);
        body
    });
    let responses = operation
        .responses
        .iter()
        .map(|response| Response { content: chosen(&response.content, offer), ..response.clone() });
    Operation {
        id,
        source: operation.source.clone(),
        docs: operation.docs.clone(),
        deprecated: operation.deprecated,
        tag: operation.tag.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        parameters: operation.parameters.clone(),
        body,
        responses: responses.collect(),
        security: operation.security.clone(),
        is_public: operation.is_public,
    }
}

/// The content of this offer; else what has its version; else the newest, JSON before others.
fn chosen(content: &[Content], offer: &Offer) -> Vec<Content> {
    let rank = |content: &&Content| {
        let media_type = &content.media_type;
        let same = version(media_type) == offer.version.as_deref();
        let json = std::cmp::Reverse(form(media_type));
        let exact = kind(media_type) == offer.ending;
        (offer.is(content), exact, same, age(version(media_type)).0, json)
    };
    // Among equals the first.
    let best = content.iter().rev().max_by_key(|content| rank(content));
    best.cloned().into_iter().collect()
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}
