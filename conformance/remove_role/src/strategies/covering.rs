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

/// Factors, and which of their levels can't meet.
pub struct Table {
    /// The numbers of levels of the factors.
    pub sizes: Vec<usize>,
    /// Two levels, each of another factor, that no row has both.
    pub apart: Vec<[(usize, usize); 2]>,
}

impl Table {
    /// Rows that cover every combination of `strength` factors that a row can have; `random` chooses
    /// among equals.
    pub fn rows(&self, strength: usize, random: &[Index]) -> Vec<Row> {
        let mut random = random.iter().cycle();
        let mut open: BTreeSet<_> = self.combinations(strength).collect();
        let mut rows = Vec::new();
        while let Some(seed) = open.iter().next().cloned() {
            let mut best: Option<(usize, Row)> = None;
            for _ in 0..TRIES {
                let Some(row) = self.filled(&seed, &open, &mut random) else { continue };
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
                // No row has it.
                None => {
                    open.remove(&seed);
                }
            }
        }
        rows
    }

    /// How many of the combinations of `strength` factors these rows have, and how many there are.
    pub fn coverage(&self, rows: &[Row], strength: usize) -> (usize, usize) {
        let met: BTreeSet<_> = rows.iter().flat_map(|row| covered(row, strength)).collect();
        (met.len(), self.combinations(strength).count())
    }

    /// The combinations of so many factors, at each of their levels, that can meet.
    fn combinations(&self, strength: usize) -> impl Iterator<Item = Combination> {
        let levels: Vec<_> = self.sizes.iter().map(|size| 0..*size).collect();
        among(&levels, strength).into_iter().filter(|levels| self.can_meet(levels))
    }

    fn can_meet(&self, levels: &[(usize, usize)]) -> bool {
        !self.apart.iter().any(|pair| pair.iter().all(|level| levels.contains(level)))
    }

    /// A row with this combination, whose other levels are drawn at random.
    fn filled<'a>(
        &self,
        seed: &Combination,
        open: &BTreeSet<Combination>,
        random: &mut impl Iterator<Item = &'a Index>,
    ) -> Option<Row> {
        /// A combination that few rows can have may take some tries.
        const ATTEMPTS: usize = 40;
        let mut row = vec![0; self.sizes.len()];
        for attempt in 0..ATTEMPTS {
            for (factor, size) in self.sizes.iter().enumerate() {
                row[factor] = random.next()?.index(*size);
            }
            // Two combinations that are still open at once, if they agree.
            if attempt < ATTEMPTS / 2
                && let Some(other) = open.iter().nth(random.next()?.index(open.len()))
            {
                other.iter().for_each(|(factor, level)| row[*factor] = *level);
            }
            seed.iter().for_each(|(factor, level)| row[*factor] = *level);
            if self.can_meet(&row.iter().copied().enumerate().collect::<Vec<_>>()) {
                return Some(row);
            }
        }
        None
    }
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

/// The choices that [`Table::rows`] makes.
pub fn choices() -> impl Strategy<Value = Vec<Index>> {
    proptest::collection::vec(any::<Index>(), 997)
}

#[cfg(test)]
mod tests {
    use super::{Table, choices};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_combination_that_can_meet_is_in_a_row(
            sizes in proptest::collection::vec(1..5_usize, 2..7),
            strength in 2..4_usize,
            random in choices(),
        ) {
            let apart = (1..sizes[1]).map(|level| [(0, 1), (1, level)]).collect();
            let table = Table { sizes, apart };
            let rows = table.rows(strength, &random);
            prop_assert!(rows.iter().all(|row| row[0] != 1 || row[1] == 0));
            let (met, all) = table.coverage(&rows, strength);
            prop_assert_eq!(met, all);
            let (fewer, _) = table.coverage(&rows[1..], strength);
            prop_assert!(fewer < met, "the last row is of use");
        }

        #[test]
        fn the_same_choices_give_the_same_rows(random in choices()) {
            let table = Table { sizes: vec![3, 2, 4], apart: Vec::new() };
            prop_assert_eq!(table.rows(2, &random), table.rows(2, &random));
        }
    }
}
