//! Operations that answer in pages.

use crate::ir::Status;
use crate::model::builder::Builder;
use crate::model::{Call, Field, Pages, Payload, Presence, Type, Walk};

/// The parameter that numbers pages, and the fields of a page.
const NUMBER: &str = "pageNum";
const RESULTS: &str = "results";
const TOTAL: &str = "totalCount";
const LINKS: &str = "links";

/// How to walk through the pages: there is a list of results, and a number to ask for or links to follow.
pub(super) fn of(call: &Call, builder: &Builder<'_>) -> Option<Pages> {
    if call.verb != "GET" {
        return None;
    }
    let answer = call.answers.iter().find(|answer| answer.status == Status::Code(200))?;
    let Some(Payload::Json(ty)) = &answer.payload else { return None };
    let fields = builder.fields_of(ty)?;
    let results = named(fields, RESULTS)?;
    let Type::List(item) = &results.ty else { return None };
    let walk = match call.query.iter().find(|argument| argument.label == NUMBER) {
        Some(number) if !number.required && is_number(&number.ty) => {
            let total = named(fields, TOTAL).filter(|total| is_number(&total.ty));
            Walk::Number {
                field: number.name.clone(),
                wide: number.ty == Type::I64,
                total: total.map(|total| total.presence),
            }
        }
        Some(_) => return None,
        None => Walk::Links(links(call, fields, builder)?),
    };
    Some(Pages {
        walk,
        variant: answer.variant.clone(),
        item: (**item).clone(),
        results: results.presence,
    })
}

/// Whether a page has links always or sometimes, where each says its relation and where it leads.
fn links(call: &Call, fields: &[Field], builder: &Builder<'_>) -> Option<Presence> {
    let links = named(fields, LINKS)?;
    let Type::List(link) = &links.ty else { return None };
    let parts = builder.fields_of(link)?;
    let is_text = |name| {
        let part = named(parts, name).filter(|part| part.ty == Type::Text);
        part.is_some_and(|part| part.name == name && part.presence != Presence::Either)
    };
    // A link carries path and query, and nothing of a header.
    let fits = call.headers.is_empty() && is_text("rel") && is_text("href");
    fits.then_some(links.presence)
}

fn named<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.json.as_deref() == Some(name))
}

fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::I32 | Type::I64)
}
