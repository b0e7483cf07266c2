//! Rows of a table in which any few factors meet at every combination of their levels: a covering
//! array, built greedily.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;

/// Levels, one for each factor.
pub type Row = Vec<usize>;

/// Some factors, each at a level: a bit for each.
type Combination = u64;

/// How many rows are tried for each that is taken.
const TRIES: usize = 6;

/// Factors, and which of their levels can't meet.
pub struct Table {
    /// The numbers of levels of the factors, at most 64 in all.
    pub sizes: Vec<usize>,
    /// Two levels, each of another factor, that no row has both.
    pub apart: Vec<[(usize, usize); 2]>,
}

impl Table {
    /// Rows that cover every combination of `strength` factors that a row can have; `random` chooses
    /// among equals.
    pub fn rows(&self, strength: usize, random: &[Index]) -> Vec<Row> {
        let mut random = random.iter().cycle();
        let mut open = self.combinations(strength);
        let mut rows = Vec::new();
        while let Some(seed) = open.first().copied() {
            let mut best: Option<(usize, Row)> = None;
            for _ in 0..TRIES {
                let Some(row) = self.filled(seed, &open, &mut random) else { continue };
                let gain = self.covered(&row, strength).filter(|it| open.contains(it)).count();
                if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                    best = Some((gain, row));
                }
            }
            // No row has it, or this one has.
            open.remove(&seed);
            if let Some((_, row)) = best {
                for combination in self.covered(&row, strength) {
                    open.remove(&combination);
                }
                rows.push(row);
            }
        }
        rows
    }

    /// How many of the combinations of `strength` factors these rows have, and how many there are.
    pub fn coverage(&self, rows: &[Row], strength: usize) -> (usize, usize) {
        let met: BTreeSet<_> = rows.iter().flat_map(|row| self.covered(row, strength)).collect();
        (met.len(), self.combinations(strength).len())
    }

    /// The combinations of so many factors, at each of their levels, that can meet.
    fn combinations(&self, strength: usize) -> BTreeSet<Combination> {
        let all = among(self.sizes.iter().map(|size| 0..*size).enumerate(), strength, self);
        all.filter(|combination| self.can_meet(*combination)).collect()
    }

    /// The combinations of so many factors that a row has.
    fn covered(&self, row: &[usize], strength: usize) -> impl Iterator<Item = Combination> {
        among(row.iter().map(|level| *level..*level + 1).enumerate(), strength, self)
    }

    fn bit(&self, factor: usize, level: usize) -> Combination {
        1 << (self.sizes[..factor].iter().sum::<usize>() + level)
    }

    fn can_meet(&self, levels: Combination) -> bool {
        let pairs =
            self.apart.iter().map(|pair| pair.map(|(factor, level)| self.bit(factor, level)));
        pairs.into_iter().all(|[one, other]| levels & one == 0 || levels & other == 0)
    }

    /// A row with this combination, whose other levels are drawn at random.
    fn filled<'a>(
        &self,
        seed: Combination,
        open: &BTreeSet<Combination>,
        random: &mut impl Iterator<Item = &'a Index>,
    ) -> Option<Row> {
        /// A combination that few rows can have may take some tries.
        const ATTEMPTS: usize = 40;
        let last = usize::try_from(*open.last()?).unwrap_or(usize::MAX);
        for attempt in 0..ATTEMPTS {
            // Two combinations that are still open at once, if they agree.
            let from = random.next()?.index(last) as Combination;
            let other = open.range(from..).next().filter(|_| attempt < ATTEMPTS / 2);
            let mut row = Row::new();
            for (factor, size) in self.sizes.iter().enumerate() {
                let has =
                    |it: Combination| (0..*size).find(|level| it & self.bit(factor, *level) != 0);
                let drawn = random.next()?.index(*size);
                row.push(has(seed).or(other.and_then(|it| has(*it))).unwrap_or(drawn));
            }
            let levels = row.iter().enumerate().map(|(factor, level)| self.bit(factor, *level));
            if self.can_meet(levels.sum()) {
                return Some(row);
            }
        }
        None
    }
}

/// The combinations of so many of these factors, at these levels.
fn among(
    factors: impl Iterator<Item = (usize, std::ops::Range<usize>)>,
    strength: usize,
    table: &Table,
) -> impl Iterator<Item = Combination> {
    let mut chosen: Vec<Combination> = vec![0];
    for (factor, levels) in factors {
        let more = levels.flat_map(|level| {
            let bit = table.bit(factor, level);
            let small = chosen.iter().filter(|it| (it.count_ones() as usize) < strength);
            small.map(move |it| it | bit).collect::<Vec<_>>()
        });
        let more: Vec<_> = more.collect();
        chosen.extend(more);
    }
    chosen.into_iter().filter(move |it| it.count_ones() as usize == strength)
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
            sizes in proptest::collection::vec(1..5_usize, 3..7),
            strength in 2..4_usize,
            random in choices(),
        ) {
            let apart = (1..sizes[1]).map(|level| [(0, 1), (1, level)]).collect();
            let table = Table { sizes, apart };
            let rows = table.rows(strength, &random);
            prop_assert!(rows.iter().all(|row| row[0] != 1 || row[1] == 0));
            let (met, all) = table.coverage(&rows, strength);
            prop_assert_eq!(met, all);
            let (fewer, _) = table.coverage(&rows[..rows.len() - 1], strength);
            prop_assert!(fewer < met, "the last row is of use");
        }

        #[test]
        fn the_same_choices_give_the_same_rows(random in choices()) {
            let table = Table { sizes: vec![3, 2, 4], apart: Vec::new() };
            prop_assert_eq!(table.rows(2, &random), table.rows(2, &random));
        }
    }
}
