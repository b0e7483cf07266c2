//! What the violations of a run have in common: one defect shows in many checks, and is one cause.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use atlas_api::clauses::Clause;

use super::check::CheckInfo;
use crate::exchange::{Circumstance, Circumstances};
use crate::judge::violation::{Rule, RuleKind, UnderSome, Violation};

/// The most circumstances that have to come together.
const TOGETHER: usize = 3;

/// A violation and the check that met it.
#[derive(Debug, Clone)]
pub struct Met {
    pub by: CheckInfo,
    pub violation: Violation,
}

/// What a run found wrong in one way.
#[derive(Debug, Clone)]
pub struct Cause {
    pub clause: Clause,
    /// Whether the rule was never kept.
    always: bool,
    /// The circumstances that all its violations share, and no request that was served right; none
    /// where it shows always.
    pub circumstances: Vec<Circumstance>,
    /// Its violations, the plainest first.
    pub met: Vec<Met>,
}

impl Cause {
    /// Takes the violations of another rule that follow from this cause: those under the same
    /// circumstances, of a level that is no stricter. What is wrong under all circumstances makes
    /// whatever is built on it unreliable, but not a refusal that fails to come.
    fn absorb(&mut self, rule: Rule, met: &mut Vec<Met>) {
        let is_basis = self.always && rule.kind != RuleKind::Refused;
        let reaches = !self.circumstances.is_empty() || is_basis;
        if !reaches || rule.clause.level() < self.clause.level() {
            return;
        }
        let all = std::mem::take(met);
        let follows = |met: &Met| circumstances(met).is_some_and(|it| has(it, &self.circumstances));
        let (following, other): (Vec<_>, Vec<_>) = all.into_iter().partition(follows);
        self.met.extend(following);
        *met = other;
    }

    /// The ids of the checks that met it.
    pub fn checks(&self) -> BTreeSet<&'static str> {
        self.met.iter().map(|met| met.by.id).collect()
    }
}

/// A rule of the model that was kept, and the circumstances of the request that shows it.
pub type Kept = (Rule, Arc<Circumstances>);

/// Groups violations by what they have in common.
///
/// A violation of a response by itself belongs to its clause. A mismatch with the model belongs to
/// the fewest circumstances that none of the requests shares for which the same rule was kept.
pub fn find(met: Vec<Met>, kept: &BTreeSet<Kept>) -> Vec<Cause> {
    let mut by_clause: BTreeMap<Clause, Vec<Met>> = BTreeMap::new();
    let mut by_rule: BTreeMap<Rule, Vec<Met>> = BTreeMap::new();
    for met in met {
        match &met.violation.mismatch {
            None => by_clause.entry(met.violation.clause).or_default().push(met),
            Some(mismatch) => by_rule.entry(mismatch.rule).or_default().push(met),
        }
    }
    let mut causes: Vec<Cause> = Vec::new();
    for (rule, mut met) in by_rule {
        for cause in &mut causes {
            cause.absorb(rule, &mut met);
        }
        let of_rule = kept.iter().filter(|(kept, _)| *kept == rule);
        let right: Vec<&Circumstances> = of_rule.map(|(_, under)| under.as_ref()).collect();
        for (circumstances, met) in split(met, &right) {
            let clause = blamed(rule, &circumstances);
            let always = rule.kind != RuleKind::Refused && right.is_empty();
            causes.push(Cause { clause, always, circumstances, met });
        }
    }
    for (clause, met) in by_clause {
        match causes.iter_mut().find(|cause| cause.clause == clause) {
            Some(cause) => cause.met.extend(met),
            None => {
                let (always, circumstances) = (false, Vec::new());
                causes.push(Cause { clause, always, circumstances, met });
            }
        }
    }
    let mut causes = without_weaker(causes);
    for cause in &mut causes {
        cause.met.sort_by_key(|met| effort(&met.violation));
        for met in &mut cause.met {
            met.violation.clause = cause.clause;
        }
    }
    causes.sort_by_key(|cause| (cause.clause.level(), cause.clause));
    causes
}

