//! The resource that a path names, and the operation that a method asks for.

use http::Method;
use percent_encoding::percent_decode_str;

use crate::{refusal::Refusal, store::Target};

/// The resource that a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    RemoveRole(Target),
    AddRole(Target),
    User(Target),
    Users(String),
    Token,
    Revoke,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// The operation under test.
    RemoveRole,
    /// Gives a user a role.
    AddRole,
    /// Adds or invites a user.
    AddUser,
    GetUser,
    /// Returns all users of a project.
    ListUsers,
    /// Removes a user from a project.
    RemoveUser,
}

impl Route {
    /// Reads a path. Segments are split first, then decoded: an encoded slash stays in its id.
    pub(crate) fn of(path: &str) -> Self {
        let segments: Vec<String> = path
            .split('/')
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
            .collect();
        match segments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["", "api", "oauth", "token"] => Self::Token,
            ["", "api", "oauth", "revoke"] => Self::Revoke,
            ["", "api", "atlas", "v2", "groups", group, "users"] => Self::Users(group.to_owned()),
            ["", "api", "atlas", "v2", "groups", group, "users", user] => {
                Self::of_user(group, user)
            }
            _ => Self::Unknown,
        }
    }

    /// A malformed id may contain colons, so the action follows the last one.
    fn of_user(group: &str, segment: &str) -> Self {
        let target = |user: &str| Target { group: group.to_owned(), user: user.to_owned() };
        match segment.rsplit_once(':') {
            Some((user, "removeRole")) => Self::RemoveRole(target(user)),
            Some((user, "addRole")) => Self::AddRole(target(user)),
            Some(_) => Self::Unknown,
            None => Self::User(target(segment)),
        }
    }

    /// The operation that the method asks for.
    pub(crate) fn operation(&self, method: &Method) -> Result<Operation, Refusal> {
        let get = method == Method::GET || method == Method::HEAD;
        match self {
            Self::RemoveRole(_) if method == Method::POST => Ok(Operation::RemoveRole),
            Self::AddRole(_) if method == Method::POST => Ok(Operation::AddRole),
            Self::User(_) if get => Ok(Operation::GetUser),
            Self::User(_) if method == Method::DELETE => Ok(Operation::RemoveUser),
            Self::Users(_) if get => Ok(Operation::ListUsers),
            Self::Users(_) if method == Method::POST => Ok(Operation::AddUser),
            Self::RemoveRole(_) | Self::AddRole(_) | Self::Token | Self::Revoke => {
                Err(Refusal::Method("POST"))
            }
            Self::User(_) => Err(Refusal::Method("GET, HEAD, DELETE")),
            Self::Users(_) => Err(Refusal::Method("GET, HEAD, POST")),
            Self::Unknown => Err(Refusal::NoSuchRoute),
        }
    }

    /// The project that the path names.
    pub(crate) fn group(&self) -> Option<&str> {
        match self {
            Self::RemoveRole(target) | Self::AddRole(target) | Self::User(target) => {
                Some(&target.group)
            }
            Self::Users(group) => Some(group),
            Self::Token | Self::Revoke | Self::Unknown => None,
        }
    }

    /// The user that the path names.
    pub(crate) fn user(&self) -> Option<&str> {
        match self {
            Self::RemoveRole(target) | Self::AddRole(target) | Self::User(target) => {
                Some(&target.user)
            }
            Self::Users(_) | Self::Token | Self::Revoke | Self::Unknown => None,
        }
    }
}

impl Operation {
    /// Whether it changes the project.
    pub(crate) fn changes(self) -> bool {
        !matches!(self, Self::GetUser | Self::ListUsers)
    }
}
