//! What one walk over a document carries along: its components, and what it found wrong.

use openapiv3::Schema;

use crate::error::Error;
use crate::error::place::Place;
use crate::ir::Api;
use crate::lower::placed::{Component, Placed, Slot, Target};
use crate::read::Typed;
use crate::source_map::{Document, below, target};

/// How many references may lead on to a further one.
const CHAIN_LIMIT: usize = 32;

/// What the representation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The contract as data: only what that data can hold.
    Contract,
    /// A client alone, which need not judge what it is sent.
    Client {
        /// Whether what can't be represented becomes an untyped value, and a warning.
        allow_unsupported: bool,
    },
}

/// Lowers one document into the whole. Returns what is only warned of, or all errors.
pub(crate) fn lower(
    source: &Document,
    typed: &Typed,
    purpose: Purpose,
    api: &mut Api,
) -> Result<Vec<Error>, Vec<Error>> {
    let mut walk = Walk {
        source,
        typed,
        purpose,
        errors: Vec::new(),
        warnings: Vec::new(),
        told_of_files: false,
        inside: Vec::new(),
    };
    if api.title.is_empty() {
        api.title.clone_from(&typed.api.info.title);
    }
    for tag in &typed.api.tags {
        if let Some(docs) = &tag.description {
            api.tags.insert(tag.name.clone(), docs.clone());
        }
    }
    walk.named_schemas(api);
    walk.operations(api);
    if walk.errors.is_empty() { Ok(walk.warnings) } else { Err(walk.errors) }
}

pub(crate) struct Walk<'a> {
    source: &'a Document,
    pub(super) typed: &'a Typed,
    purpose: Purpose,
    errors: Vec<Error>,
    warnings: Vec<Error>,
    /// Whether references to other files were told.
    told_of_files: bool,
    /// The schemas without a name that references lead to and that are being lowered.
    pub(super) inside: Vec<*const Schema>,
}

impl<'a> Walk<'a> {
    pub(super) fn is_contract(&self) -> bool {
        self.purpose == Purpose::Contract
    }

    /// The name of the document.
    pub(super) fn file(&self) -> &'a str {
        &self.source.name
    }

    pub(super) fn place(&self, pointer: &str) -> Place {
        self.source.place(pointer)
    }

    pub(super) fn fail(&mut self, error: Error) {
        // A place that is reached in several ways is wrong once.
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    pub(super) fn unexpected(&mut self, pointer: &str, expected: &str, got: &str) {
        let place = self.place(pointer);
        self.fail(Error::Unexpected { place, expected: expected.to_owned(), got: got.to_owned() });
    }

    /// Notes a construct that is valid and can't be represented.
    pub(super) fn unsupported(&mut self, pointer: &str, construct: &str, advice: &str) {
        if self.purpose == (Purpose::Client { allow_unsupported: true }) {
            return self.warn(pointer, construct, advice);
        }
        let error = self.unsupported_error(pointer, construct, advice);
        self.fail(error);
    }

    /// Notes a construct that a client does without.
    pub(super) fn warn(&mut self, pointer: &str, construct: &str, advice: &str) {
        let error = self.unsupported_error(pointer, construct, advice);
        if !self.warnings.contains(&error) {
            self.warnings.push(error);
        }
    }

    /// Notes a key that a contract can't do without; for a client, what is done instead.
    pub(super) fn done_without(&mut self, pointer: &str, key: &str, advice: &str, instead: &str) {
        let (pointer, construct) = (below(pointer, key), format!("`{key}`"));
        match self.is_contract() {
            true => self.unsupported(&pointer, &construct, advice),
            false => self.warn(&pointer, &construct, instead),
        }
    }

    fn unsupported_error(&self, pointer: &str, construct: &str, advice: &str) -> Error {
        let (construct, advice) = (construct.to_owned(), advice.to_owned());
        Error::Unsupported { place: self.place(pointer), construct, advice }
    }

    /// What stands in a slot, or is referred to there, and the name under which the components have it.
    pub(super) fn resolve<T: Component>(
        &mut self,
        slot: &Slot<'a, T>,
    ) -> Option<(Placed<'a, T>, Option<&'a str>)> {
        let mut reference = match slot.target {
            Target::Item(item) => return Some((Placed::new(item, slot.pointer.clone()), None)),
            Target::Reference(reference) => reference,
        };
        let mut pointer = slot.pointer.clone();
        for _ in 1..CHAIN_LIMIT {
            let (name, next) = self.referred::<T>(&pointer, reference)?;
            pointer = next.pointer;
            match next.target {
                Target::Item(item) => return Some((Placed::new(item, pointer), name)),
                Target::Reference(further) => reference = further,
            }
        }
        self.wrong_reference(&pointer, reference, "leads in a circle");
        None
    }

    /// Name and place of a reference's target.
    fn referred<T: Component>(
        &mut self,
        pointer: &str,
        reference: &'a str,
    ) -> Option<(Option<&'a str>, Slot<'a, T>)> {
        let name = name_in(reference, T::SECTION);
        if let Some((name, item)) = name.and_then(|name| T::named(&self.typed.components, name)) {
            let at = below(&format!("/components/{}", T::SECTION), name);
            return Some((Some(name), Slot::new(item, at)));
        }
        if !reference.starts_with('#') {
            self.other_file(pointer, reference);
            return None;
        }
        // A contract names what it judges by.
        let item = T::elsewhere(self.typed, reference).filter(|_| !self.is_contract());
        if item.is_none() {
            let leads_out = self.is_contract() && name.is_none();
            let problem = match leads_out {
                true => "leads out of the section that it has to name",
                false => "leads to nothing",
            };
            self.wrong_reference(pointer, reference, problem);
        }
        item.map(|item| (None, Slot::new(item, target(reference).unwrap_or_default())))
    }

    /// References to other files have one cause, and are told once.
    fn other_file(&mut self, pointer: &str, reference: &str) {
        if !std::mem::replace(&mut self.told_of_files, true) {
            let problem = "leads to another file; bundle the document into one file first, for \
                           instance with `redocly bundle`";
            self.wrong_reference(pointer, reference, problem);
        }
    }

    pub(super) fn has_schema(&self, name: &str) -> bool {
        self.typed.components.schemas.contains_key(name)
    }

    pub(super) fn wrong_reference(&mut self, pointer: &str, target: &str, problem: &'static str) {
        let place = self.place(&below(pointer, "$ref"));
        self.fail(Error::Reference { place, target: target.to_owned(), problem });
    }
}

/// The name in `#/components/<section>/<name>`.
pub(super) fn name_in<'r>(reference: &'r str, section: &str) -> Option<&'r str> {
    reference.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')
}
