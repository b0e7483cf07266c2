//! What a configuration is written from: options, and answers to questions.

use std::io::{BufRead, Write};

use atlas_remove_role::operation::pattern_of;
use clap::ValueEnum;
use url::Url;

use crate::args::{InitArgs, InitAuth, InitWith};

const USUAL_TARGET: &str = "http://127.0.0.1:8080";
const USUAL_GROUP: &str = "5f1b2c3d4e5f60718293a4b5";

/// What a configuration is written from.
pub(super) struct Answers {
    pub(super) target: String,
    pub(super) group_id: String,
    pub(super) with: InitWith,
    /// The URL of the hook, empty where there is none.
    pub(super) hook: String,
    /// The project roles that the server knows; none for those of Atlas.
    pub(super) roles: Option<Vec<String>>,
    pub(super) auth: InitAuth,
    pub(super) protect: Option<String>,
}

impl Answers {
    /// The variable that has to be set before a run, if nothing has to be written into the file first.
    pub(super) fn secret_variable(&self) -> Option<&'static str> {
        (self.auth == InitAuth::AccessToken).then_some("OWNER_TOKEN")
    }
}

/// Takes each answer from its option, or asks.
pub(super) fn answers(
    args: &InitArgs,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<Answers, String> {
    let mut questions = Questions { input, out, silent: args.yes };
    let target = questions.ask(
        args.target.as_deref(),
        "URL of the server, with any path prefix",
        USUAL_TARGET,
        http_url,
    )?;
    let group_id =
        questions.ask(args.group_id.as_deref(), "Id of the project to use", USUAL_GROUP, id)?;
    let with = match args.with {
        Some(with) => with,
        None => questions.ask(
            None,
            "How are users set up: api (the server has addGroupUsers), hook (a URL of yours), \
             fixtures (users that are there)?",
            "api",
            one_of::<InitWith>,
        )?,
    };
    let hook = match with {
        InitWith::Hook => {
            let beside = format!("{}/state", target.trim_end_matches('/'));
            questions.ask(args.hook.as_deref(), "URL of the hook", &beside, http_url)?
        }
        InitWith::Api | InitWith::Fixtures => String::new(),
    };
    let given = (!args.roles.is_empty()).then(|| args.roles.join(","));
    let roles = questions.ask(
        given.as_deref(),
        "Project roles that the server knows, separated by commas",
        "all of Atlas",
        roles,
    )?;
    let auth = match args.auth {
        Some(auth) => auth,
        None => questions.ask(
            None,
            "Authenticate with a service-account, an api-key or an access-token?",
            "service-account",
            one_of::<InitAuth>,
        )?,
    };
    let protect = questions.ask(
        args.protect.as_deref(),
        "Your own user name, which is never changed",
        "none",
        |name| Ok((name != "none").then(|| name.to_owned())),
    )?;
    Ok(Answers { target, group_id, with, hook, roles, auth, protect })
}

/// Where questions are asked and answered.
struct Questions<'a> {
    input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
    /// Ask nothing: what no option gives has its usual value.
    silent: bool,
}

impl Questions<'_> {
    /// Reads the given value, or asks until an answer can be read.
    fn ask<T>(
        &mut self,
        given: Option<&str>,
        question: &str,
        usual: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, String> {
        if let Some(value) = given.or(self.silent.then_some(usual)) {
            return read(value);
        }
        let failed = |error: std::io::Error| format!("can't ask: {error}; pass --yes");
        loop {
            write!(self.out, "{question} [{usual}] ").map_err(failed)?;
            self.out.flush().map_err(failed)?;
            let mut line = String::new();
            if self.input.read_line(&mut line).map_err(failed)? == 0 {
                return Err(format!("no answer to `{question}`; pass --yes for usual values"));
            }
            let answer = line.trim();
            match read(if answer.is_empty() { usual } else { answer }) {
                Ok(value) => return Ok(value),
                Err(reason) => writeln!(self.out, "{reason}").map_err(failed)?,
            }
        }
    }
}

fn http_url(text: &str) -> Result<String, String> {
    let url: Option<Url> = text.parse().ok();
    let fits = url.is_some_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
    match fits {
        true => Ok(text.to_owned()),
        false => Err(format!("expected a URL like {USUAL_TARGET}, got `{text}`")),
    }
}

fn id(text: &str) -> Result<String, String> {
    let pattern = pattern_of("groupId");
    match pattern.is_match(text) {
        true => Ok(text.to_owned()),
        false => Err(format!("expected an id like {USUAL_GROUP}, got `{text}`")),
    }
}

fn roles(text: &str) -> Result<Option<Vec<String>>, String> {
    if text == "all of Atlas" {
        return Ok(None);
    }
    let roles: Vec<_> = text.split(',').map(|role| role.trim().to_owned()).collect();
    match roles.len() >= 3 && roles.iter().all(|role| !role.is_empty()) {
        true => Ok(Some(roles)),
        false => Err(format!("expected three roles or more, separated by commas, got `{text}`")),
    }
}

fn one_of<T: ValueEnum>(text: &str) -> Result<T, String> {
    T::from_str(text, false).map_err(|_| {
        let names: Vec<_> = T::value_variants()
            .iter()
            .filter_map(|value| Some(value.to_possible_value()?.get_name().to_owned()))
            .collect();
        format!("expected {}, got `{text}`", names.join(", "))
    })
}
