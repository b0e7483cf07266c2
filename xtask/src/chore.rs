//! The chores, and the program that does each.

/// One chore.
pub(crate) struct Chore {
    /// What is typed after `cargo xtask`.
    name: &'static str,
    about: &'static str,
    /// What cargo is told, before the user's arguments.
    cargo: &'static [&'static str],
}

const CHORES: [Chore; 5] = [
    Chore {
        name: "conform",
        about: "judge an embedded reference server, or with `--target URL` another",
        cargo: &[
            "run",
            "--package",
            "atlas-conformance",
            "--bin",
            "atlas-conformance",
            "--",
            "run",
        ],
    },
    Chore {
        name: "codegen",
        about: "write generated/src from spec/, or with `--spec DOC` a client of its own",
        cargo: &["run", "--package", "atlas-codegen", "--", "codegen"],
    },
    Chore {
        name: "spec",
        about: "slice, diff, update: cut, compare and update the specification",
        cargo: &["run", "--package", "atlas-codegen", "--", "spec"],
    },
    Chore {
        name: "bench codegen",
        about: "measure the stages of the generator on a document",
        cargo: &["run", "--release", "--package", "atlas-codegen", "--", "bench", "codegen"],
    },
    Chore {
        name: "bench suite",
        about: "measure the suite beside load generators on the same server",
        cargo: &["bench", "--package", "atlas-conformance", "--bench", "suite"],
    },
];

impl Chore {
    /// The chore that these words name.
    pub(crate) fn named(name: &str, rest: &[String]) -> Option<&'static Self> {
        CHORES.iter().find(|chore| {
            let mut words = chore.name.split(' ');
            words.next() == Some(name) && words.eq(rest.iter().take(chore.depth()))
        })
    }

    /// What cargo is told.
    pub(crate) fn command_line<'a>(&'a self, rest: &'a [String]) -> Vec<&'a str> {
        let rest = rest.get(self.depth()..).unwrap_or_default();
        // A first `--` ends the chore's own options, of which there are none.
        let rest = rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest);
        self.cargo.iter().copied().chain(rest.iter().map(String::as_str)).collect()
    }

    /// How many words of the name follow the first.
    fn depth(&self) -> usize {
        self.name.split(' ').count() - 1
    }
}

/// All chores, for a person.
pub(crate) fn usage() -> String {
    let mut text = "usage: cargo xtask CHORE [ARGUMENTS], where CHORE is\n".to_owned();
    for Chore { name, about, .. } in &CHORES {
        text.push_str(&format!("  {name:<14} {about}\n"));
    }
    text + "`--help` after a chore tells its arguments\n"
}

#[cfg(test)]
mod tests {
    use super::{Chore, usage};

    fn line(words: &[&str]) -> Option<String> {
        let rest: Vec<_> = words.iter().skip(1).map(|word| (*word).to_owned()).collect();
        let chore = Chore::named(words.first()?, &rest)?;
        Some(chore.command_line(&rest).join(" "))
    }

    #[test]
    fn each_chore_is_a_command_of_cargo() {
        let conform = "run --package atlas-conformance --bin atlas-conformance -- run --seed 1";
        assert_eq!(line(&["conform", "--", "--seed", "1"]).as_deref(), Some(conform));
        assert_eq!(line(&["conform", "--seed", "1"]).as_deref(), Some(conform));
        assert_eq!(
            line(&["spec", "diff", "a", "b"]).as_deref(),
            Some("run --package atlas-codegen -- spec diff a b")
        );
        assert_eq!(
            line(&["bench", "codegen", "--spec", "a"]).as_deref(),
            Some("run --release --package atlas-codegen -- bench codegen --spec a")
        );
    }

    #[test]
    fn what_is_no_chore_is_none_and_all_are_listed() {
        assert_eq!(line(&["benchmark"]), None);
        assert_eq!(line(&["bench"]), None);
        for name in ["conform", "codegen", "spec", "bench codegen", "bench suite"] {
            assert!(usage().contains(&format!("\n  {name}")), "{name}");
        }
    }
}
