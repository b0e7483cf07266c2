//! Text: formats, patterns, enumerations.

use crate::document::Node;
use crate::ir::Text;
use crate::lower::walk::Walk;

/// Formats of strings that the contract as data can't judge.
const UNJUDGED: [&str; 3] = ["password", "byte", "binary"];

impl<'a, 't> Walk<'a, 't> {
    pub(super) fn text(&mut self, node: &'a Node<'t>) -> Text {
        let scalar = |key: &str| node.get(key).and_then(Node::raw).map(str::to_owned);
        let size =
            |key| node.get(key).and_then(Node::integer).and_then(|n| usize::try_from(n).ok());
        let (format, pattern) = (scalar("format"), scalar("pattern"));
        if self.is_contract() {
            self.judgeable(node, format.as_deref(), pattern.as_deref());
        }
        let values = node.get("enum").map(Node::items).unwrap_or_default();
        let mut distinct: Vec<String> = Vec::new();
        for value in values.iter().filter(|value| !value.is_null()) {
            match value.raw() {
                Some(text) if distinct.iter().any(|known| known == text) => {}
                Some(text) => distinct.push(text.to_owned()),
                None => self.unexpected(value, "", "a scalar", value.kind()),
            }
        }
        Text {
            format,
            pattern,
            min_length: size("minLength"),
            max_length: size("maxLength"),
            values: distinct,
        }
    }

    fn judgeable(&mut self, node: &Node<'_>, format: Option<&str>, pattern: Option<&str>) {
        if let Some(pattern) = pattern
            && let Err(error) = regex_syntax::parse(pattern)
        {
            let error = error.to_string();
            let got = format!("`{pattern}` ({})", error.lines().last().unwrap_or_default());
            self.unexpected(node, "pattern", "a regular expression without look-around", &got);
        }
        if let Some(format) = format.filter(|format| UNJUDGED.contains(format)) {
            self.unsupported(
                node,
                "format",
                &format!("the string format {format}"),
                "use plain text",
            );
        }
    }
}
