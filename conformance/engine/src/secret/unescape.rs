//! Reads the escapes of JSON wherever they stand in a text (RFC 8259, 7).

use std::ops::Range;

/// A text without its escapes, and where each of its bytes came from.
pub struct Unescaped {
    text: String,
    /// For each byte of `text`, and for its end, the offset in the original.
    offsets: Vec<usize>,
}

impl Unescaped {
    /// None if the text has no escape. A text may be half of a document, so that what is no escape
    /// stays as it is.
    pub fn of(original: &str) -> Option<Self> {
        if !original.contains('\\') {
            return None;
        }
        let mut unescaped = Self { text: String::new(), offsets: Vec::new() };
        let mut at = 0;
        while let Some(next) = original[at..].chars().next() {
            let (character, length) = escape(&original[at..]).unwrap_or((next, next.len_utf8()));
            unescaped.text.push(character);
            unescaped.offsets.resize(unescaped.text.len(), at);
            at += length;
        }
        unescaped.offsets.push(at);
        Some(unescaped)
    }

    /// The text as a reader of JSON has it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that a part of the text was written with.
    pub fn original(&self, part: Range<usize>) -> Range<usize> {
        self.offsets[part.start]..self.offsets[part.end]
    }
}

/// The character that an escape at the start of a text stands for, and the escape's length. Halves
/// of a surrogate pair are no characters.
fn escape(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('\\')?;
    let character = match rest.chars().next()? {
        'u' => {
            let digits = rest.get(1..5).filter(|it| it.bytes().all(|b| b.is_ascii_hexdigit()))?;
            let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            return Some((character, 6));
        }
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        same @ ('"' | '\\' | '/') => same,
        _ => return None,
    };
    Some((character, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_and_all_else_stays() {
        let read = |text| Unescaped::of(text).map(|it| it.text().to_owned());
        assert_eq!(read(r"plain"), None);
        assert_eq!(read(r"\u0041\/\n\\u"), Some("A/\n\\u".to_owned()));
        assert_eq!(read(r"\ud83d \u00 \x \"), Some(r"\ud83d \u00 \x \".to_owned()));
    }

    #[test]
    fn a_part_is_found_in_the_original() {
        let original = r"é\u0061b\/c";
        let unescaped = Unescaped::of(original).expect("escapes");
        let start = unescaped.text().find("ab/").expect("the part");
        assert_eq!(&original[unescaped.original(start..start + 3)], r"\u0061b\/");
    }
}
