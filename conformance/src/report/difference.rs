//! Where two texts differ, as a reader should see it.

/// Beyond this many words or lines a comparison shows nothing to a reader, and costs.
const LIMIT: usize = 600;

/// A piece of a text, and whether the other text has it at this place as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether both have it.
    pub shared: bool,
}

/// Both texts in words, each with whether the other has it.
pub fn words<'a>(left: &'a str, right: &'a str) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    compare(&split_words(left), &split_words(right))
}

/// Both texts in lines, each with whether the other has it.
pub fn lines<'a>(left: &'a str, right: &'a str) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    compare(
        &left.split_inclusive('\n').collect::<Vec<_>>(),
        &right.split_inclusive('\n').collect::<Vec<_>>(),
    )
}

/// What stands after a text's last `: `, which is what differs, and what stands before.
pub fn tail(text: &str) -> (&str, &str) {
    text.rfind(": ").map_or(("", text), |at| text.split_at(at + 2))
}

/// Where a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// It is in both texts.
    Both,
    /// It is in the left one alone.
    Left,
    /// It is in the right one alone.
    Right,
}

/// Both texts as one, line by line; what the left one alone has comes before what the right one
/// alone has.
pub fn merged<'a>(left: &'a str, right: &'a str) -> Vec<(From, &'a str)> {
    let (left, right) = lines(left, right);
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    let mut merged = Vec::new();
    loop {
        while let Some(piece) = left.next_if(|piece| !piece.shared) {
            merged.push((From::Left, piece.text));
        }
        while let Some(piece) = right.next_if(|piece| !piece.shared) {
            merged.push((From::Right, piece.text));
        }
        left.next();
        match right.next() {
            Some(piece) => merged.push((From::Both, piece.text)),
            None => return merged,
        }
    }
}

/// Runs of letters and digits, and what stands between them.
fn split_words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let wordly = c.is_alphanumeric() || c == '_';
        if before.is_some_and(|before| before != wordly) {
            words.push(&text[from..at]);
            from = at;
        }
        before = Some(wordly);
    }
    if from < text.len() {
        words.push(&text[from..]);
    }
    words
}

/// Marks what is in a longest common subsequence.
fn compare<'a>(left: &[&'a str], right: &[&'a str]) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let alone = |text: &&'a str| Piece { text, shared: false };
    let mut marked: (Vec<_>, Vec<_>) =
        (left.iter().map(alone).collect(), right.iter().map(alone).collect());
    if left.len() > LIMIT || right.len() > LIMIT {
        for piece in marked.0.iter_mut().chain(&mut marked.1) {
            piece.shared = true;
        }
        return marked;
    }
    // `longest[i][j]` is how much left[i..] and right[j..] share.
    let width = right.len() + 1;
    let mut longest = vec![0_u32; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            longest[i * width + j] = if same(left[i], right[j]) {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if same(left[i], right[j]) {
            marked.0[i].shared = true;
            marked.1[j].shared = true;
            i += 1;
            j += 1;
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    marked
}

/// Whether two pieces say the same; a comma or a break after them is no difference.
fn same(left: &str, right: &str) -> bool {
    let bare = |text: &'_ str| text.trim_end_matches([',', ' ', '\n']).len();
    left[..bare(left)] == right[..bare(right)]
}
