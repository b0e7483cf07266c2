//! The projects and their users.

mod ids;
mod person;
mod roles;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub(crate) use ids::is_id;
use person::Person;
pub(crate) use person::Standing;
pub(crate) use roles::{PROJECT_ROLES, is_organization_role, is_project_role};

use crate::{
    fixture::{DEPRECATED_USERNAME, Fixture, Random},
    refusal::Refusal,
};

/// The projects and their users.
pub(crate) struct Store {
    random: Random,
    ids: Ids,
    people: BTreeMap<String, Person>,
    projects: BTreeMap<String, Project>,
    main: String,
}

/// One project: its users by their ids.
pub(crate) type Project = BTreeMap<String, Member>;

/// A user of a project.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) person: Person,
    /// The roles, in the order in which they were given.
    pub(crate) roles: Vec<String>,
    /// The roles that were removed, in that order.
    pub(crate) removed: Vec<String>,
    /// The role that was the only one when another was given last.
    pub(crate) was_only: Option<String>,
    /// Whether the user was invited through the deprecated project invitation. These operations
    /// don't find such users.
    pub(crate) out_of_reach: bool,
}

/// A user in a project, by the ids of the path, which may be malformed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) group: String,
    pub(crate) user: String,
}

/// A removal to make.
#[derive(Clone, Debug)]
pub(crate) struct Removal {
    /// The user in the project.
    pub(crate) target: Target,
    pub(crate) role: String,
}

/// The decision about a removal.
pub(crate) type Decision = Result<Removal, Refusal>;

/// The way in which users get their ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ids {
    /// At random, one for each person.
    #[default]
    Random,
    /// At random, another in each project.
    PerProject,
    /// One after the other.
    CountedUp,
}

impl Store {
    pub(crate) fn new(fixture: &Fixture, random: Random, ids: Ids) -> Self {
        let projects = [&fixture.group_id, &fixture.other_group_id]
            .map(|group| (group.clone(), Project::new()))
            .into();
        let main = fixture.group_id.clone();
        let mut store = Self { random, ids, people: BTreeMap::new(), projects, main };
        let mut person = Person::draw(DEPRECATED_USERNAME, &mut store.random);
        person.id.clone_from(&fixture.deprecated_user_id);
        let roles = ["GROUP_READ_ONLY", "GROUP_DATA_ACCESS_READ_ONLY"].map(str::to_owned).into();
        let member =
            Member { person, roles, removed: Vec::new(), was_only: None, out_of_reach: true };
        store.enter(&fixture.group_id, member);
        store
    }

    /// Whether there is such a project.
    pub(crate) fn has_project(&self, group: &str) -> bool {
        self.projects.contains_key(group)
    }

    /// Whether it is the first of the two projects.
    pub(crate) fn is_main_project(&self, group: &str) -> bool {
        self.main == group
    }

    /// The ids of the projects.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &String> {
        self.projects.keys()
    }

    /// The users of a project that the operations find.
    pub(crate) fn members(&self, group: &str) -> impl Iterator<Item = &Member> {
        let members = self.projects.get(group).into_iter().flat_map(Project::values);
        members.filter(|member| !member.out_of_reach)
    }

    /// One user of a project.
    pub(crate) fn member(&self, target: &Target) -> Result<&Member, Refusal> {
        self.find(target).filter(|member| !member.out_of_reach).ok_or(Refusal::UnknownUser)
    }

    /// One user of a project, even if the operations don't find it.
    pub(crate) fn find(&self, target: &Target) -> Option<&Member> {
        self.projects.get(&target.group)?.get(&target.user)
    }

    /// One user of a project, to be changed.
    pub(crate) fn find_mut(&mut self, target: &Target) -> Option<&mut Member> {
        self.projects.get_mut(&target.group)?.get_mut(&target.user)
    }

    /// All users of all projects.
    pub(crate) fn everyone(&mut self) -> impl Iterator<Item = (Target, &mut Member)> {
        self.projects.iter_mut().flat_map(|(group, project)| {
            project.iter_mut().map(move |(user, member)| {
                (Target { group: group.clone(), user: user.clone() }, member)
            })
        })
    }

    /// Adds a user with these roles.
    pub(crate) fn add_user(
        &mut self,
        group: &str,
        username: &str,
        roles: Vec<String>,
    ) -> Result<&Member, Refusal> {
        let person = self.person(group, username);
        let target = Target { group: group.to_owned(), user: person.id.clone() };
        if self.find(&target).is_some() || username == DEPRECATED_USERNAME {
            return Err(Refusal::AlreadyMember);
        }
        let member =
            Member { person, roles, removed: Vec::new(), was_only: None, out_of_reach: false };
        self.enter(group, member);
        self.member(&target)
    }

    /// Removes a user from a project.
    pub(crate) fn remove_user(&mut self, target: &Target) -> Result<(), Refusal> {
        self.member(target)?;
        self.projects.get_mut(&target.group).and_then(|members| members.remove(&target.user));
        Ok(())
    }

    /// Gives a user a role, perhaps one that the user has already.
    pub(crate) fn add_role(&mut self, target: &Target, role: &str) -> Result<&Member, Refusal> {
        self.member(target)?;
        let member = self.find_mut(target).ok_or(Refusal::UnknownUser)?;
        if !member.has(role) {
            member.was_only = match member.roles.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            };
            member.roles.push(role.to_owned());
        }
        Ok(member)
    }

    /// Decides whether a role can be removed, and changes nothing.
    pub(crate) fn decide(&self, target: &Target, role: &str) -> Result<Removal, Refusal> {
        let member = self.member(target)?;
        if !member.has(role) {
            return Err(Refusal::AbsentRole);
        }
        if member.roles.len() == 1 {
            return Err(Refusal::LastRole);
        }
        Ok(Removal { target: target.clone(), role: role.to_owned() })
    }

    pub(crate) fn remove(&mut self, removal: &Removal) {
        if let Some(member) = self.find_mut(&removal.target) {
            member.remove(&removal.role);
        }
    }

    /// The same person has the same id in all projects.
    fn person(&mut self, group: &str, username: &str) -> Person {
        let key = match self.ids {
            Ids::PerProject => format!("{group} {username}"),
            Ids::Random | Ids::CountedUp => username.to_owned(),
        };
        let Self { people, random, ids, .. } = self;
        let number = people.len();
        let drawn = || {
            let mut person = Person::draw(username, random);
            if *ids == Ids::CountedUp {
                person.id = format!("{number:024}");
            }
            person
        };
        people.entry(key).or_insert_with(drawn).clone()
    }

    fn enter(&mut self, group: &str, member: Member) {
        if let Some(project) = self.projects.get_mut(group) {
            project.insert(member.person.id.clone(), member);
        }
    }
}

impl Member {
    /// Whether the user has the role.
    pub(crate) fn has(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held == role)
    }

    pub(crate) fn remove(&mut self, role: &str) {
        if self.has(role) {
            self.roles.retain(|held| held != role);
            self.removed.push(role.to_owned());
        }
    }

    /// The user as responses show it.
    pub(crate) fn view(&self) -> Map<String, Value> {
        self.person.view(&self.roles)
    }
}
