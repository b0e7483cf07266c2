// Written by `cargo xtask codegen`; edits are lost.
// From codegen/runtime/page.rs.

//! Answers that come page by page, as one stream of their items.

use futures_util::Stream;
use futures_util::stream::unfold;

use crate::client::Error;

/// Why there are no more items.
#[derive(Debug, thiserror::Error)]
pub enum PageError<A> {
    /// The exchange failed.
    #[error(transparent)]
    Exchange(#[from] Error),
    /// The answer is no page.
    #[error("expected a page, got another answer")]
    Answer(A),
}

/// A stream of items, or of why there are no more.
pub trait Items<T, A>: Stream<Item = Result<T, PageError<A>>> {}

impl<S: Stream<Item = Result<T, PageError<A>>>, T, A> Items<T, A> for S {}

/// How far a walk has come.
struct Walk<F, T> {
    fetch: F,
    items: std::vec::IntoIter<T>,
    next: Option<i64>,
    /// How many items came so far, if all pages are asked for.
    seen: Option<i64>,
}

/// The items of all pages from the given one on, the first by default. A page is the number of all
/// items, if it says so, and its own. A page without items is the last, as is the one with which
/// all items have come.
pub fn pages<A, T, F, P>(first: Option<i64>, fetch: F) -> impl Items<T, A>
where
    F: Fn(i64) -> P,
    P: Future<Output = Result<(Option<i64>, Vec<T>), PageError<A>>>,
{
    let first = first.unwrap_or(1);
    let seen = (first == 1).then_some(0);
    let start = Walk { fetch, items: Vec::new().into_iter(), next: Some(first), seen };
    unfold(start, async |mut walk| {
        loop {
            if let Some(item) = walk.items.next() {
                return Some((Ok(item), walk));
            }
            let number = walk.next.take()?;
            match (walk.fetch)(number).await {
                Ok((total, items)) => {
                    let came = i64::try_from(items.len()).unwrap_or(i64::MAX);
                    walk.seen = walk.seen.map(|seen| seen.saturating_add(came));
                    let all = total.zip(walk.seen).is_some_and(|(total, seen)| seen >= total);
                    if came > 0 && !all {
                        walk.next = number.checked_add(1);
                    }
                    walk.items = items.into_iter();
                }
                Err(error) => return Some((Err(error), walk)),
            }
        }
    })
}
