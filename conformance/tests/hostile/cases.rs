//! Which server is hostile where: each hostility at the operation and at the token endpoint,
//! some at every request or before it.

use atlas_reference::Options;

use crate::finding::Finding;
use crate::hostility::Hostility;
use crate::relay::Relay;
use crate::server::{Place, Server};
use crate::suite::{RunSettings, run};
use crate::{
    chunks, content, head, length, limits, login, no_response, redirects, sequences, status_line,
    tls, tokens,
};

/// One hostile server.
pub(crate) enum Row {
    /// Whose answers hurt.
    Hostile { place: Place, hostility: Hostility, settings: RunSettings },
    /// Whose TLS fails.
    Tls(&'static tls::Setting),
}

/// Every row, in the order of the snapshot.
pub(crate) fn rows() -> Vec<Row> {
    let anywhere: [&[Hostility]; 10] = [
        &no_response::ALL,
        &status_line::ALL,
        &head::ALL,
        &length::ALL,
        &chunks::BROKEN,
        &chunks::ENDLESS,
        &content::ALL,
        &content::PACKED,
        &limits::ALL,
        &redirects::ALL,
    ];
    let anywhere = || anywhere.into_iter().flatten();
    let operation = anywhere().chain(&limits::ELSEWHERE).chain(&login::ALL);
    let tokens =
        anywhere().chain(&tokens::NO_TOKEN).chain(&tokens::LIFETIMES).chain(&tokens::AT_FIRST);
    let elsewhere = || {
        let answers = content::ALL.iter().chain(&length::ALL[..4]).chain(&redirects::ALL[..2]);
        no_response::ALL.iter().chain(&chunks::ENDLESS).chain(answers)
    };
    let everywhere = no_response::ALL[..6].iter().chain(&login::ALL[7..8]);
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(operation.map(|hostility| hostile(Place::Operation, *hostility)));
    rows.extend(tokens.map(|hostility| hostile(Place::Tokens, *hostility)));
    rows.extend(elsewhere().map(|hostility| hostile(Place::Siblings, *hostility)));
    rows.extend(elsewhere().map(|hostility| hostile(Place::Hook, *hostility)));
    rows.extend(everywhere.map(|hostility| hostile(Place::Everywhere, *hostility)));
    rows.extend(
        no_response::AT_ONCE.iter().map(|hostility| hostile(Place::Connection, *hostility)),
    );
    // What these do depends on what was asked before, so one check runs after the other.
    let in_turn = "--jobs=1";
    rows.extend(sequences::OPERATION.map(|it| with_argument(Place::Operation, it, in_turn)));
    rows.extend(sequences::EVERYWHERE.map(|it| with_argument(Place::Everywhere, it, in_turn)));
    rows.push(with_argument(Place::Operation, sequences::SLOW, "--only=roles/last/refused"));
    rows.extend(tls::ALL.iter().map(Row::Tls));
    rows
}

fn with_argument(place: Place, hostility: Hostility, argument: &str) -> Row {
    let settings = RunSettings { arguments: vec![argument.to_owned()], ..RunSettings::default() };
    Row::Hostile { place, hostility, settings }
}

fn hostile(place: Place, hostility: Hostility) -> Row {
    let settings = RunSettings { by_hook: place == Place::Hook, ..RunSettings::default() };
    Row::Hostile { place, hostility, settings }
}

impl Row {
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Hostile { place, hostility, .. } => {
                format!("{}: {}", place.word(), hostility.name)
            }
            Self::Tls(setting) => setting.name.to_owned(),
        }
    }

    /// Starts the server, runs the suite against it, and stops it.
    pub(crate) fn try_out(&self) -> Finding {
        let honest = atlas_reference::start(Options { seed: Some(1), ..Options::default() });
        let honest = honest.expect("the honest server");
        let relay = Relay::to(honest.url());
        match self {
            Self::Hostile { place, hostility, settings } => {
                let server = Server::start(*place, *hostility, relay);
                run(&format!("http://{}", server.address), honest.fixture(), settings)
            }
            Self::Tls(setting) => setting.try_out(honest.fixture(), &relay),
        }
    }
}
