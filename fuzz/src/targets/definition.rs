//! What a target is.

use crate::corpus;
use crate::mutation::{Donors, json, text};

/// A property of some part of the project, tried with any bytes.
pub struct Target {
    /// Its name, which is that of its corpus and of its binary.
    pub name: &'static str,
    /// Panics where the property does not hold of an input.
    pub run: fn(&[u8]),
    /// Honest inputs beside those of the corpus.
    pub seeds: fn() -> Vec<String>,
    /// Words that mean something in such an input.
    pub words: &'static [&'static str],
    /// Whether inputs are JSON, and mutated as such.
    pub is_json: bool,
}

impl Target {
    /// The corpus and the honest inputs.
    pub fn inputs(&self) -> Vec<Vec<u8>> {
        let own = (self.seeds)().into_iter().map(String::into_bytes);
        own.chain(corpus::of(self.name).into_iter().map(|(_, input)| input)).collect()
    }

    /// An input made of this one; the same for the same seed.
    pub fn mutated(&self, input: &[u8], seed: u64) -> Vec<u8> {
        thread_local! {
            static DONORS: std::cell::OnceCell<Vec<Vec<u8>>> = const { std::cell::OnceCell::new() };
        }
        // A binary and a thread of the tests have one target each.
        DONORS.with(|donors| {
            let donors = donors.get_or_init(|| self.inputs());
            self.mutate(input, &mut fastrand::Rng::with_seed(seed), donors)
        })
    }

    /// An input made of this one and of parts of others.
    pub fn mutate(&self, input: &[u8], random: &mut fastrand::Rng, others: &[Vec<u8>]) -> Vec<u8> {
        let donors = Donors { texts: others, words: self.words };
        // libFuzzer begins with nothing where a corpus is empty.
        let honest = random.choice(others).map_or(input, Vec::as_slice);
        let input = if input.len() > 1 { input } else { honest };
        if self.is_json
            && random.u8(..) > 24
            && let Some(changed) = json::mutate(input, random, &donors)
        {
            return changed;
        }
        text::mutate(input, random, &donors)
    }
}

/// The parts of an input that a line of `=` separates; one that is missing is empty.
pub fn part(input: &str, index: usize) -> &str {
    input.split("\n=====\n").nth(index).unwrap_or_default()
}
