//! The README and the guide in `docs/`: links lead somewhere, every page is listed, counts are right,
//! and each command ends as the page says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The documents outside of the guide whose links are checked.
const DOCUMENTS: [&str; 7] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "spec/README.md",
    "spec/discrepancies.md",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The pages of the guide, in the order of its summary.
fn pages() -> Vec<String> {
    let summary = read("docs/SUMMARY.md");
    links(&summary).into_iter().map(|link| format!("docs/{link}")).collect()
}

/// A fenced block: its info string and its text.
struct Block {
    info: String,
    text: String,
}

/// A document's fenced blocks, and its lines outside of them.
fn split(document: &str) -> (Vec<Block>, Vec<&str>) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut prose = Vec::new();
    let mut inside = false;
    for line in document.lines() {
        // A fence within a list is indented, and so is its text.
        let fence = line.trim_start().strip_prefix("```");
        match fence {
            Some(info) if !inside => {
                blocks.push(Block { info: info.to_owned(), text: String::new() });
            }
            None if inside => {
                let block = blocks.last_mut().expect("a block");
                block.text += &format!("{}\n", line.trim_end());
            }
            None => prose.push(line),
            Some(_) => {}
        }
        inside ^= fence.is_some();
    }
    (blocks, prose)
}

/// The targets of all links and images of a document.
fn links(document: &str) -> Vec<String> {
    let code = Regex::new("`[^`]*`").expect("a pattern");
    let link = Regex::new(r"\]\(([^)\s]+)\)").expect("a pattern");
    let prose = split(document).1.join("\n");
    let prose = code.replace_all(&prose, "");
    link.captures_iter(&prose).map(|found| found[1].to_owned()).collect()
}