/// Takes out what undocumented requests show and documented ones show too.
fn without_weaker(causes: Vec<Cause>) -> Vec<Cause> {
    let named: BTreeSet<Clause> = causes.iter().map(|cause| cause.clause).collect();
    let is_weaker =
        |met: &Met| met.violation.instead_of.is_some_and(|clause| named.contains(&clause));
    causes.into_iter().filter(|cause| !cause.met.iter().all(is_weaker)).collect()
}

/// The clause that says what is broken under these circumstances.
fn blamed(rule: Rule, circumstances: &[Circumstance]) -> Clause {
    match rule.under_some {
        _ if circumstances.is_empty() => rule.clause,
        UnderSome::Same => rule.clause,
        UnderSome::Other(clause) => clause,
        UnderSome::Its => circumstances.iter().find_map(|it| it.clause).unwrap_or(rule.clause),
    }
}

/// How many defects of one rule are told apart.
const APART: usize = 2;

/// The violations of one rule, by the circumstances that explain them. Where it takes more than a few
/// explanations, none is likely, and all are one.
fn split(met: Vec<Met>, right: &[&Circumstances]) -> Vec<(Vec<Circumstance>, Vec<Met>)> {
    let mut split: Vec<(Vec<Circumstance>, Vec<Met>)> = Vec::new();
    let mut rest = met;
    while !rest.is_empty() {
        let wrong: Vec<&Circumstances> = rest.iter().filter_map(circumstances).collect();
        let common = explanation(&wrong, right);
        let (explained, other) =
            rest.into_iter().partition(|met| circumstances(met).is_some_and(|it| has(it, &common)));
        split.push((common, explained));
        rest = other;
    }
    let is_likely = split.len() <= APART && split.iter().all(|(common, _)| common.len() <= 1);
    if split.len() <= 1 || is_likely {
        return split;
    }
    vec![(Vec::new(), split.into_iter().flat_map(|(_, met)| met).collect())]
}

fn circumstances(met: &Met) -> Option<&Circumstances> {
    met.violation.mismatch.as_ref().map(|mismatch| mismatch.circumstances.as_ref())
}

fn has(circumstances: &Circumstances, all: &[Circumstance]) -> bool {
    all.iter().all(|one| circumstances.contains(one))
}

/// The fewest circumstances that wrong requests have and no right one: those that explain all of the
/// wrong ones, or else most of them. None where nothing tells them apart.
fn explanation(wrong: &[&Circumstances], right: &[&Circumstances]) -> Vec<Circumstance> {
    let mut most: Option<(usize, Vec<Circumstance>)> = None;
    for count in 0..=TOGETHER {
        let candidates: BTreeSet<Vec<Circumstance>> =
            wrong.iter().flat_map(|one| chosen(one, count)).collect();
        let tells = candidates.into_iter().filter(|common| !right.iter().any(|it| has(it, common)));
        let explained =
            |common: &Vec<Circumstance>| wrong.iter().filter(|it| has(it, common)).count();
        // Of equals the first in their order.
        let best = tells.map(|it| (explained(&it), it)).min_by_key(|(count, _)| Reverse(*count));
        match best {
            Some((all, common)) if all == wrong.len() => return common,
            Some(best) if most.is_none() => most = Some(best),
            _ => {}
        }
    }
    most.map(|(_, common)| common).unwrap_or_default()
}

/// Every choice of so many of them.
fn chosen(all: &Circumstances, count: usize) -> Vec<Vec<Circumstance>> {
    let all: Vec<&Circumstance> = all.iter().collect();
    let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        choices = choices
            .into_iter()
            .flat_map(|choice| {
                let from = choice.last().map_or(0, |last| last + 1);
                (from..all.len()).map(move |next| [&choice[..], &[next]].concat())
            })
            .collect();
    }
    choices
        .into_iter()
        .map(|choice| choice.into_iter().map(|at| all[at].clone()).collect())
        .collect()
}

