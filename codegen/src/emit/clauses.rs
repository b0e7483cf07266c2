//! `clauses.rs`: the requirements as an enum.

use proc_macro2::TokenStream;
use quote::quote;

use crate::clauses::{Clause, Level};
use crate::emit::tokens::{docs, ident, module_docs};
use crate::names::ty;

pub(super) fn emit(clauses: &[Clause]) -> TokenStream {
    let module =
        module_docs("The requirements that the documentation makes, each with a stable slug.");
    let level = level_enum();
    let variants: Vec<_> = clauses.iter().map(|clause| ident(&ty(&clause.slug))).collect();
    let documented = clauses.iter().zip(&variants).map(|(clause, variant)| {
        let docs = docs(&clause.text);
        quote! { #docs #variant }
    });
    let slugs: Vec<_> = clauses.iter().map(|clause| &clause.slug).collect();
    let texts = clauses.iter().map(|clause| &clause.text);
    let sources = clauses.iter().map(|clause| &clause.source);
    let levels = clauses.iter().map(|clause| match clause.level {
        Level::Must => quote! { Level::Must },
        Level::Should => quote! { Level::Should },
        Level::May => quote! { Level::May },
    });
    let uncheckable = clauses.iter().zip(&variants).filter_map(|(clause, variant)| {
        clause.uncheckable.as_ref().map(|why| quote! { Self::#variant => Some(#why), })
    });
    let uncheckable: Vec<_> = uncheckable.collect();
    let uncheckable = if uncheckable.is_empty() {
        quote! { None }
    } else {
        quote! { match self { #(#uncheckable)* _ => None } }
    };
    quote! {
        #module
        #level
        /// One requirement.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Clause { #(#documented,)* }
        impl Clause {
            /// Every clause, in the order of the file.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
            /// Its stable name.
            pub const fn slug(self) -> &'static str {
                match self { #(Self::#variants => #slugs,)* }
            }
            /// How strict it is.
            pub const fn level(self) -> Level {
                match self { #(Self::#variants => #levels,)* }
            }
            /// The requirement.
            pub const fn text(self) -> &'static str {
                match self { #(Self::#variants => #texts,)* }
            }
            /// Where it stands.
            pub const fn source(self) -> &'static str {
                match self { #(Self::#variants => #sources,)* }
            }
            /// The first part of its slug.
            pub fn section(self) -> &'static str {
                self.slug().split('.').next().unwrap_or_default()
            }
            /// Why no check can show it, where that is so.
            pub const fn uncheckable(self) -> Option<&'static str> { #uncheckable }
            /// The clause with this slug.
            pub fn from_slug(slug: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|clause| clause.slug() == slug)
            }
        }
        impl std::fmt::Display for Clause {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.slug())
            }
        }
    }
}

fn level_enum() -> TokenStream {
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
    }
}
