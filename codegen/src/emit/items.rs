//! The method that walks through all pages of an operation.

use crate::emit::operation::{MANY, arguments};
use crate::emit::writer::Writer;
use crate::model::{Call, Pages, Presence, Walk};

pub(super) fn emit(call: &Call, pages: &Pages, w: &mut Writer) {
    w.gap();
    let from = match pages.walk {
        Walk::Number { .. } => {
            format!("from the page that the query names: `{}` again and again.", call.method)
        }
        Walk::Links(_) => format!("from that of `{}` on along their links.", call.method),
    };
    w.docs(&format!("The items of all pages, {from}"));
    let mut inputs = vec!["&self".to_owned()];
    inputs.extend(arguments(call));
    if call.deprecated {
        w.line("#[deprecated = \"the document calls it deprecated\"]");
    }
    let item = pages.item.rust("types::");
    w.list(
        &format!("pub fn {}_items(", call.method),
        &inputs,
        &format!(") -> impl Items<{item}, Answer> {{"),
    );
    w.open_block();
    if call.deprecated {
        w.line("#[expect(deprecated, reason = \"both are\")]");
    }
    match &pages.walk {
        Walk::Number { field, wide, total } => numbered(call, pages, (field, *wide, *total), w),
        Walk::Links(presence) => linked(call, pages, *presence, w),
    }
    w.close("}");
}

fn numbered(
    call: &Call,
    pages: &Pages,
    (field, wide, total): (&str, bool, Option<Presence>),
    w: &mut Writer,
) {
    let first =
        if wide { format!("query.{field}") } else { format!("query.{field}.map(i64::from)") };
    w.open(&format!("pages({first}, move |number| async move {{"));
    let some = if wide { "Some(number)" } else { "i32::try_from(number).ok()" };
    w.line(&format!("let query = Query {{ {field}: {some}, ..query.clone() }};"));
    w.awaited("let answer =", &format!("self.{}", call.method), &passed(call, "&query"));
    w.open("match answer {");
    let total = match total {
        None => "None",
        Some(Presence::Required) => "Some(page.total_count.into())",
        Some(Presence::Nullable | Presence::Optional) => "page.total_count.map(i64::from)",
        Some(Presence::Either) => "page.total_count.flatten().map(i64::from)",
    };
    let page = format!("Answer::{}(page)", pages.variant);
    w.arm(&page, &format!("Ok(({total}, {}))", results(pages)));
    w.line("other => Err(PageError::Answer(other)),");
    w.close("}");
    w.close("})");
}

fn linked(call: &Call, pages: &Pages, links: Presence, w: &mut Writer) {
    let method = format!("self.{}", call.method);
    w.call("let first =", &method, &passed(call, "query"));
    w.line("let call = |link| Call::follow(METHOD, PATH, ACCEPT, link);");
    w.open("linked(self, call, first, |answer| match answer {");
    w.open(&format!("Answer::{}(page) => {{", pages.variant));
    let links = match links {
        Presence::Required => "page.links.into_iter()",
        Presence::Nullable | Presence::Optional => "page.links.into_iter().flatten()",
        Presence::Either => "page.links.into_iter().flatten().flatten()",
    };
    w.line(&format!("let links = {links};"));
    w.line("let next = next(links.map(|link| (link.rel, link.href)));");
    w.line(&format!("Ok((next, {}))", results(pages)));
    w.close("}");
    w.line("other => Err(Box::new(other)),");
    w.close("})");
}

fn results(pages: &Pages) -> &'static str {
    match pages.results {
        Presence::Required => "page.results",
        Presence::Nullable | Presence::Optional => "page.results.unwrap_or_default()",
        Presence::Either => "page.results.flatten().unwrap_or_default()",
    }
}

/// What the method hands to the one that asks for a page.
fn passed(call: &Call, query: &str) -> Vec<String> {
    let mut passed: Vec<String> = if call.in_path.len() >= MANY {
        vec!["path".to_owned()]
    } else {
        call.in_path.iter().map(|argument| argument.name.clone()).collect()
    };
    if !call.query.is_empty() {
        passed.push(query.to_owned());
    }
    if !call.headers.is_empty() {
        passed.push("headers".to_owned());
    }
    if call.body.is_some() {
        passed.push("body".to_owned());
    }
    passed
}
