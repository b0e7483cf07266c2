//! Answers that come page by page, as one stream of their items.

use futures_util::Stream;
use futures_util::stream::unfold;

use crate::answer::{Answer, Raw};
use crate::client::{Client, Error};
use crate::request::Call;

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
    /// The page before, which a server that ignores the number gives again.
    last: Vec<T>,
    next: Option<i64>,
    /// How many items came so far, if all pages are asked for.
    seen: Option<i64>,
}

/// The items of all pages from the given one on, the first by default. A page is the number of all
/// items, if it says so, and its own. A page without items is the last, as is the one with which
/// all items have come, and one that the server gives again.
pub fn pages<A, T, F, P>(first: Option<i64>, fetch: F) -> impl Items<T, A>
where
    T: Clone + PartialEq,
    F: Fn(i64) -> P,
    P: Future<Output = Result<(Option<i64>, Vec<T>), PageError<A>>>,
{
    let first = first.unwrap_or(1);
    let seen = (first == 1).then_some(0);
    let start =
        Walk { fetch, items: Vec::new().into_iter(), last: Vec::new(), next: Some(first), seen };
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
                    if items == walk.last {
                        return None;
                    }
                    if came > 0 && !all {
                        walk.next = number.checked_add(1);
                        walk.last.clone_from(&items);
                    }
                    walk.items = items.into_iter();
                }
                Err(error) => return Some((Err(error), walk)),
            }
        }
    })
}

/// How far a walk along links has come.
struct Trail<'c, F, O, T> {
    client: &'c Client,
    call: fn(String) -> Call,
    first: Option<F>,
    next: Option<String>,
    open: O,
    items: std::vec::IntoIter<T>,
}

/// The items of a first page, and of those to which links lead from one to the next. A page without
/// items is the last, as is one that has no link or leads to itself.
pub fn linked<A, T, F, O>(
    client: &Client,
    call: fn(String) -> Call,
    first: F,
    open: O,
) -> impl Items<T, A>
where
    A: Answer,
    F: Future<Output = Result<A, Error>>,
    O: Fn(A) -> Result<(Option<String>, Vec<T>), Box<A>>,
{
    let items = Vec::new().into_iter();
    let start = Trail { client, call, first: Some(first), next: None, open, items };
    unfold(start, async |mut trail| {
        loop {
            if let Some(item) = trail.items.next() {
                return Some((Ok(item), trail));
            }
            let here = trail.next.take();
            let answer = match (trail.first.take(), &here) {
                (Some(first), _) => first.await,
                (None, Some(link)) => {
                    trail.client.send((trail.call)(link.clone())).await.and_then(Raw::answer)
                }
                (None, None) => return None,
            };
            let page = answer.map_err(PageError::Exchange);
            let opened = |answer| (trail.open)(answer).map_err(|other| PageError::Answer(*other));
            match page.and_then(opened) {
                Ok((next, items)) => {
                    trail.next =
                        next.filter(|next| !items.is_empty() && here.as_ref() != Some(next));
                    trail.items = items.into_iter();
                }
                Err(error) => return Some((Err(error), trail)),
            }
        }
    })
}

/// Where the link of the relation `next` leads (RFC 8288).
pub fn next<R: Into<Option<String>>, H: Into<Option<String>>>(
    mut links: impl Iterator<Item = (R, H)>,
) -> Option<String> {
    links.find_map(|(relation, target)| {
        let relation = relation.into()?;
        relation.eq_ignore_ascii_case("next").then(|| target.into()).flatten()
    })
}
