//! Writing JSON: the same value in several layouts.

use std::fmt::Write;

use serde_json::Value;

/// The layout of a JSON value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// One line for each element.
    pub(crate) pretty: bool,
    /// Members of objects in reversed order.
    pub(crate) reversed: bool,
    /// All characters of strings as escapes.
    pub(crate) escaped: bool,
    /// White space before the value.
    pub(crate) before: &'static str,
    /// White space after the value.
    pub(crate) behind: &'static str,
}

impl Layout {
    pub(crate) fn write(self, value: &Value) -> String {
        let mut text = self.before.to_owned();
        self.write_value(&mut text, value, 0);
        text + self.behind
    }

    fn write_value(self, text: &mut String, value: &Value, depth: usize) {
        match value {
            Value::Array(elements) => {
                let elements = elements.iter();
                self.write_list(text, ['[', ']'], elements, depth, |text, element| {
                    self.write_value(text, element, depth + 1);
                });
            }
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                if self.reversed {
                    members.reverse();
                }
                self.write_list(text, ['{', '}'], members.into_iter(), depth, |text, member| {
                    self.write_string(text, member.0);
                    text.push_str(if self.pretty { " : " } else { ":" });
                    self.write_value(text, member.1, depth + 1);
                });
            }
            Value::String(string) => self.write_string(text, string),
            Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
        }
    }

    fn write_list<T>(
        self,
        text: &mut String,
        [open, close]: [char; 2],
        items: impl ExactSizeIterator<Item = T>,
        depth: usize,
        write: impl Fn(&mut String, T),
    ) {
        let empty = items.len() == 0;
        text.push(open);
        for (at, item) in items.enumerate() {
            if at > 0 {
                text.push(',');
            }
            self.break_line(text, depth + 1);
            write(text, item);
        }
        if !empty {
            self.break_line(text, depth);
        }
        text.push(close);
    }

    fn break_line(self, text: &mut String, depth: usize) {
        if self.pretty {
            text.push('\n');
            text.push_str(&"  ".repeat(depth));
        }
    }

    fn write_string(self, text: &mut String, string: &str) {
        text.push('"');
        for unit in string.encode_utf16().filter(|_| self.escaped) {
            // Writing to a string can't fail.
            let _ = write!(text, "\\u{unit:04x}");
        }
        if !self.escaped {
            let quoted = Value::from(string).to_string();
            text.push_str(&quoted[1..quoted.len() - 1]);
        }
        text.push('"');
    }
}
