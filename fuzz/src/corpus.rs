//! The inputs that are kept: small ones that reach far, and all that ever was a finding.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of a target's inputs.
pub fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

/// Every file of a target's corpus with its name, in the order of names; none where there is none.
pub fn of(target: &str) -> Vec<(String, Vec<u8>)> {
    files(&folder(target))
}

/// The texts of a folder of the repository, by its path from the root.
pub fn texts(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let texts = files(&folder).into_iter().map(|(_, bytes)| String::from_utf8(bytes));
    texts.map(|text| text.expect("UTF-8")).collect()
}

/// The text of a file of the repository, by its path from the root.
pub fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let bytes = fs::read(entry.path());
            (name, bytes.unwrap_or_else(|error| panic!("{}: {error}", entry.path().display())))
        })
        .collect();
    files.sort();
    files
}
