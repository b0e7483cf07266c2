//! Elements, attributes and text, for HTML and XML. Only literals become markup; any other text
//! becomes text or an attribute value, so a target can't inject markup.

/// A document under construction.
#[derive(Debug, Default)]
pub struct Markup(String);

/// The attributes of an element.
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Markup {
    /// Starts with a literal, as a declaration.
    pub fn starting_with(literal: &'static str) -> Self {
        Self(literal.to_owned())
    }

    /// An element and its content.
    pub fn element(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Self),
    ) -> &mut Self {
        self.open(name, attributes);
        self.0.push('>');
        content(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }

    /// An element with text alone in it.
    pub fn leaf(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        text: &str,
    ) -> &mut Self {
        self.element(name, attributes, |inside| {
            inside.text(text);
        })
    }

    /// An element that has no content and no end.
    pub fn void(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.open(name, attributes);
        self.0.push('>');
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '&' => self.0.push_str("&amp;"),
                c if is_allowed(c) => self.0.push(c),
                _ => self.0.push('\u{fffd}'),
            }
        }
        self
    }

    /// Markup that is part of the program.
    pub fn literal(&mut self, literal: &'static str) -> &mut Self {
        self.0.push_str(literal);
        self
    }

    /// A line break between elements.
    pub fn line(&mut self) -> &mut Self {
        self.0.push('\n');
        self
    }

    pub fn finish(self) -> String {
        self.0
    }

    fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            for c in value.chars() {
                match c {
                    '"' => self.0.push_str("&quot;"),
                    '<' => self.0.push_str("&lt;"),
                    '>' => self.0.push_str("&gt;"),
                    '&' => self.0.push_str("&amp;"),
                    // As they are, XML would read these as spaces.
                    '\n' => self.0.push_str("&#10;"),
                    '\t' => self.0.push_str("&#9;"),
                    c if is_allowed(c) => self.0.push(c),
                    _ => self.0.push('\u{fffd}'),
                }
            }
            self.0.push('"');
        }
    }
}

/// Whether XML 1.0 (section 2.2) and HTML allow a character. A carriage return is left out: a
/// parser would read it as a line break.
const fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
