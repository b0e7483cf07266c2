//! Ids that the published pattern does not allow, as close to legal ones as possible.

use proptest::collection::vec;
use proptest::prelude::*;

/// A text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadId {
    /// The path segment as sent.
    pub segment: String,
    /// True if a router or proxy may split or normalize the path, so that the request may not reach
    /// the operation.
    pub ambiguous: bool,
}

impl BadId {
    fn plain(text: &str) -> Self {
        Self { segment: crate::call::encoded(text), ambiguous: false }
    }

    fn ambiguous(segment: impl Into<String>) -> Self {
        Self { segment: segment.into(), ambiguous: true }
    }
}

/// A fixed list of near misses of an existing id. It omits segments that a server may legally take for
/// the id itself: dot segments that lead back to it (RFC 3986, 6.2.2.3), parameters of its segment
/// (3.3), and a double slash, which proxies merge.
pub fn near_misses(id: &str) -> Vec<BadId> {
    let with = |index: usize, text: &str| format!("{}{text}{}", &id[..index], &id[index + 1..]);
    let mut ids: Vec<BadId> = [
        id[1..].to_owned(),
        id[..id.len() - 1].to_owned(),
        format!("{id}0"),
        format!("0{id}"),
        format!("{id}{id}"),
        id[..12].to_owned(),
        "0".to_owned(),
        with(0, "g"),
        with(23, "g"),
        with(11, "z"),
        with(5, "-"),
        with(7, "_"),
        with(3, "O"),
        with(9, "l"),
        with(23, "\u{661}"),
        with(0, &full_width(&id[..1])),
        with(0, "\u{430}"),
        with(12, " "),
        with(12, "+"),
        with(12, "*"),
        with(12, "'"),
        with(12, "\""),
        with(12, "$"),
        format!("{id}\n"),
        format!("{id}\r\n"),
        format!("\n{id}"),
        format!("{id} "),
        format!(" {id}"),
        format!("\t{id}"),
        format!("{id}\u{0}"),
        format!("{id}\u{0}x"),
        with(10, "\u{0}"),
        format!("0x{id}"),
        format!("{{{id}}}"),
        format!("{id},{id}"),
        format!("{id}@x"),
        format!("{id}=1"),
        format!("{id}|"),
        format!("'{id}'"),
        format!("{id}' OR '1'='1"),
        format!("ObjectId({id})"),
        format!("{}-{}-{}", &id[..8], &id[8..16], &id[16..]),
        "null".to_owned(),
        "undefined".to_owned(),
        "me".to_owned(),
        "{userId}".to_owned(),
        "a".repeat(64),
        "f".repeat(300),
    ]
    .iter()
    .map(|text| BadId::plain(text))
    .collect();
    ids.extend([
        BadId::ambiguous("f".repeat(3000)),
        BadId::ambiguous(""),
        BadId::ambiguous("."),
        BadId::ambiguous(".."),
        BadId::ambiguous("%2e%2e"),
        BadId::ambiguous(format!("{id}%2F")),
        BadId::ambiguous(format!("%2F{id}")),
        BadId::ambiguous(format!("x%2F..%2F{id}")),
        BadId::ambiguous(format!("{id}%5C")),
        BadId::ambiguous(format!("{id}%3Fx")),
        BadId::ambiguous(format!("{id}%23x")),
        BadId::ambiguous(format!("{id}:removeRole")),
        BadId::ambiguous(format!("{id}%3AremoveRole")),
        BadId::ambiguous(format!("{id}:")),
        BadId::ambiguous(format!("{id}%")),
        BadId::ambiguous(format!("{id}%2")),
        BadId::ambiguous(format!("{id}%zz")),
        BadId::ambiguous(format!("{}%00", id)),
        BadId::ambiguous(format!("{}%ff", &id[..23])),
        BadId::ambiguous("%c0%ae%c0%ae"),
    ]);
    ids
}

/// The full-width form of a hexadecimal digit, which Unicode calls compatible.
fn full_width(digit: &str) -> String {
    digit.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0)).collect()
}

/// Any other text; it shrinks to the shortest that shows the fault.
pub fn malformed(id: &str) -> impl Strategy<Value = BadId> + use<> {
    let id = id.to_owned();
    let altered = (any::<proptest::sample::Index>(), any::<char>()).prop_map(move |(at, c)| {
        let at = at.index(id.len());
        format!("{}{c}{}", &id[..at], &id[at + 1..])
    });
    let other_length =
        vec(prop::sample::select("0123456789abcdef".chars().collect::<Vec<_>>()), 1..60);
    prop_oneof![
        2 => altered,
        2 => other_length.prop_map(|digits| digits.into_iter().collect::<String>()),
        1 => vec(any::<char>(), 1..40).prop_map(|chars| chars.into_iter().collect()),
    ]
    .prop_filter("ids that a router or the pattern reads differently", |text: &String| {
        let hexadecimal = text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        !hexadecimal && !text.contains(['/', '\\', '.', ':', ';', '?', '#', '\0', '%'])
    })
    .prop_map(|text| BadId::plain(&text))
}
