//! Operations become methods.

use std::collections::{BTreeMap, HashMap};

use crate::ir::{Api, Body, Content, Kind, Location, Operation, Parameter, Response, Status};
use crate::media::{Form, age, form, version};
use crate::model::builder::Builder;
use crate::model::direction::{RECEIVED, SENT};
use crate::model::{
    Answer, Argument, Call, Group, Model, Pattern, Payload, SentBody, Type, forms, headers, pages,
    parameters,
};
use crate::names::{self, Scope};

/// What an operation's module can't be called, beside its siblings.
const MODULES: [&str; 15] = [
    "answer",
    "blocking",
    "clauses",
    "client",
    "constraints",
    "contract",
    "credentials",
    "digest",
    "header",
    "headers",
    "page",
    "request",
    "settings",
    "text",
    "types",
];

pub(super) fn build(api: &Api, builder: &mut Builder<'_>, model: &mut Model, grouped: bool) {
    let groups = if grouped { group(api, model) } else { HashMap::new() };
    let names = patterns(api, builder, model);
    let mut modules: HashMap<Option<usize>, Scope> = HashMap::new();
    let mut methods = Scope::with(&["new", "with", "send", "settings", "observe"]);
    for operation in &api.operations {
        let tag = operation.tag.as_deref().unwrap_or(UNTAGGED);
        let group = groups.get(tag).copied();
        let reserved: &[&str] = if group.is_none() { &MODULES } else { &[] };
        let scope = modules.entry(group).or_insert_with(|| Scope::with(reserved));
        let module = scope.claim(names::snake(&operation.id));
        let method = methods.claim(names::snake(&operation.id));
        model.calls.push(call(operation, group, (module, method), &names, builder));
    }
}

const UNTAGGED: &str = "Untagged";

/// A group for each tag, in order of name.
fn group(api: &Api, model: &mut Model) -> HashMap<String, usize> {
    let tags = api.operations.iter().map(|o| o.tag.clone().unwrap_or_else(|| UNTAGGED.to_owned()));
    let tags: std::collections::BTreeSet<String> = tags.collect();
    // `default` and `full` are features of the package itself.
    let mut scope = Scope::with(&MODULES);
    for name in ["default", "full", "lib", "shared", "tls", "tracing"] {
        scope.claim(name.to_owned());
    }
    for tag in &tags {
        let module = scope.claim(names::snake(tag));
        let docs = api.tags.get(tag).cloned().unwrap_or_else(|| format!("{tag}."));
        model.groups.push(Group { tag: tag.clone(), module, docs });
    }
    tags.into_iter().enumerate().map(|(index, tag)| (tag, index)).collect()
}

/// The types of path parameters with a pattern, by operation and parameter.
type PatternNames = HashMap<(String, String), String>;

/// A type for each pattern of a path parameter. The plain name goes to the one that the document
/// shares, or else that most operations use; others are named after their operation.
fn patterns(api: &Api, builder: &mut Builder<'_>, model: &mut Model) -> PatternNames {
    let mut uses: BTreeMap<String, Vec<(&Operation, &Parameter, &str)>> = BTreeMap::new();
    for operation in &api.operations {
        for parameter in &operation.parameters {
            if let Some(pattern) = pattern(parameter) {
                let same = uses.entry(parameter.name.clone()).or_default();
                same.push((operation, parameter, pattern));
            }
        }
    }
    let mut named = PatternNames::new();
    for (label, uses) in uses {
        let count = |wanted: &str| {
            let same = uses.iter().filter(|(_, _, pattern)| *pattern == wanted);
            let shared = same.clone().any(|(_, parameter, _)| parameter.shared);
            (shared, same.count())
        };
        let Some(main) = uses.iter().rev().map(|(_, _, pattern)| *pattern).max_by_key(|p| count(p))
        else {
            continue;
        };
        let mut by_pattern: HashMap<&str, String> = HashMap::new();
        let others = uses.iter().filter(|(_, _, pattern)| *pattern != main);
        for (operation, parameter, pattern) in
            uses.iter().filter(|(_, _, pattern)| *pattern == main).chain(others)
        {
            let name = by_pattern.entry(pattern).or_insert_with(|| {
                let plain = names::ty(&label);
                let wanted = if *pattern == main {
                    plain
                } else {
                    format!("{}{plain}", names::ty(&operation.id))
                };
                let name = builder.scope.claim(wanted);
                model.patterns.push(Pattern {
                    name: name.clone(),
                    label: label.clone(),
                    docs: parameter.docs.clone(),
                    pattern: (*pattern).to_owned(),
                });
                name
            });
            named.insert((operation.id.clone(), label.clone()), name.clone());
        }
    }
    model.patterns.sort_by(|left, right| left.name.cmp(&right.name));
    named
}

/// The pattern of a path parameter, if it can be checked: look-ahead can't.
fn pattern(parameter: &Parameter) -> Option<&str> {
    match &parameter.schema.kind {
        Kind::Text(text) if parameter.location == Location::Path && text.values.is_empty() => {
            text.pattern.as_deref().filter(|pattern| regex_syntax::parse(pattern).is_ok())
        }
        _ => None,
    }
}

