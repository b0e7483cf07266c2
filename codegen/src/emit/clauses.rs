//! `clauses.rs`: the requirements as an enum.

use crate::clauses::{Clause, Level};
use crate::emit::writer::{Expression, Writer, literal};
use crate::names::ty;

pub(super) fn emit(clauses: &[Clause], w: &mut Writer) {
    w.module_docs("The requirements that the documentation makes, each with a stable slug.");
    w.line("");
    w.lines("use std::fmt;");
    w.gap();
    w.lines(LEVEL);
    w.gap();
    w.docs("One requirement.");
    w.line("#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]");
    w.open("pub enum Clause {");
    for clause in clauses {
        w.docs(&clause.text);
        w.line(&format!("{},", ty(&clause.slug)));
    }
    w.close("}");
    w.gap();
    w.open("impl Clause {");
    w.docs("Every clause, in the order of the file.");
    let all = clauses.iter().map(|clause| Expression::flat(format!("Self::{}", ty(&clause.slug))));
    let all = Expression::slice(all.collect());
    w.expression("pub const ALL: &'static [Self] = ", &all, ";");
    let text = "pub const fn";
    of_each(
        w,
        "Its stable name.",
        &format!("{text} slug(self) -> &'static str {{"),
        clauses,
        |c| literal(&c.slug),
    );
    of_each(
        w,
        "How strict it is.",
        &format!("{text} level(self) -> Level {{"),
        clauses,
        |clause| {
            let level = match clause.level {
                Level::Must => "Must",
                Level::Should => "Should",
                Level::May => "May",
            };
            format!("Level::{level}")
        },
    );
    of_each(
        w,
        "The requirement.",
        &format!("{text} text(self) -> &'static str {{"),
        clauses,
        |c| literal(&c.text),
    );
    of_each(
        w,
        "Where it stands.",
        &format!("{text} source(self) -> &'static str {{"),
        clauses,
        |c| literal(&c.source),
    );
    w.gap();
    w.lines(SECTION);
    uncheckable(clauses, w);
    w.gap();
    w.lines(FROM_SLUG);
    w.close("}");
    w.gap();
    w.lines(DISPLAY);
}

fn of_each(
    w: &mut Writer,
    docs: &str,
    head: &str,
    clauses: &[Clause],
    value: impl Fn(&Clause) -> String,
) {
    w.gap();
    w.docs(docs);
    w.open(head);
    w.open("match self {");
    for clause in clauses {
        w.arm(&format!("Self::{}", ty(&clause.slug)), &value(clause));
    }
    w.close("}");
    w.close("}");
}

fn uncheckable(clauses: &[Clause], w: &mut Writer) {
    w.gap();
    w.docs("Why no check can show it, where that is so.");
    w.open("pub const fn uncheckable(self) -> Option<&'static str> {");
    let reasons: Vec<_> =
        clauses.iter().filter_map(|c| c.uncheckable.as_ref().map(|why| (c, why))).collect();
    if reasons.is_empty() {
        w.line("None");
    } else {
        w.open("match self {");
        for (clause, why) in reasons {
            w.arm(&format!("Self::{}", ty(&clause.slug)), &format!("Some({})", literal(why)));
        }
        w.line("_ => None,");
        w.close("}");
    }
    w.close("}");
}

const LEVEL: &str = r#"/// How strict a clause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The documentation says it; a breach fails the run.
    Must,
    /// It follows from it or from HTTP; a breach is a warning.
    Should,
    /// It is left open; what is seen is recorded.
    May,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
        })
    }
}"#;

const SECTION: &str = "/// The first part of its slug.
pub fn section(self) -> &'static str {
    self.slug().split('.').next().unwrap_or_default()
}";

const FROM_SLUG: &str = "/// The clause with this slug.
pub fn from_slug(slug: &str) -> Option<Self> {
    Self::ALL.iter().copied().find(|clause| clause.slug() == slug)
}";

const DISPLAY: &str = "impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}";
