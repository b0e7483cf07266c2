//! What hangs in the gallery, and where: each hostility at the operation and at the token endpoint,
//! some at every request or before it.

use atlas_reference::Options;

use crate::finding::Finding;
use crate::hostility::Hostility;
use crate::relay::Relay;
use crate::server::{Place, Server};
use crate::suite::{Told, run};
use crate::{
    chunks, content, head, length, limits, login, no_response, redirects, status_line, tls, tokens,
    turns,
};

/// One hostile server.
pub(crate) enum Row {
    /// Whose answers hurt.
    Hostile { place: Place, hostility: Hostility, told: Told },
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
        let told = content::ALL.iter().chain(&length::ALL[..4]).chain(&redirects::ALL[..2]);
        no_response::ALL.iter().chain(&chunks::ENDLESS).chain(told)
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
    rows.extend(turns::OPERATION.map(|it| told(Place::Operation, it, in_turn)));
    rows.extend(turns::EVERYWHERE.map(|it| told(Place::Everywhere, it, in_turn)));
    rows.push(told(Place::Operation, turns::SLOW, "--only=roles/last/refused"));
    rows.extend(tls::ALL.iter().map(Row::Tls));
    rows
}

fn told(place: Place, hostility: Hostility, argument: &str) -> Row {
    let told = Told { arguments: vec![argument.to_owned()], ..Told::default() };
    Row::Hostile { place, hostility, told }
}

fn hostile(place: Place, hostility: Hostility) -> Row {
    let told = Told { by_hook: place == Place::Hook, ..Told::default() };
    Row::Hostile { place, hostility, told }
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
            Self::Hostile { place, hostility, told } => {
                let server = Server::start(*place, *hostility, relay);
                run(&format!("http://{}", server.address), honest.fixture(), told)
            }
            Self::Tls(setting) => setting.try_out(honest.fixture(), &relay),
        }
    }
}
