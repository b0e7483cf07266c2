//! `clauses.rs`: the requirements as an enum over one table.

use proc_macro2::TokenStream;
use quote::quote;

use crate::clauses::{Body, BreachKind, Clause, Judged, Level};
use crate::emit::tokens::{docs, ident, module_docs};
use crate::names::ty;

pub(super) fn emit(clauses: &[Clause]) -> TokenStream {
    let module =
        module_docs("The requirements that the documentation makes, each with a stable slug.");
    let variants: Vec<_> = clauses.iter().map(|clause| ident(&ty(&clause.slug))).collect();
    let documented = clauses.iter().zip(&variants).map(|(clause, variant)| {
        let docs = docs(&clause.text);
        quote! { #docs #variant }
    });
    let (types, methods) = (types(), methods());
    let rows = clauses.iter().map(row);
    quote! {
        #module
        #types
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Clause { #(#documented,)* }
        impl Clause {
            /// Every clause, in the order of the file.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
            #methods
        }
        impl std::fmt::Display for Clause {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.slug())
            }
        }
        /// What is known of each clause, in the order of [`Clause::ALL`].
        pub static CLAUSES: &[ClauseData] = &[#(#rows),*];
    }
}

fn types() -> TokenStream {
    quote! {
        /// How strict a clause is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Level {
            /// The documentation says it; a breach fails the run.
            Must,
            /// It follows from it or from HTTP; a breach is a warning.
            Should,
            /// It is left open; what is seen is recorded.
            May,
        }
        impl std::fmt::Display for Level {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    Self::Must => "must",
                    Self::Should => "should",
                    Self::May => "may",
                })
            }
        }
        /// What is known of a clause.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct ClauseData {
            pub slug: &'static str,
            /// How strict it is.
            pub level: Level,
            pub text: &'static str,
            pub source: &'static str,
            /// Why no check can show it, where that is so.
            pub uncheckable: Option<&'static str>,
            /// The clause at length.
            pub explanation: Explanation,
            /// Whether it is about what happens to a user: responses alone can break it, but not
            /// show that it holds.
            pub effect: bool,
            /// Whether it takes several users to show that it holds: a response that is always the
            /// same could be right for one.
            pub several_users: bool,
            /// The places in the bodies of responses that it judges.
            pub judges: &'static [Judged],
        }
        /// A clause at length.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Explanation {
            /// Why somebody depends on it.
            pub why: &'static str,
            /// What the checks send.
            pub sent: &'static str,
            /// What passes, and what is left open.
            pub passes: &'static str,
            /// How to repair a server that fails.
            pub repair: &'static str,
        }
        /// A place in the body of a response: a value and everything in it that has no clause of
        /// its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Judged {
            /// The kind of body.
            pub body: Body,
            /// The segments of its JSON pointer; `*` is any one member or element.
            pub at: &'static [&'static str],
            /// The kind of breach; none: every kind.
            pub breach: Option<BreachKind>,
        }
        /// The kinds of documented bodies.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Body {
            /// The body of a 200.
            Success,
            /// The body of an error.
            Error,
        }
        /// The ways in which a body departs from its schema.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum BreachKind {
            /// The value is wrong.
            Value,
            /// A required property is absent.
            Missing,
            /// A property that another's value requires is absent.
            MissingByCondition,
        }
        impl Judged {
            /// How precisely this names the place of a breach, if it does: a longer pointer is more
            /// precise, and then a name instead of `*`.
            fn precision(&self, segments: &[&str]) -> Option<(usize, Vec<bool>)> {
                let named: Vec<bool> = self.at.iter().map(|segment| *segment != "*").collect();
                let matches = self.at.len() <= segments.len()
                    && self.at.iter().zip(segments).all(|(at, segment)| *at == "*" || at == segment);
                matches.then_some((self.at.len(), named))
            }
        }
    }
}

fn methods() -> TokenStream {
    quote! {
        /// All that is known of it.
        pub const fn data(self) -> &'static ClauseData {
            &CLAUSES[self as usize]
        }
        pub const fn slug(self) -> &'static str {
            self.data().slug
        }
        /// How strict it is.
        pub const fn level(self) -> Level {
            self.data().level
        }
        pub const fn text(self) -> &'static str {
            self.data().text
        }
        pub const fn source(self) -> &'static str {
            self.data().source
        }
        /// The first part of its slug.
        pub fn section(self) -> &'static str {
            self.slug().split('.').next().unwrap_or_default()
        }
        /// Why no check can show it, where that is so.
        pub const fn uncheckable(self) -> Option<&'static str> {
            self.data().uncheckable
        }
        /// The clause at length.
        pub const fn explanation(self) -> &'static Explanation {
            &self.data().explanation
        }
        /// The clause with this slug.
        pub fn from_slug(slug: &str) -> Option<Self> {
            Self::ALL.iter().copied().find(|clause| clause.slug() == slug)
        }
        /// The clause that a breach at this JSON pointer of a body belongs to.
        ///
        /// # Panics
        /// Never: the generator refuses clauses that don't judge both bodies as a whole.
        pub fn of_breach(body: Body, pointer: &str, kind: BreachKind) -> Self {
            let segments: Vec<&str> = pointer.split('/').skip(1).collect();
            let judged = |clause: Self| clause.data().judges.iter().map(move |it| (it, clause));
            Self::ALL
                .iter()
                .flat_map(|clause| judged(*clause))
                .filter(|(it, _)| it.body == body && it.breach.is_none_or(|only| only == kind))
                .filter_map(|(it, clause)| Some((it.precision(&segments)?, clause)))
                .max_by(|(left, _), (right, _)| left.cmp(right))
                .map(|(_, clause)| clause)
                .expect("a clause for every place")
        }
    }
}

fn row(clause: &Clause) -> TokenStream {
    let Clause { slug, text, source, effect, several_users, .. } = clause;
    let level = match clause.level {
        Level::Must => quote! { Level::Must },
        Level::Should => quote! { Level::Should },
        Level::May => quote! { Level::May },
    };
    let uncheckable = match &clause.uncheckable {
        Some(why) => quote! { Some(#why) },
        None => quote! { None },
    };
    let crate::clauses::Explanation { why, sent, passes, repair } = &clause.explanation;
    let judges = clause.judges.iter().map(judged);
    quote! {
        ClauseData {
            slug: #slug,
            level: #level,
            text: #text,
            source: #source,
            uncheckable: #uncheckable,
            explanation: Explanation { why: #why, sent: #sent, passes: #passes, repair: #repair },
            effect: #effect,
            several_users: #several_users,
            judges: &[#(#judges),*],
        }
    }
}

fn judged(judged: &Judged) -> TokenStream {
    let body = match judged.body {
        Body::Success => quote! { Body::Success },
        Body::Error => quote! { Body::Error },
    };
    let breach = match judged.breach {
        None => quote! { None },
        Some(BreachKind::Value) => quote! { Some(BreachKind::Value) },
        Some(BreachKind::Missing) => quote! { Some(BreachKind::Missing) },
        Some(BreachKind::MissingByCondition) => quote! { Some(BreachKind::MissingByCondition) },
    };
    let at = &judged.at;
    quote! { Judged { body: #body, at: &[#(#at),*], breach: #breach } }
}
