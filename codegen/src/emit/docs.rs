//! Doc comments: text of the documents, wrapped, and unable to be anything but a comment.

/// What fits into 80 columns beside `///` and the indentation of a field or method.
const WIDTH: usize = 73;

/// How much of one description is kept.
const LENGTH_LIMIT: usize = 20_000;

/// Whole sentences from the start of a text: the first, and more up to so many characters. Lists are
/// not broken up.
pub(crate) fn brief(text: &str, enough: usize) -> &str {
    let text = text.trim();
    let paragraph = text.find("\n\n").map_or(text, |end| &text[..end]);
    let mut end = 0;
    let mut code = false;
    let mut chars = paragraph.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        code ^= c == '`';
        let stop = matches!(c, '.' | '!' | '?') && !code;
        if !stop || !chars.peek().is_some_and(|(_, next)| next.is_whitespace()) {
            continue;
        }
        let rest = paragraph[at + 1..].trim_start();
        // A small letter goes on with what an abbreviation interrupted.
        if rest.starts_with(char::is_lowercase) {
            continue;
        }
        if end > 0 && at + 1 > enough {
            break;
        }
        end = at + 1;
        if end >= enough {
            break;
        }
    }
    if end == 0 || (end < enough && paragraph.len() <= enough) {
        paragraph
    } else {
        &paragraph[..end]
    }
}

/// The lines of a text: paragraphs and lists stay, what lies between words does not.
pub(crate) fn lines(text: &str, mut emit: impl FnMut(&str)) {
    let mut any = false;
    let (mut blank, mut indent) = (false, 0);
    let (mut listing, mut quoting) = (false, false);
    let mut line = String::new();
    let text = match text.char_indices().nth(LENGTH_LIMIT) {
        Some((end, _)) => &text[..end],
        None => text,
    };
    for raw in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let content = raw.trim();
        if content.is_empty() {
            flush(&mut line, &mut emit, &mut any);
            blank = any;
            continue;
        }
        let is_quote = content.starts_with('>');
        if is_quote != std::mem::replace(&mut quoting, is_quote) {
            flush(&mut line, &mut emit, &mut any);
            blank = any;
        }
        let content = content.trim_start_matches(['>', ' ']);
        let item = if is_quote { 0 } else { bullet(content) };
        if item > 0 || blank {
            flush(&mut line, &mut emit, &mut any);
            // What comes after a list and a blank line begins anew.
            indent = 0;
        }
        if blank || (item > 0 && !listing && any) {
            emit("");
        }
        listing = item > 0 || (listing && !blank);
        blank = false;
        if item > 0 {
            indent = item;
        }
        let linked = linked(content);
        for (index, word) in linked.split_whitespace().map(escaped).enumerate() {
            let first = item > 0 && index == 0;
            if !line.is_empty() && width(&line) + 1 + width(&word) > WIDTH {
                flush(&mut line, &mut emit, &mut any);
            }
            if line.is_empty() && is_quote {
                line.push_str("> ");
            } else if line.is_empty() {
                line.extend(std::iter::repeat_n(' ', if first { 0 } else { indent }));
            } else {
                line.push(' ');
            }
            // What a wrapped line begins with must not turn it into something else.
            let begins = line.trim().is_empty() && index > 0;
            line.push_str(&if begins { harmless(word) } else { word });
        }
    }
    flush(&mut line, &mut emit, &mut any);
}

fn flush(line: &mut String, emit: &mut impl FnMut(&str), any: &mut bool) {
    if !line.trim().is_empty() {
        emit(line.trim_end());
        *any = true;
    }
    line.clear();
}

fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// A word that would turn the line that it begins into an item, a heading or a table.
fn harmless(word: String) -> String {
    match bullet(&format!("{word} ")) {
        0 if word.starts_with(['#', '=', '|', '>']) => format!("\\{word}"),
        0 => word,
        2 => format!("\\{word}"),
        _ => format!("{}\\{}", &word[..word.len() - 1], &word[word.len() - 1..]),
    }
}

/// How far the text of a list's item is indented; 0 for what is no item.
fn bullet(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let marker = if digits > 0 && digits < 4 { &line[digits..] } else { line };
    match marker.as_bytes() {
        [b'-' | b'*' | b'+', b' ' | b'\t', ..] if marker.len() == line.len() => 2,
        [b'.' | b')', b' ' | b'\t', ..] if digits > 0 && digits < 4 => digits + 2,
        _ => 0,
    }
}

