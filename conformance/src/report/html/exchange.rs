//! One exchange: the request beside the response.

use crate::report::difference::{From, merged};
use crate::report::markup::Markup;
use atlas_engine::evidence::Shown;

use super::plot::status_class;
use super::reading::laid_out;

/// The number of last exchanges of a failure that are unfolded at first.
const OPEN: usize = 3;

/// The exchange number `at`, with its differences from the response before marked.
pub(super) fn entry(
    page: &mut Markup,
    shown: &Shown,
    before: Option<&Shown>,
    (at, of): (usize, usize),
) {
    let mut attributes = vec![("class", "exchange")];
    if at + OPEN > of {
        attributes.push(("open", ""));
    }
    page.element("details", &attributes, |page| {
        page.element("summary", &[], |page| {
            if of > 1 {
                page.leaf("span", &[("class", "place")], &format!("{at} of {of}"));
            }
            page.leaf("code", &[("class", "method")], &shown.request.method);
            page.leaf("code", &[("class", "url")], path(&shown.request.url));
            let status = shown.response.as_ref().map(|response| response.status);
            let words = status.map_or("no answer".to_owned(), |status| status.to_string());
            let class = format!("status {}", status_class(status.unwrap_or_default()));
            page.leaf("b", &[("class", &class)], &words);
            page.leaf("span", &[("class", "effort")], &format!("{} ms", shown.duration_ms));
        });
        page.element("div", &[("class", "sides")], |page| {
            page.element("div", &[], |page| {
                page.leaf("h5", &[], "Request");
                line(page, &format!("{} {}", shown.request.method, shown.request.url));
                headers(page, &shown.request.headers);
                body(page, &shown.request.body, None);
            });
            page.element("div", &[], |page| {
                page.leaf("h5", &[], "Response");
                match &shown.response {
                    None => line(page, shown.error.as_deref().unwrap_or("no answer")),
                    Some(response) => {
                        line(page, &response.status.to_string());
                        headers(page, &response.headers);
                        let earlier = before.and_then(|before| before.response.as_ref());
                        body(page, &response.body, earlier.map(|earlier| earlier.body.as_str()));
                    }
                }
            });
        });
    })
    .line();
}

/// A URL without scheme and host, which are the same everywhere on the page.
fn path(url: &str) -> &str {
    let after = url.find("://").map_or(0, |at| at + 3);
    url[after..].find('/').map_or(url, |at| &url[after + at..])
}

fn line(page: &mut Markup, text: &str) {
    page.leaf("p", &[("class", "start")], text);
}

fn headers(page: &mut Markup, headers: &[(String, String)]) {
    if headers.is_empty() {
        return;
    }
    page.element("dl", &[("class", "headers")], |page| {
        for (name, value) in headers {
            page.element("div", &[], |page| {
                page.leaf("dt", &[], name).leaf("dd", &[], value);
            });
        }
    });
}

fn body(page: &mut Markup, text: &str, before: Option<&str>) {
    if text.is_empty() {
        page.leaf("p", &[("class", "none")], "no body");
        return;
    }
    let (shown, changed) = laid_out(text);
    let earlier =
        before.filter(|before| before.starts_with(['{', '[']) && text.starts_with(['{', '[']));
    let earlier = earlier.map(|before| laid_out(before).0).filter(|earlier| *earlier != shown);
    let mut notes = Vec::new();
    if changed {
        notes.push("laid out for reading; it came on one line");
    }
    page.element("pre", &[("tabindex", "0"), ("aria-label", "Body")], |page| {
        page.element("code", &[], |page| match &earlier {
            None => {
                page.text(&shown);
            }
            Some(earlier) => {
                let merged = merged(earlier, &shown);
                if merged.iter().any(|(from, _)| *from == From::Both) {
                    notes.push("marked: not in the answer before; struck out: only there");
                    for (from, text) in merged {
                        match from {
                            From::Both => page.text(text),
                            From::Left => page.leaf("del", &[], text),
                            From::Right => page.leaf("mark", &[], text),
                        };
                    }
                } else {
                    page.text(&shown);
                }
            }
        });
    });
    if !notes.is_empty() {
        page.leaf("p", &[("class", "none")], &notes.join(" · "));
    }
}
