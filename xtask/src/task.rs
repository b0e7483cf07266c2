//! The tasks, and the program that does each.

/// One task.
pub(crate) struct Task {
    /// What is typed after `cargo xtask`.
    name: &'static str,
    about: &'static str,
    /// The arguments of cargo, before the user's.
    cargo: &'static [&'static str],
    /// Variables that the program is given.
    variables: &'static [(&'static str, &'static str)],
}

const TASKS: [Task; 8] = [
    Task {
        name: "test --all",
        about: "all tests at full length: every fault against every check, the whole gallery",
        cargo: &["test", "--locked"],
        variables: &[("ATLAS_TESTS", "all")],
    },
    Task {
        name: "test",
        about: "the tests in minutes, as `cargo test` runs them",
        cargo: &["test", "--locked"],
        variables: &[],
    },
    Task {
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
        variables: &[],
    },
    Task {
        name: "picture",
        about: "draw the failing run that the README shows, docs/failure.svg",
        cargo: &["test", "--package", "atlas-conformance", "--test", "suite", "picture"],
        variables: &[("ATLAS_PICTURE", "write")],
    },
    Task {
        name: "codegen",
        about: "write generated/src from spec/, or with `--spec DOC` a client of its own",
        cargo: &["run", "--package", "atlas-codegen", "--", "codegen"],
        variables: &[],
    },
    Task {
        name: "spec",
        about: "slice, diff, update: cut, compare and update the specification",
        cargo: &["run", "--package", "atlas-codegen", "--", "spec"],
        variables: &[],
    },
    Task {
        name: "bench codegen",
        about: "measure the stages of the generator on a document",
        cargo: &["run", "--release", "--package", "atlas-codegen", "--", "bench", "codegen"],
        variables: &[],
    },
    Task {
        name: "bench suite",
        about: "measure the suite beside load generators on the same server",
        cargo: &["bench", "--package", "atlas-conformance", "--bench", "suite"],
        variables: &[],
    },
];

impl Task {
    /// The task that these words name.
    pub(crate) fn named(name: &str, rest: &[String]) -> Option<&'static Self> {
        TASKS.iter().find(|task| {
            let mut words = task.name.split(' ');
            words.next() == Some(name) && words.eq(rest.iter().take(task.depth()))
        })
    }

    /// Variables that the program is given.
    pub(crate) const fn variables(&self) -> &'static [(&'static str, &'static str)] {
        self.variables
    }

    /// The arguments of cargo.
    pub(crate) fn command_line<'a>(&'a self, rest: &'a [String]) -> Vec<&'a str> {
        let rest = rest.get(self.depth()..).unwrap_or_default();
        // A first `--` ends the task's own options, of which there are none.
        let rest = rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest);
        self.cargo.iter().copied().chain(rest.iter().map(String::as_str)).collect()
    }

    /// How many words of the name follow the first.
    fn depth(&self) -> usize {
        self.name.split(' ').count() - 1
    }
}

/// All tasks, for a person.
pub(crate) fn usage() -> String {
    let mut text = "usage: cargo xtask TASK [ARGUMENTS], where TASK is\n".to_owned();
    for Task { name, about, .. } in &TASKS {
        text.push_str(&format!("  {name:<14} {about}\n"));
    }
    text + "`--help` after a task tells its arguments\n"
}

#[cfg(test)]
mod tests {
    use super::{Task, usage};

    fn line(words: &[&str]) -> Option<String> {
        let rest: Vec<_> = words.iter().skip(1).map(|word| (*word).to_owned()).collect();
        let task = Task::named(words.first()?, &rest)?;
        Some(task.command_line(&rest).join(" "))
    }

    #[test]
    fn each_task_is_a_command_of_cargo() {
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
    fn what_is_no_task_is_none_and_all_are_listed() {
        assert_eq!(line(&["benchmark"]), None);
        assert_eq!(line(&["bench"]), None);
        for name in ["conform", "codegen", "spec", "bench codegen", "bench suite"] {
            assert!(usage().contains(&format!("\n  {name}")), "{name}");
        }
    }
}
