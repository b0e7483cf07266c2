//! `$ref`, within one document.

use openapiv3::ReferenceOr;

use crate::error::Error;
use crate::load::{Places, below};

/// How many references may lead on to a further one.
const CHAIN_LIMIT: usize = 32;

/// What a reference names, and its JSON pointer; what stands inline stays.
pub(crate) fn resolve<'a, T>(
    mut item: &'a ReferenceOr<T>,
    pointer: &str,
    section: &str,
    places: &Places,
    lookup: impl Fn(&str) -> Option<&'a ReferenceOr<T>>,
) -> Result<(&'a T, String), Error> {
    let mut pointer = pointer.to_owned();
    for _ in 0..CHAIN_LIMIT {
        match item {
            ReferenceOr::Item(item) => return Ok((item, pointer)),
            ReferenceOr::Reference { reference } => {
                let wrong = |problem| Error::Reference {
                    place: places.at(&pointer),
                    target: reference.clone(),
                    problem,
                };
                let name = name_in(reference, section)
                    .ok_or_else(|| wrong("leads out of the section that it has to name"))?;
                item = lookup(name).ok_or_else(|| wrong("leads to nothing"))?;
                pointer = below(&format!("/components/{section}"), name);
            }
        }
    }
    Err(Error::Reference {
        place: places.at(&pointer),
        target: pointer.clone(),
        problem: "leads in a circle",
    })
}

/// The name in `#/components/<section>/<name>`.
pub(crate) fn name_in<'a>(reference: &'a str, section: &str) -> Option<&'a str> {
    reference.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')
}