/// Stand for the brackets of a link to a page while others are escaped; no text has them.
const OPEN: char = '\u{f8f0}';
const CLOSE: char = '\u{f8f1}';

/// The text with the brackets of `[text](https://…)` marked.
fn linked(content: &str) -> String {
    let mut marked = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(open) = rest.find('[') {
        let after = &rest[open + 1..];
        marked.extend(rest[..open].chars().filter(|c| !matches!(*c, OPEN | CLOSE)));
        let close = after.find([']', '[']).filter(|at| after[*at..].starts_with("](http"));
        match close {
            Some(at) => {
                marked.push(OPEN);
                marked.extend(after[..at].chars().filter(|c| !matches!(*c, OPEN | CLOSE)));
                marked.push(CLOSE);
                rest = &after[at + 1..];
            }
            None => {
                marked.push('[');
                rest = after;
            }
        }
    }
    marked.extend(rest.chars().filter(|c| !matches!(*c, OPEN | CLOSE)));
    marked
}

/// Brackets would be links and angles HTML to rustdoc, and a fence would be code that it runs.
/// What can't be seen, or turns text around, is left out.
fn escaped(word: &str) -> String {
    let mut kept = String::with_capacity(word.len() + 2);
    if word.starts_with("```") || word.starts_with("~~~") {
        kept.push('\\');
    }
    let mut before = ' ';
    for c in word.chars().filter(|c| !is_hidden(*c)) {
        if matches!(c, '[' | ']' | '<') && before != '\\' {
            kept.push('\\');
        }
        kept.push(match c {
            OPEN => '[',
            CLOSE => ']',
            other => other,
        });
        before = c;
    }
    kept
}

/// Control characters, and those that are invisible or change the direction of text.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    fn lines(text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        super::lines(text, |line| lines.push(line.to_owned()));
        lines
    }

    #[test]
    fn a_fence_is_no_code_that_rustdoc_runs() {
        assert_eq!(lines("```\n\npanic!()\n\n~~~rust"), ["\\```", "", "panic!()", "", "\\~~~rust"]);
    }

    #[test]
    fn lines_end_before_the_column() {
        let long = lines(&"word ".repeat(100));
        assert!(long.len() > 1 && long.iter().all(|line| line.len() <= super::WIDTH));
    }

    #[test]
    fn a_list_stays_a_list() {
        let text = format!("Two:\n- {}\n- b\n\nEnd.", "word ".repeat(20));
        let lines = lines(&text);
        assert_eq!(lines[..2], ["Two:".to_owned(), String::new()]);
        assert!(lines[2].starts_with("- word") && lines[3].starts_with("  word"), "{lines:?}");
        assert_eq!(lines[4..], ["- b".to_owned(), String::new(), "End.".to_owned()]);
    }

    #[test]
    fn a_line_that_wraps_becomes_no_list_and_no_heading() {
        for (mark, safe) in [("-", "\\-"), ("#", "\\#"), ("1.", "1\\."), ("+", "\\+")] {
            let text = format!("{} {mark} after", "w".repeat(super::WIDTH));
            assert_eq!(lines(&text)[1], format!("{safe} after"));
        }
    }

    #[test]
    fn a_link_to_a_page_stays_one_and_other_brackets_do_not() {
        let text = "See [the page](https://example.com/a) and [this] and [that](file).";
        let shown = "See [the page](https://example.com/a) and \\[this\\] and \\[that\\](file).";
        assert_eq!(lines(text).join(" "), shown);
    }

    #[test]
    fn brief_docs_are_whole_sentences() {
        let text = "One, e.g. this. Two `a. B` here. Three.\n\nFour.";
        assert_eq!(super::brief(text, 0), "One, e.g. this.");
        assert_eq!(super::brief(text, 33), "One, e.g. this. Two `a. B` here.");
        assert_eq!(super::brief("No end", 0), "No end");
        assert_eq!(super::brief("Short. All.", 100), "Short. All.");
    }

    #[test]
    fn hidden_characters_are_left_out() {
        assert_eq!(lines("a\u{202e}b\u{0}c\u{200b}d"), ["abcd"]);
        assert_eq!(lines("a\u{2028}*/ b\r// c"), ["a */ b // c"]);
    }
}
