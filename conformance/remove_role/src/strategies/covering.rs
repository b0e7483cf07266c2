//! Rows of a table in which any few factors meet at every combination of their levels: a covering
//! array, built greedily.

use std::collections::BTreeSet;
use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::Index;

/// Levels, one for each factor.
pub type Row = Vec<usize>;

/// Some factors, each at a level.
type Combination = Vec<(usize, usize)>;

/// How many rows are tried for each that is taken.
const TRIES: usize = 6;

/// Rows that cover every combination of `strength` factors that a legal row can have. `sizes` are the
/// numbers of levels of the factors; `random` chooses among equals.
pub fn rows(
    sizes: &[usize],
    strength: usize,
    legal: impl Fn(&[usize]) -> bool,
    random: &[Index],
) -> Vec<Row> {
    let mut random = random.iter().cycle();
    let mut open = combinations(sizes, strength);
    let mut rows = Vec::new();
    while let Some(seed) = open.iter().next().cloned() {
        let mut best: Option<(usize, Row)> = None;
        for _ in 0..TRIES {
            let Some(row) = filled(sizes, &seed, &open, &legal, &mut random) else { continue };
            let gain = covered(&row, strength).iter().filter(|it| open.contains(*it)).count();
            if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                best = Some((gain, row));
            }
        }
        match best {
            Some((_, row)) => {
                for combination in covered(&row, strength) {
                    open.remove(&combination);
                }
                rows.push(row);
            }
            // No legal row has it.
            None => {
                open.remove(&seed);
            }
        }
    }
    rows
}

/// Every combination of so many factors, at each of their levels.
fn combinations(sizes: &[usize], strength: usize) -> BTreeSet<Combination> {
    let levels: Vec<_> = sizes.iter().map(|size| 0..*size).collect();
    among(&levels, strength).into_iter().collect()
}

/// The combinations of so many factors that a row has.
fn covered(row: &[usize], strength: usize) -> Vec<Combination> {
    let levels: Vec<_> = row.iter().map(|level| *level..*level + 1).collect();
    among(&levels, strength)
}

fn among(levels: &[Range<usize>], strength: usize) -> Vec<Combination> {
    let mut all: Vec<Combination> = vec![Vec::new()];
    for _ in 0..strength {
        all = all
            .into_iter()
            .flat_map(|chosen| {
                let from = chosen.last().map_or(0, |(factor, _)| factor + 1);
                let factors = levels.iter().enumerate().skip(from);
                let next = factors
                    .flat_map(|(factor, levels)| levels.clone().map(move |level| (factor, level)));
                let extended = next.map(|one| [&chosen[..], &[one]].concat());
                extended.collect::<Vec<_>>()
            })
            .collect();
    }
    all
}

/// A legal row with this combination, whose other levels are drawn at random.
fn filled<'a>(
    sizes: &[usize],
    seed: &Combination,
    open: &BTreeSet<Combination>,
    legal: &impl Fn(&[usize]) -> bool,
    random: &mut impl Iterator<Item = &'a Index>,
) -> Option<Row> {
    /// A combination that few rows can have may take some tries.
    const ATTEMPTS: usize = 40;
    let mut row = vec![0; sizes.len()];
    for attempt in 0..ATTEMPTS {
        for (factor, size) in sizes.iter().enumerate() {
            row[factor] = random.next()?.index(*size);
        }
        // Two combinations that are still open at once, if they agree.
        if attempt < ATTEMPTS / 2
            && let Some(other) = open.iter().nth(random.next()?.index(open.len()))
        {
            other.iter().for_each(|(factor, level)| row[*factor] = *level);
        }
        seed.iter().for_each(|(factor, level)| row[*factor] = *level);
        if legal(&row) {
            return Some(row);
        }
    }
    None
}

/// The choices that [`rows`] makes.
pub fn choices() -> impl Strategy<Value = Vec<Index>> {
    proptest::collection::vec(any::<Index>(), 997)
}

#[cfg(test)]
mod tests {
    use super::{Combination, choices, combinations, covered, rows};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn every_legal_combination_is_in_a_row(
            sizes in proptest::collection::vec(1..5_usize, 2..7),
            strength in 2..3_usize,
            random in choices(),
        ) {
            let legal = |row: &[usize]| row[0] != 1 || row[1] == 0;
            let rows = rows(&sizes, strength, legal, &random);
            prop_assert!(rows.iter().all(|row| legal(row)));
            let all = combinations(&sizes, strength);
            let found: BTreeSet<_> = rows.iter().flat_map(|row| covered(row, strength)).collect();
            let possible = |it: &&Combination| {
                !(it.contains(&(0, 1)) && it.iter().any(|(factor, level)| *factor == 1 && *level != 0))
            };
            prop_assert_eq!(found.len(), all.iter().filter(possible).count());
        }

        #[test]
        fn the_same_choices_give_the_same_rows(random in choices()) {
            let rows = || rows(&[3, 2, 4], 2, |_| true, &random);
            prop_assert_eq!(rows(), rows());
        }
    }
}
