//! A tree to YAML, in the one form that the fragments have: two spaces, double quotes where quotes
//! are needed, lists of scalars on one line.

use crate::source_map::{Document, Entry, Node, Value, is_bare};

/// How wide a line with a list may be.
const WIDTH: usize = 100;

/// How far readers look for the colon of a key (YAML 1.2.2, 7.4).
const KEY_LIMIT: usize = 1024;

/// The document as text. Reading it gives the same tree.
pub fn write(document: &Document) -> String {
    let mut out = document.preamble.clone();
    match &document.root.value {
        Value::Map(entries) if !entries.is_empty() => map(&mut out, entries, 0),
        Value::List(items) if !items.is_empty() => list(&mut out, items, 0),
        _ => {
            out.push_str(&flow(&document.root));
            out.push('\n');
        }
    }
    out
}

fn map(out: &mut String, entries: &[Entry], indent: usize) {
    for (index, entry) in entries.iter().enumerate() {
        // The first line of a mapping in a list stands beside the dash.
        if index > 0 || out.is_empty() || out.ends_with('\n') {
            pad(out, indent);
        }
        let key = scalar(&entry.key, &[]);
        let length = key.chars().count();
        if length < KEY_LIMIT {
            out.push_str(&key);
            out.push(':');
            value(out, &entry.value, indent, length + 1);
        } else {
            out.push_str("? ");
            out.push_str(&key);
            out.push('\n');
            pad(out, indent);
            out.push(':');
            value(out, &entry.value, indent, 1);
        }
    }
}

fn value(out: &mut String, node: &Node, indent: usize, used: usize) {
    match &node.value {
        Value::Map(entries) if !entries.is_empty() => {
            out.push('\n');
            map(out, entries, indent + 2);
        }
        Value::List(items) if !items.is_empty() && !fits(items, indent + used) => {
            out.push('\n');
            list(out, items, indent + 2);
        }
        Value::Text(text) if is_block(text) => block(out, text, indent + 2),
        _ => {
            out.push(' ');
            out.push_str(&flow(node));
            out.push('\n');
        }
    }
}

fn list(out: &mut String, items: &[Node], indent: usize) {
    for item in items {
        pad(out, indent);
        out.push_str("- ");
        match &item.value {
            Value::Map(entries) if !entries.is_empty() => map(out, entries, indent + 2),
            Value::List(items) if !items.is_empty() && !fits(items, indent + 2) => {
                out.pop();
                out.push('\n');
                list(out, items, indent + 2);
            }
            _ => {
                out.push_str(&flow(item));
                out.push('\n');
            }
        }
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Whether a list is one of scalars that fits the line.
fn fits(items: &[Node], used: usize) -> bool {
    let is_scalar = |item: &Node| matches!(item.value, Value::Text(_) | Value::Bare(_));
    items.iter().all(is_scalar)
        && used + 3 + items.iter().map(|item| flow(item).chars().count() + 2).sum::<usize>()
            <= WIDTH
}

/// The node on one line.
fn flow(node: &Node) -> String {
    match &node.value {
        Value::Bare(text) if text.is_empty() => "null".to_owned(),
        Value::Bare(text) => text.clone(),
        Value::Text(text) => scalar(text, &[]),
        Value::List(items) => {
            let item = |item: &Node| match &item.value {
                Value::Text(text) => scalar(text, &[',', '[', ']', '{', '}']),
                _ => flow(item),
            };
            format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join(", "))
        }
        // Only an empty one is ever written on one line.
        Value::Map(_) => "{}".to_owned(),
    }
}

/// Text as a scalar, plain where every reader takes it for the same text.
fn scalar(text: &str, forbidden: &[char]) -> String {
    if is_plain(text) && !text.contains(forbidden) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let allowed = |c: char| {
        matches!(c, ' '..='~' | '\u{a1}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
            && !matches!(c, '\u{2028}' | '\u{2029}')
    };
    // What readers of YAML 1.1 take for booleans, and what they take for dates, numbers and times.
    let word = ["y", "n", "yes", "no", "on", "off"].iter().any(|w| text.eq_ignore_ascii_case(w));
    let number = first.is_ascii_digit()
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | ':' | '_' | ' ' | 'T' | 'Z'));
    text.chars().all(allowed)
        && !is_bare(text)
        && !word
        && !number
        && !"#&*!|>'\"%@`-?[]{},:= <~.+".contains(first)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
}

fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            ' '..='~' | '\u{a1}'..='\u{d7ff}' if !matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push(c)
            }
            c if u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Whether text of several lines can stand as it is.
fn is_block(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\n'])
        && !text.ends_with("\n\n")
        && text.lines().all(|line| line.is_empty() || !line.trim().is_empty())
        && text.chars().all(|c| {
            c == '\n'
                || matches!(c, ' '..='~' | '\u{a1}'..='\u{d7ff}')
                    && !matches!(c, '\u{2028}' | '\u{2029}')
        })
}

fn block(out: &mut String, text: &str, indent: usize) {
    out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
    for line in text.lines() {
        if !line.is_empty() {
            pad(out, indent);
            out.push_str(line);
        }
        out.push('\n');
    }
}