fn call(
    operation: &Operation,
    group: Option<usize>,
    (module, method): (String, String),
    patterns: &PatternNames,
    builder: &mut Builder<'_>,
) -> Call {
    let rust = names::ty(&operation.id);
    let mut in_path = Vec::new();
    let (mut query, mut in_headers) = (Vec::new(), Vec::new());
    let mut scope = Scope::with(&["query", "headers", "body", "call", "raw", "path", "self"]);
    let (mut query_scope, mut header_scope) = (Scope::default(), Scope::default());
    for parameter in operation.parameters.iter().filter(|parameter| !is_envelope(parameter)) {
        let named = patterns.get(&(operation.id.clone(), parameter.name.clone()));
        let ty = match named {
            Some(name) if parameter.location == Location::Path => Type::Named(name.clone()),
            _ => builder.ty(&parameter.schema, &rust, &parameter.name, ""),
        };
        let (list, scope) = match parameter.location {
            Location::Path => (&mut in_path, &mut scope),
            Location::Query => (&mut query, &mut query_scope),
            Location::Header | Location::Cookie => (&mut in_headers, &mut header_scope),
        };
        list.push(Argument {
            name: scope.claim(names::snake(&parameter.name)),
            label: parameter.name.clone(),
            docs: parameter.docs.clone(),
            shared: parameter.shared,
            required: parameter.required,
            adds: parameters::adds(parameter, &ty),
            // A secret in a query is no secret.
            ty: if ty == Type::Secret { Type::Text } else { ty },
        });
    }
    let form = operation.body.iter().flat_map(|body| body.content.first());
    let form = form.flat_map(|content| forms::fields(content, &format!("{rust}Body"), builder));
    let form: Vec<Argument> = form.collect();
    let body =
        operation.body.as_ref().and_then(|body| sent(body, &rust, !form.is_empty(), builder));
    let mut variants = Scope::with(&["Undocumented"]);
    let answers: Vec<_> = operation
        .responses
        .iter()
        .map(|response| answer(response, &rust, &mut variants, builder))
        .collect();
    let mut call = Call {
        group,
        source: operation.source.clone(),
        module,
        method,
        answer: format!("{}Response", rust.trim_end_matches('_')),
        docs: operation.docs.clone(),
        deprecated: operation.deprecated,
        verb: operation.method.clone(),
        path: operation.path.clone(),
        accept: accept(operation),
        is_public: operation.is_public,
        in_path,
        query,
        headers: in_headers,
        body,
        form,
        answers,
        answer_headers: headers::own(operation),
        pages: None,
    };
    call.pages = pages::of(&call, builder);
    call
}

/// Atlas's `envelope=true` wraps an answer in another shape than the documented one.
fn is_envelope(parameter: &Parameter) -> bool {
    let is_flag = matches!(parameter.schema.kind, Kind::Boolean);
    parameter.location == Location::Query && parameter.name == "envelope" && is_flag
}

/// The newest media type of a success; where none has a body, that of the first answer that has.
fn accept(operation: &Operation) -> String {
    let success = |status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    let (successes, others): (Vec<_>, Vec<_>) =
        operation.responses.iter().partition(|response| success(response.status));
    let contents = successes.iter().rev().flat_map(|response| response.content.iter().rev());
    let newest = contents.max_by_key(|content| age(version(&content.media_type)));
    let content = newest.or_else(|| others.iter().find_map(|response| response.content.first()));
    content.map_or_else(|| "application/json".to_owned(), |content| content.media_type.clone())
}

fn sent(body: &Body, rust: &str, is_form: bool, builder: &mut Builder<'_>) -> Option<SentBody> {
    let content = body.content.first()?;
    let payload = match form(&content.media_type) {
        Form::Fields if is_form => Payload::Fields,
        Form::Parts if is_form => Payload::Parts,
        // What can't be represented is for the caller to write.
        Form::Fields | Form::Parts => Payload::Bytes,
        Form::Json | Form::Text | Form::Binary => {
            payload(content, &format!("{rust}Body"), SENT, builder)?
        }
    };
    Some(SentBody { media_type: content.media_type.clone(), required: body.required, payload })
}

fn payload(
    content: &Content,
    name: &str,
    owner: &str,
    builder: &mut Builder<'_>,
) -> Option<Payload> {
    Some(match (form(&content.media_type), &content.schema) {
        (Form::Json, Some(schema)) => {
            let schema = match &schema.kind {
                // A name for nothing but an object of which nothing is known.
                Kind::Named(target) if builder.target(target).is_none() => {
                    return Some(Payload::Bytes);
                }
                _ => schema,
            };
            Payload::Json(builder.ty(schema, name, "", owner))
        }
        // An answer is read by who asked for it.
        (Form::Text | Form::Fields, _) => Payload::Text,
        (Form::Json | Form::Binary | Form::Parts, _) => Payload::Bytes,
    })
}

fn answer(
    response: &Response,
    rust: &str,
    variants: &mut Scope,
    builder: &mut Builder<'_>,
) -> Answer {
    // These have no body, whatever the document says (RFC 9110, 15.3.5 and 15.4.5).
    let empty = matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304));
    let variant = variants.claim(variant(response.status));
    let content = response.content.first().filter(|_| !empty);
    let payload = content
        .and_then(|content| payload(content, &format!("{rust}{variant}"), RECEIVED, builder));
    Answer { status: response.status, variant, docs: response.docs.clone(), payload }
}

/// `Ok`, `BadRequest`: the reason phrases of HTTP (RFC 9110, 15), or the number.
fn variant(status: Status) -> String {
    let code = match status {
        Status::Code(code) => code,
        Status::Range(class) => return format!("Status{class}xx"),
        Status::Default => return "Other".to_owned(),
    };
    let phrase = match code {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "NoContent",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        422 => "UnprocessableContent",
        429 => "TooManyRequests",
        500 => "InternalServerError",
        503 => "ServiceUnavailable",
        other => return format!("Status{other}"),
    };
    phrase.to_owned()
}