/// How much there is to read: the plainest violation is shown.
fn effort(violation: &Violation) -> (usize, usize, usize) {
    let circumstances = violation.mismatch.as_ref().map_or(0, |it| it.circumstances.len());
    let size = |exchange: &crate::exchange::Exchange| {
        let request = &exchange.request;
        let fields: usize = request.headers.iter().map(|(_, value)| value.len()).sum();
        request.target.len() + request.body.len() + fields
    };
    let bytes = violation.exchanges.iter().map(|exchange| size(exchange)).sum::<usize>();
    (circumstances, violation.exchanges.len(), bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::rc::Rc;
    use std::sync::Arc;

    use atlas_api::clauses::Clause;

    use super::{Cause, Kept, Met, find};
    use crate::exchange::{Circumstance, Circumstances, Exchange, Request, Response};
    use crate::judge::violation::{Rule, RuleKind, UnderSome, Violation};
    use crate::run::check::CheckInfo;

    const SERVED: Rule = Rule {
        kind: RuleKind::Served,
        clause: Clause::RequestBodyShape,
        under_some: UnderSome::Its,
    };

    const CHECK: CheckInfo = CheckInfo { id: "a/b/c", title: "", clauses: &[] };

    fn circumstance(words: &'static str) -> Circumstance {
        let (rank, clause) = match words {
            "digest" => (0, Some(Clause::AuthDigest)),
            "pending" => (1, Some(Clause::QueryEnvelope)),
            _ => (2, None),
        };
        Circumstance { rank, words: words.into(), clause }
    }

    fn under(words: &[&'static str]) -> Arc<Circumstances> {
        Arc::new(words.iter().copied().map(circumstance).collect())
    }

    fn wrong(words: &[&'static str]) -> Met {
        let request = Request { circumstances: under(words), ..Request::default() };
        let response = Ok(Response::new(404, Vec::new(), Vec::new()));
        let exchange = Rc::new(Exchange::instant(request, response));
        let violation = Violation::new(Clause::AuthRequired, "200", "404", &exchange);
        Met { by: CHECK, violation: violation.of_rule(SERVED) }
    }

    fn right(words: &[&'static str]) -> Kept {
        (SERVED, under(words))
    }

    fn found(wrong: Vec<Met>, right: &[Kept]) -> Vec<(Clause, Vec<String>)> {
        let causes = find(wrong, &right.iter().cloned().collect::<BTreeSet<_>>());
        let words = |cause: &Cause| {
            cause.circumstances.iter().map(|it| it.words.to_string()).collect::<Vec<_>>()
        };
        causes.iter().map(|cause| (cause.clause, words(cause))).collect()
    }

    #[test]
    fn what_all_wrong_requests_share_and_no_right_one_is_the_cause() {
        let wrong = vec![wrong(&["pending", "bearer"]), wrong(&["pending", "digest"])];
        let right = [right(&["active", "bearer"]), right(&["active", "digest"])];
        let pending = (Clause::QueryEnvelope, vec!["pending".to_owned()]);
        assert_eq!(found(wrong, &right), [pending]);
    }

    #[test]
    fn two_circumstances_that_meet_are_named_together() {
        let wrong = vec![wrong(&["pending", "digest", "pretty"]), wrong(&["pending", "digest"])];
        let right = [right(&["pending", "bearer", "pretty"]), right(&["active", "digest"])];
        let both = vec!["digest".to_owned(), "pending".to_owned()];
        assert_eq!(found(wrong, &right), [(Clause::AuthDigest, both)]);
    }

    #[test]
    fn what_is_always_wrong_is_wrong_under_no_circumstance() {
        let wrong = vec![wrong(&["pending", "digest"]), wrong(&["active", "digest"])];
        assert_eq!(found(wrong, &[]), [(Clause::RequestBodyShape, Vec::new())]);
    }

    #[test]
    fn what_nothing_tells_apart_is_one_cause_as_well() {
        let wrong = vec![wrong(&["active", "digest"])];
        let right = [right(&["active", "digest", "pretty"])];
        assert_eq!(found(wrong, &right), [(Clause::RequestBodyShape, Vec::new())]);
    }

    #[test]
    fn two_defects_are_two_causes() {
        let wrong = vec![wrong(&["pending", "bearer"]), wrong(&["active", "digest"])];
        let right = [right(&["active", "bearer"])];
        let causes = found(wrong, &right);
        assert_eq!(causes.len(), 2);
        assert_eq!(causes[0].0, Clause::QueryEnvelope);
    }
}
