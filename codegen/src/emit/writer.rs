//! Source as rustfmt would lay it out, written straight to text.

use crate::emit::docs;

/// How wide a line may be; `rustfmt.toml` says the same.
pub(crate) const WIDTH: usize = 100;

/// Source that is being written.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    text: String,
    indent: usize,
}

impl Writer {
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// One line; an empty one stays empty.
    pub(crate) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.extend(std::iter::repeat_n("    ", self.indent));
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// A line that opens a block.
    pub(crate) fn open(&mut self, line: &str) {
        self.line(line);
        self.indent += 1;
    }

    /// Indents what follows a line that opened a block.
    pub(crate) fn open_block(&mut self) {
        self.indent += 1;
    }

    /// A line that closes a block.
    pub(crate) fn close(&mut self, line: &str) {
        self.indent = self.indent.saturating_sub(1);
        self.line(line);
    }

    /// A blank line, unless one or the beginning of a block stands there.
    pub(crate) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") && !self.text.ends_with("{\n") {
            self.text.push('\n');
        }
    }

    /// Docs of an item.
    pub(crate) fn docs(&mut self, text: &str) {
        self.comment("///", text);
    }

    /// Docs of a module.
    pub(crate) fn module_docs(&mut self, text: &str) {
        self.comment("//!", text);
    }

    fn comment(&mut self, mark: &str, text: &str) {
        let indent = "    ".repeat(self.indent);
        docs::lines(text, |line| {
            self.text.push_str(&indent);
            self.text.push_str(mark);
            if !line.is_empty() {
                self.text.push(' ');
                self.text.push_str(line);
            }
            self.text.push('\n');
        });
    }

    /// `open`, items and `close` on one line if they fit, else an item to a line.
    pub(crate) fn list(&mut self, open: &str, items: &[String], close: &str) {
        let flat = format!("{open}{}{close}", items.join(", "));
        if 4 * self.indent + width(&flat) <= WIDTH {
            return self.line(&flat);
        }
        self.open(open);
        for item in items {
            self.line(&format!("{item},"));
        }
        self.close(close);
    }

    /// An arm of a match, with the value in a block of its own where both don't fit on a line.
    pub(crate) fn arm(&mut self, pattern: &str, value: &str) {
        let flat = format!("{pattern} => {value},");
        if 4 * self.indent + width(&flat) <= WIDTH {
            return self.line(&flat);
        }
        self.open(&format!("{pattern} => {{"));
        self.line(value);
        self.close("}");
    }

    /// `head function(arguments).await?;`, broken where rustfmt would break it.
    pub(crate) fn awaited(&mut self, head: &str, function: &str, arguments: &[String]) {
        let call = format!("{function}({})", arguments.join(", "));
        // rustfmt keeps a column free behind a chain of calls.
        let fits = |indent: usize, text: &str| 4 * indent + width(text) < WIDTH;
        let flat = format!("{head} {call}.await?;");
        if fits(self.indent, &flat) {
            return self.line(&flat);
        }
        let own_line = format!("{call}.await?;");
        if fits(self.indent + 1, &own_line) {
            self.open(head);
            return self.close_with(&own_line);
        }
        let (object, method) = function.split_once('.').unwrap_or((function, ""));
        self.open(&format!("{head} {object}"));
        self.list(&format!(".{method}("), arguments, ")");
        self.close_with(".await?;");
    }

    /// `head function(arguments);`, on a line of its own or broken where rustfmt would break it.
    pub(crate) fn call(&mut self, head: &str, function: &str, arguments: &[String]) {
        let call = format!("{function}({});", arguments.join(", "));
        let beside = 4 * self.indent + width(head) + 1 + width(&call);
        if beside > WIDTH && 4 * (self.indent + 1) + width(&call) <= WIDTH {
            self.open(head);
            return self.close_with(&call);
        }
        self.list(&format!("{head} {function}("), arguments, ");");
    }

    /// `head value;`, with the value on a line of its own where it fits there and not beside.
    pub(crate) fn assignment(&mut self, head: &str, value: &str) {
        let flat = format!("{head} {value};");
        let too_long = 4 * self.indent + 4 + width(value) + 1 > WIDTH;
        if too_long || 4 * self.indent + width(&flat) <= WIDTH {
            return self.line(&flat);
        }
        self.open(head);
        self.close_with(&format!("{value};"));
    }

    fn close_with(&mut self, line: &str) {
        self.line(line);
        self.indent = self.indent.saturating_sub(1);
    }
}

/// A string literal, whatever the text holds.
pub(crate) fn literal(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if docs::is_hidden(c) => quoted.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}
