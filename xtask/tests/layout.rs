//! The layout of the sources: what a reader relies on and Cargo can't hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The packages, by the folder of their sources.
const PACKAGES: [&str; 7] = [
    "codegen/src",
    "conformance/src",
    "conformance/engine/src",
    "conformance/reference/src",
    "conformance/remove_role/src",
    "fuzz/src",
    "xtask/src",
];

/// The most modules at the root of a package.
const ROOT_MODULES: usize = 14;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files of a package: the path of each module (`a::b`), and its source.
fn modules(package: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let sources = root().join(package);
    visit(&sources, &mut |file| {
        let path = file.strip_prefix(&sources).expect("a file below").with_extension("");
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let parts: Vec<_> = parts.into_iter().filter(|part| part != "mod").collect();
        // Programs and their library are roots.
        let root = ["lib", "main"].contains(&parts[0].as_str()) || parts[0] == "bin";
        if !root {
            found.insert(parts.join("::"), fs::read_to_string(file).expect("a source"));
        }
    });
    assert!(!found.is_empty(), "{package} has no sources");
    found
}

fn visit(folder: &Path, see: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            visit(&path, see);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            see(&path);
        }
    }
}

/// The modules that a module names: `crate::a::b` and `super::c`, as the longest path that is one.
fn named(module: &str, source: &str, all: &BTreeMap<String, String>) -> BTreeSet<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    // What stands behind is a test of the module, which may name anything.
    let code = code.take_while(|line| line.trim() != "#[cfg(test)]");
    let code = code.collect::<Vec<_>>().join("\n");
    let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
    let mut found = BTreeSet::new();
    for (prefix, base) in [("crate::", ""), ("super::", parent)] {
        for (at, _) in code.match_indices(prefix) {
            for path in paths(&code[at + prefix.len()..]) {
                let path = if base.is_empty() { path } else { format!("{base}::{path}") };
                let parts: Vec<_> = path.split("::").filter(|part| !part.is_empty()).collect();
                let mut longest = (1..=parts.len()).rev().map(|length| parts[..length].join("::"));
                found.extend(longest.find(|path| all.contains_key(path)));
            }
        }
    }
    found.remove(module);
    found
}

/// The paths at the beginning of a text: one, or each within its braces.
fn paths(text: &str) -> Vec<String> {
    let is_path = |c: char| c.is_alphanumeric() || "_:".contains(c);
    let end = text.find(|c| !is_path(c)).unwrap_or(text.len());
    let (path, rest) = text.split_at(end);
    let Some(inner) = rest.strip_prefix('{') else { return vec![path.to_owned()] };
    let inner = inner.split_once('}').map_or(inner, |(inner, _)| inner);
    inner.split([',', '{']).map(|item| format!("{path}{}", item.trim())).collect()
}

/// A module and what it lies in may name each other.
fn is_family(one: &str, other: &str) -> bool {
    let lies_in = |inner: &str, outer: &str| inner.starts_with(&format!("{outer}::"));
    lies_in(one, other) || lies_in(other, one)
}

#[test]
fn no_two_modules_of_a_package_import_each_other() {
    let mut circles = Vec::new();
    for package in PACKAGES {
        let all = modules(package);
        let imports: BTreeMap<_, _> =
            all.iter().map(|(module, source)| (module, named(module, source, &all))).collect();
        for (module, others) in &imports {
            let mutual = others.iter().filter(|other| imports[other].contains(*module));
            let mutual = mutual.filter(|other| *other > *module && !is_family(module, other));
            circles.extend(mutual.map(|other| format!("{package}: {module} and {other}")));
        }
    }
    assert!(circles.is_empty(), "import each other:\n{}", circles.join("\n"));
}

#[test]
fn the_folders_of_a_package_depend_on_each_other_one_way() {
    for package in PACKAGES {
        let all = modules(package);
        let top = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
        let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (module, source) in &all {
            let others = named(module, source, &all);
            let others = others.iter().map(|other| top(other)).filter(|it| *it != top(module));
            uses.entry(top(module)).or_default().extend(others);
        }
        // Whatever uses nothing that is left goes; a circle stays.
        while let Some(free) = uses
            .iter()
            .find(|(_, used)| used.iter().all(|it| !uses.contains_key(it)))
            .map(|(name, _)| name.clone())
        {
            uses.remove(&free);
        }
        assert!(uses.is_empty(), "{package}: a circle among {uses:?}");
    }
}

#[test]
fn no_root_is_flat_and_no_folder_looks_like_build_output() {
    for package in PACKAGES {
        let all = modules(package);
        let roots: BTreeSet<_> = all.keys().filter_map(|path| path.split("::").next()).collect();
        assert!(roots.len() <= ROOT_MODULES, "{package} has {} modules: {roots:?}", roots.len());
        let build = all.keys().find(|path| path.split("::").any(|part| part == "target"));
        assert_eq!(build, None, "{package}: tools skip a folder called target");
    }
}

#[test]
fn the_engine_knows_no_role() {
    for (module, source) in modules("conformance/engine/src") {
        let line = source.lines().find(|line| line.to_lowercase().contains("role"));
        assert_eq!(line, None, "conformance/engine: {module}");
    }
}

#[test]
fn reports_see_the_document_and_not_the_run() {
    const MAKERS: [&str; 4] = ["clause_state", "document", "log", "wording"];
    for (module, source) in modules("conformance/src") {
        let Some(report) = module.strip_prefix("report::") else { continue };
        let may = MAKERS.contains(&report);
        assert!(may || !source.contains("RunReport"), "{module} names RunReport");
    }
}
