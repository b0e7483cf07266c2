//! Surrogate pairs, which JSON writes and YAML doesn't know.

/// JSON with its surrogate pairs as the characters that they stand for; `None` where there are none.
pub(super) fn joined(text: &str) -> Option<String> {
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let surrogate =
        ["\\ud8", "\\ud9", "\\uda", "\\udb", "\\uD8", "\\uD9", "\\uDA", "\\uDB", "\\uDa", "\\uDb"];
    if !is_json || !surrogate.iter().any(|start| text.contains(start)) {
        return None;
    }
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut joined = String::with_capacity(text.len());
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text[at..].find('\\').map(|offset| at + offset) {
        at = found + 2;
        let pair = unit(found).zip(unit(found + 6)).map(|(high, low)| [high, low]);
        let c = pair.and_then(|pair| char::decode_utf16(pair).next()?.ok());
        if let Some(c) = c.filter(|c| c.len_utf16() == 2) {
            joined.push_str(&text[start..found]);
            joined.push(c);
            (start, at) = (found + 12, found + 12);
        }
        // An escaped character may have several bytes.
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    joined.push_str(&text[start..]);
    // Each pair that was joined makes it shorter; another reading ends.
    (joined.len() < text.len()).then_some(joined)
}