/// The anchors of a document's headings.
fn anchors(document: &str) -> BTreeSet<String> {
    let headings = split(document).1.into_iter().filter(|line| line.starts_with('#'));
    let kept = |c: &char| c.is_alphanumeric() || " -_".contains(*c);
    let anchor = |line: &str| {
        let text: String = line.trim_start_matches('#').trim().chars().filter(kept).collect();
        text.to_lowercase().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    let documents = DOCUMENTS.map(str::to_owned).into_iter().chain(pages());
    for document in documents.chain(["docs/SUMMARY.md".to_owned()]) {
        let folder = root().join(&document).parent().expect("a folder").to_owned();
        for link in links(&read(&document)) {
            if link.starts_with("https://") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let file = match path {
                "" => root().join(&document),
                path => folder.join(path),
            };
            let Ok(file) = file.canonicalize() else {
                broken.push(format!("{document}: {link} is not there"));
                continue;
            };
            // The built book holds its own folder alone.
            if document.starts_with("docs/") && !file.starts_with(root().join("docs")) {
                broken.push(format!("{document}: {link} leads out of the guide"));
            }
            let known = || anchors(&fs::read_to_string(&file).expect("a document"));
            if !anchor.is_empty() && !known().contains(anchor) {
                broken.push(format!("{document}: {link} names no heading"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_page_of_the_guide_is_listed_once() {
    let listed = pages();
    let mut written = Vec::new();
    for folder in ["docs", "docs/recipes"] {
        for entry in fs::read_dir(root().join(folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
            if name.ends_with(".md") && name != "SUMMARY.md" {
                written.push(format!("{folder}/{name}"));
            }
        }
    }
    let sorted = |mut pages: Vec<String>| {
        pages.sort();
        pages
    };
    assert_eq!(sorted(listed), sorted(written));
}

#[test]
fn the_readme_is_short() {
    let lines = read("README.md").lines().count();
    assert!(lines <= 150, "README.md has {lines} lines, and 150 are enough: the rest is the guide");
}

#[test]
fn faults_and_variants_are_counted_rightly() {
    let faults = atlas_reference::faults().count();
    let variants = atlas_reference::variants().count();
    let mut sections: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in atlas_reference::faults() {
        *sections.entry(fault.clause.split('.').next().unwrap_or_default()).or_default() += 1;
    }
    let sum = |names: &[&str]| names.iter().map(|name| sections[name]).sum::<usize>();
    let trust = [
        format!("| {faults} faults, none missed |"),
        format!("| {variants} variants, none accused |"),
    ];
    let trust =
        trust.into_iter().chain(sections.iter().map(|(name, n)| format!("| {name} | {n} |")));
    let readme = [
        format!("{faults} deliberate faults"),
        format!("{variants} unusual but legal habits"),
        format!("`success`, `error`, `media` | {} |", sum(&["success", "error", "media"])),
        format!(
            "`request`, `status`, `query`, `http` | {} |",
            sum(&["request", "status", "query", "http"])
        ),
        format!("`auth` | {} |", sum(&["auth"])),
        format!("`roles` | {} |", sum(&["roles"])),
    ];
    let trust = trust.map(|count| ("docs/trust.md", count));
    for (document, count) in trust.chain(readme.map(|count| ("README.md", count))) {
        assert!(read(document).contains(&count), "{document} lacks `{count}`");
    }
}

/// The words that may follow the language of a block.
#[test]
fn blocks_are_marked_as_the_tests_know_them() {
    let known = ["sh", "sh,not-tested", "toml", "json", "text", "yaml", "rust"];
    for document in ["README.md".to_owned()].into_iter().chain(pages()) {
        for block in split(&read(&document)).0 {
            let fits = known.contains(&block.info.as_str()) || block.info.starts_with("toml,file=");
            assert!(fits, "{document}: a block is marked `{}`", block.info);
        }
    }
}

#[test]
fn what_is_not_tested_is_known() {
    let mut text = String::new();
    for document in ["README.md".to_owned()].into_iter().chain(pages()) {
        let blocks = split(&read(&document)).0;
        let lines = blocks.iter().filter(|block| block.info == "sh,not-tested");
        let lines: Vec<_> = lines.flat_map(|block| commands(&block.text)).collect();
        if !lines.is_empty() {
            text += &format!("{document}\n");
            lines.iter().for_each(|command| text += &format!("  {}\n", command.line));
        }
    }
    insta::assert_snapshot!("not_tested", text);
}

/// A command of a page, and what its comment says of it.
struct CommandLine {
    line: String,
    /// `# ends with 1`, and 0 without.
    status: u8,
    /// `# leave it running`.
    stays: bool,
}

fn commands(block: &str) -> Vec<CommandLine> {
    let joined = block.replace("\\\n", " ");
    let lines = joined.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (line, comment) = line.split_once(" #").unwrap_or((line, ""));
            let status = comment
                .trim()
                .strip_prefix("ends with ")
                .and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
            CommandLine {
                line: line.split_whitespace().collect::<Vec<_>>().join(" "),
                status: status.unwrap_or(0),
                stays: comment.contains("leave it running"),
            }
        })
        .collect()
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    /// What stands for cargo: the suite is built already.
    const CARGO: &str = "#!/bin/sh
case \"$1 $2\" in
  'install --locked') exit 0 ;;
  'xtask conform') shift 2; [ \"$1\" = -- ] && shift; exec atlas-conformance run \"$@\" ;;
esac
echo \"cargo $*: no test runs it\"; exit 99
";

    #[test]
    fn each_command_of_readme_and_guide_ends_as_the_page_says() {
        let has = |program: &str| Command::new(program).arg("--version").output().is_ok();
        assert!(has("bash") && has("python3"), "the guide's commands need bash and python3");
        let documents: Vec<_> = ["README.md".to_owned()].into_iter().chain(pages()).collect();
        let failures: Vec<_> = std::thread::scope(|scope| {
            let runs: Vec<_> =
                documents.iter().map(|document| scope.spawn(|| run_page(document))).collect();
            runs.into_iter().filter_map(|run| run.join().expect("a page")).collect()
        });
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    }

    /// Runs the commands of a page in a folder of their own, and says what went wrong.
    fn run_page(document: &str) -> Option<String> {
        let blocks = split(&read(document)).0;
        if !blocks.iter().any(|block| block.info == "sh") {
            return None;
        }
        // Pages use one port; several are tried at a time.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let port = port.expect("a free port").port().to_string();
        let folder = tempfile::tempdir().expect("a folder");
        let bin = folder.path().join("bin");
        fs::create_dir(&bin).expect("a folder");
        symlink(env!("CARGO_BIN_EXE_atlas-conformance"), bin.join("atlas-conformance"))
            .expect("a link");
        fs::write(bin.join("cargo"), CARGO).expect("a file");
        fs::set_permissions(bin.join("cargo"), fs::Permissions::from_mode(0o755))
            .expect("a program");
        for name in ["docs", "spec", "conformance"] {
            symlink(root().join(name), folder.path().join(name)).expect("a link");
        }
        let mut script = "trap 'kill $(jobs -p) 2>/dev/null' EXIT\n".to_owned();
        for (at, block) in blocks.iter().enumerate() {
            let text = block.text.replace("8080", &port);
            if let Some(name) = block.info.strip_prefix("toml,file=") {
                script += &format!("cat > {name} <<'END OF FILE'\n{text}END OF FILE\n");
            }
            if block.info == "sh" {
                commands(&text).iter().enumerate().for_each(|(n, command)| {
                    script += &shell(command, &format!("background-{at}-{n}"));
                });
            }
        }
        let mut bash = Command::new("bash");
        let foreign = ["ATLAS_", "MONGODB_ATLAS_", "GITHUB_"];
        for (name, _) in std::env::vars() {
            if foreign.iter().any(|prefix| name.starts_with(prefix)) {
                bash.env_remove(name);
            }
        }
        let path = std::env::var("PATH").unwrap_or_default();
        bash.env("PATH", format!("{}:{path}", bin.display())).env("NO_COLOR", "1");
        let output = bash.arg("-c").arg(&script).current_dir(folder.path()).output().expect("bash");
        if output.status.success() {
            return None;
        }
        let said = String::from_utf8_lossy(&output.stdout);
        let last: Vec<_> = said.lines().rev().take(40).collect();
        let last: Vec<_> = last.into_iter().rev().collect();
        let errors = String::from_utf8_lossy(&output.stderr);
        Some(format!("{document}:\n{}\n{errors}", last.join("\n")))
    }

    fn shell(command: &CommandLine, log: &str) -> String {
        let CommandLine { line, status, stays } = command;
        let shown = line.replace('\'', "'\\''");
        if *stays {
            let (line, ready) = match line.split_once(" > ") {
                Some((_, file)) => (line.clone(), file),
                None => (format!("{line} > {log}"), log),
            };
            // It is up once it has printed something.
            return format!(
                "{line} &\nfor _ in $(seq 300); do [ -s {ready} ] && break; sleep 0.1; done\n\
                 [ -s {ready} ] || {{ echo 'printed nothing: {shown}'; exit 1; }}\n"
            );
        }
        format!(
            "echo '$ {shown}'\n{line}\nstatus=$?\n[ $status = {status} ] || \
             {{ echo \"ended with $status, not {status}: \"'{shown}'; exit 1; }}\n"
        )
    }
}
