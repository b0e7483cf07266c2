//! Checks that the values of a configuration can be used together.

use atlas_engine::auth::credentials::AccessToken;

use super::{Config, FixtureUser, InvalidConfig, Through, With};
use crate::operation::pattern_of;

impl Config {
    /// Checks that the values can be used together, before any request.
    ///
    /// # Errors
    /// For the first value that is missing or unusable.
    pub fn validate(&self) -> Result<(), InvalidConfig> {
        self.check_target()?;
        self.ids()?;
        self.owner()?;
        self.names()?;
        self.way()
    }

    fn ids(&self) -> Result<(), InvalidConfig> {
        let pattern = pattern_of("groupId");
        let Some(group) = &self.group_id else {
            let variable = "ATLAS_CONFORMANCE_GROUP_ID";
            return Err(InvalidConfig::Missing { key: "group_id", variable });
        };
        let ids = [("group_id", Some(group)), ("other_group_id", self.other_group_id.as_ref())];
        for (key, id) in ids {
            if let Some(id) = id.filter(|id| !pattern.is_match(id)) {
                return Err(InvalidConfig::invalid(
                    key,
                    format!("an id like {pattern}"),
                    id.clone(),
                ));
            }
        }
        Ok(())
    }

    fn owner(&self) -> Result<(), InvalidConfig> {
        let credentials = &self.credentials;
        for (key, token) in [
            ("credentials.owner_token.access_token", &credentials.owner_token),
            ("credentials.reader_token.access_token", &credentials.reader_token),
        ] {
            let fits = |token: &AccessToken| {
                token.access_token.expose().bytes().all(|byte| byte.is_ascii_graphic())
            };
            if token.as_ref().is_some_and(|token| !fits(token)) {
                let expected = "a token without spaces and other than ASCII characters";
                return Err(InvalidConfig::invalid(key, expected, "another".to_owned()));
            }
        }
        if credentials.owner_token.is_some()
            || credentials.owner.is_some()
            || credentials.owner_key.is_some()
        {
            return Ok(());
        }
        let variable = "ATLAS_CONFORMANCE_CREDENTIALS_OWNER_CLIENT_ID (and _CLIENT_SECRET)";
        Err(InvalidConfig::Missing { key: "credentials.owner", variable })
    }

    fn names(&self) -> Result<(), InvalidConfig> {
        let state = &self.state;
        for (key, template) in [
            ("state.active_username", &state.active_username),
            ("state.pending_username", &state.pending_username),
        ] {
            if let Some(template) = template.as_ref().filter(|text| !text.contains("{n}")) {
                return Err(InvalidConfig::invalid(
                    key,
                    "a name that contains `{n}`",
                    template.clone(),
                ));
            }
        }
        match state.roles.as_ref().filter(|roles| roles.len() < 3) {
            Some(roles) => {
                Err(InvalidConfig::invalid("state.roles", "at least three roles", roles.join(", ")))
            }
            None => Ok(()),
        }
    }

    fn way(&self) -> Result<(), InvalidConfig> {
        let state = &self.state;
        let hooked = [Some(state.read_back()), Some(state.add_roles())]
            .contains(&Some(Through::Hook))
            || state.with == With::Hook;
        if hooked && state.hook.is_none() {
            return Err(InvalidConfig::Missing {
                key: "state.hook",
                variable: "ATLAS_CONFORMANCE_STATE_HOOK",
            });
        }
        if state.with != With::Fixtures && !state.users.is_empty() {
            let got = format!("with = \"{}\"", state.with.word());
            return Err(InvalidConfig::invalid(
                "state.users",
                "`with = \"fixtures\"` beside them",
                got,
            ));
        }
        let asked_about = state.deprecated_user_id.as_ref();
        if let Some(id) = asked_about.filter(|id| self.protect.contains(id)) {
            let expected = "a user whom `protect` does not name";
            return Err(InvalidConfig::invalid("state.deprecated_user_id", expected, id.clone()));
        }
        state.users.iter().try_for_each(|user| self.listed(user))
    }

    fn listed(&self, user: &FixtureUser) -> Result<(), InvalidConfig> {
        let pattern = pattern_of("userId");
        if !pattern.is_match(&user.id) {
            let expected = format!("an id like {pattern}");
            return Err(InvalidConfig::invalid("state.users.id", expected, user.id.clone()));
        }
        let key = "state.users.roles";
        let known = self.state.known_roles();
        if user.roles.is_empty() {
            return Err(InvalidConfig::invalid(key, "at least one role", "none".to_owned()));
        }
        if let Some(role) = user.roles.iter().find(|role| !known.contains(role)) {
            let expected = format!("roles of `state.roles`, which are {}", known.join(", "));
            return Err(InvalidConfig::invalid(key, expected, role.clone()));
        }
        let twins = self.state.users.iter().filter(|other| other.id == user.id).count();
        if twins > 1 {
            return Err(InvalidConfig::invalid("state.users.id", "each id once", user.id.clone()));
        }
        Ok(())
    }
}

impl With {
    /// Its word in a configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Hook => "hook",
            Self::Fixtures => "fixtures",
        }
    }
}
