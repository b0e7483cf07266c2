//! Observations as a table: each response for each clause, with its questions.

use crate::report::document::ObservationEntry;

/// The responses to the questions that one clause leaves open.
#[derive(Debug)]
pub struct ObservedResponses<'a> {
    /// The slug of the clause.
    pub clause: &'static str,
    /// Each response with its questions.
    pub answers: Vec<(&'a str, Vec<&'a str>)>,
}

/// The observations by clause and response, in the order of the catalogue.
pub fn by_answer(observations: &[ObservationEntry]) -> Vec<ObservedResponses<'_>> {
    let of_clause = observations.chunk_by(|one, next| one.clause == next.clause);
    of_clause
        .map(|observations| ObservedResponses {
            clause: observations[0].clause,
            answers: answers(observations),
        })
        .collect()
}

fn answers(observations: &[ObservationEntry]) -> Vec<(&str, Vec<&str>)> {
    let mut answers: Vec<(&str, Vec<&str>)> = Vec::new();
    for observation in observations {
        match answers.iter_mut().find(|(seen, _)| *seen == observation.seen) {
            Some((_, questions)) => questions.push(&observation.question),
            None => answers.push((&observation.seen, vec![&observation.question])),
        }
    }
    answers
}
