//! Given: sets users up, reads them back, and gives them back.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use atlas_engine::exchange::Exchange;
use atlas_engine::judge::violation::SetUp;
use atlas_engine::run::check::Halt;
use proptest::strategy::{Just, Strategy};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Probe;
use crate::subject::{self, listed};
use crate::users::provider::Reading;
use crate::users::user::{Membership, User};

impl Probe {
    /// A user with these roles, in the project.
    pub async fn given(&self, membership: Membership, roles: &[String]) -> Result<Rc<User>, Halt> {
        let group = self.group().to_owned();
        let username = self.username(membership)?;
        self.given_in(&group, membership, &username, roles).await
    }

    /// A user with `count` roles, whichever they are.
    pub async fn given_some(
        &self,
        membership: Membership,
        count: usize,
    ) -> Result<(Rc<User>, Vec<String>), Halt> {
        let group = self.group().to_owned();
        self.given_some_in(&group, membership, count).await
    }

    /// ... in this project.
    pub async fn given_some_in(
        &self,
        group: &str,
        membership: Membership,
        count: usize,
    ) -> Result<(Rc<User>, Vec<String>), Halt> {
        let shuffled = self.sample(&Just(self.roles()).prop_shuffle())?;
        self.given_first_of(group, membership, count, shuffled).await
    }

    /// A user in this project with the first of these roles, as far as users have them.
    pub async fn given_first_of(
        &self,
        group: &str,
        membership: Membership,
        count: usize,
        mut roles: Vec<String>,
    ) -> Result<(Rc<User>, Vec<String>), Halt> {
        if group == self.group() {
            let roles = self.run.provider.roles_of_some(membership, count, roles)?;
            return Ok((self.given(membership, &roles).await?, roles));
        }
        roles.truncate(count);
        let username = self.username(membership)?;
        Ok((self.given_in(group, membership, &username, &roles).await?, roles))
    }

    /// A user with this name and these roles, in this project.
    pub async fn given_in(
        &self,
        group: &str,
        membership: Membership,
        username: &str,
        roles: &[String],
    ) -> Result<Rc<User>, Halt> {
        self.check_stopped()?;
        let wanted = roles.iter().cloned().collect();
        let user = self.run.provider.user(group, membership, username, &wanted).await?;
        let user = Rc::new(user);
        self.extend_trail(user.made_by.clone());
        let description = format!("{} with {}", self.origin(&user), listed(&wanted));
        let exchanges = user.made_by.iter().cloned().collect();
        self.note_set_up(&user.id, SetUp { description, exchanges });
        self.users.borrow_mut().push(Rc::clone(&user));
        Ok(user)
    }

    fn origin(&self, user: &User) -> String {
        let membership = user.membership.word();
        match self.makes_users() {
            true if user.made_by.is_some() => format!("a new {membership} user"),
            true => format!("a {membership} user of the hook's"),
            false => format!("a listed {membership} user"),
        }
    }

    /// The id of a user who was invited through the deprecated endpoint.
    pub async fn given_deprecated(&self) -> Result<String, Halt> {
        self.check_stopped()?;
        let id = self.run.provider.deprecated_user().await?;
        let id =
            id.ok_or_else(|| Halt::Skip("needs deprecated-user: none can be had".to_owned()))?;
        self.deprecated.borrow_mut().push(id.clone());
        Ok(id)
    }

    /// A user name of its own for each call, the same for the same seed.
    pub fn username(&self, membership: Membership) -> Result<String, Halt> {
        let number = self.usernames.get();
        self.usernames.set(number + 1);
        let hash = Sha256::digest(format!("{}/{}/{number}", self.seed(), self.check().id));
        let word: u128 = hash.iter().take(16).fold(0, |word, byte| word << 8 | u128::from(*byte));
        // Names of several lengths, since a fault may show for some only.
        let length = 8 + (number as usize * 3) % 13;
        let unique: String = base36(word).chars().take(length).collect();
        let template =
            self.run.provider.capabilities.template(membership).unwrap_or("{n}@example.com");
        Ok(template.replace("{n}", &unique))
    }

    /// Adds a role to a user, as the model says too.
    pub async fn add_role(&self, user: &User, role: &str) -> Result<(), Halt> {
        user.touched.set(true);
        let exchange = self.run.provider.add_role(user, role).await?;
        self.extend_trail(exchange);
        let before = user.roles.borrow().iter().cloned().collect::<Vec<_>>();
        user.was_only.replace(match before.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        });
        user.roles.borrow_mut().insert(role.to_owned());
        Ok(())
    }

    /// Sends addRole and gives the exchange, for races.
    pub async fn try_add_role(&self, user: &User, role: &str) -> Result<Rc<Exchange>, Halt> {
        user.touched.set(true);
        self.run.provider.try_add_role(user, role).await
    }

    /// What the target says of a user, as JSON; null where users can't be read back.
    pub async fn read(&self, user: &User) -> Result<Value, Halt> {
        match self.run.provider.read(user).await? {
            Reading::User(read, _) => Ok(read),
            Reading::Gone(_) => Err(Halt::Error(format!("the user {} is gone", user.username))),
            Reading::Unreadable => {
                self.unreadable.set(true);
                Ok(Value::Null)
            }
        }
    }

    /// Whether the target knows a user of this id in the project, as far as can be seen.
    pub async fn knows(&self, id: &str) -> Result<bool, Halt> {
        let someone = User::new(self.group(), id, "", Membership::Active, BTreeSet::new());
        Ok(matches!(self.run.provider.read(&someone).await?, Reading::User(..)))
    }

    /// Reads a user once more when the check is over: it has to have the roles of the model, whatever
    /// was sent since to whomever. Late effects and harm to bystanders show here. A user that can't
    /// be read is no breach; checks read on their own.
    pub(super) async fn audit(&self, user: &User) {
        if !self.budget().is_thorough() || self.unmodelled.borrow().contains(&user.id) {
            return;
        }
        let Ok(Reading::User(read, exchange)) = self.run.provider.read(user).await else { return };
        let (got, held) = (subject::roles(&read).unwrap_or_default(), user.held());
        if got != held {
            user.touched.set(true);
            let expected = format!(
                "{} to have {} until a request takes one of them",
                user.username,
                listed(&held)
            );
            self.violate(Clause::RolesRemovesExactlyOne, expected, listed(&got), &exchange);
        }
    }

    /// Removes a user, whom the check has read last, from its project now; gives a listed one back.
    pub async fn remove_user(&self, user: &Rc<User>) -> Result<(), Halt> {
        self.users.borrow_mut().retain(|known| !Rc::ptr_eq(known, user));
        Ok(self.run.provider.give_back(user).await?)
    }
}

fn base36(mut word: u128) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut text = String::new();
    while word > 0 {
        text.push(char::from(DIGITS[usize::try_from(word % 36).unwrap_or_default()]));
        word /= 36;
    }
    text
}
