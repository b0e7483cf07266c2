//! The reasons why a request is refused.

use crate::{
    auth::Denial,
    http::{BadParameter, Flaw},
};

/// The result of one check.
pub(crate) type Verdict = Result<(), Refusal>;

/// The reason why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such path.
    NoSuchRoute,
    /// The resource has only these methods.
    Method(&'static str),
    /// The credentials are refused.
    Unauthenticated(Denial),
    /// This path parameter isn't an id.
    PathParameter(&'static str),
    /// This query parameter can't be read.
    QueryParameter(&'static str),
    /// There is no such project.
    UnknownProject,
    /// The caller lacks the permission.
    Forbidden,
    /// The media type of the body is not supported.
    MediaType,
    /// The body is longer than the limit.
    TooLarge,
    /// The body isn't what the operation asks for.
    Body(Flaw),
    /// There is no such role.
    UnknownRole,
    /// The role is an organization role.
    OrganizationRole,
    /// The project has no such user.
    UnknownUser,
    /// The user doesn't have the role.
    AbsentRole,
    /// The user has no other role.
    LastRole,
    /// The project has the user already.
    AlreadyMember,
    /// The rate limit is reached.
    TooManyRequests,
    /// A refusal that the conforming server never makes.
    Other(u16, &'static str),
}

impl Refusal {
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::PathParameter(_)
            | Self::QueryParameter(_)
            | Self::MediaType
            | Self::Body(_)
            | Self::UnknownRole
            | Self::OrganizationRole
            | Self::AbsentRole => 400,
            Self::Unauthenticated(_) => 401,
            Self::Forbidden | Self::LastRole => 403,
            Self::NoSuchRoute | Self::UnknownProject | Self::UnknownUser => 404,
            Self::Method(_) => 405,
            Self::AlreadyMember => 409,
            Self::TooLarge => 413,
            Self::TooManyRequests => 429,
            Self::Other(status, _) => *status,
        }
    }

    /// The application's name for it.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NoSuchRoute => "RESOURCE_NOT_FOUND",
            Self::Method(_) => "METHOD_NOT_ALLOWED",
            Self::Unauthenticated(_) => "USER_UNAUTHORIZED",
            Self::PathParameter(_) => "INVALID_PATH_PARAMETER",
            Self::QueryParameter(_) => "INVALID_QUERY_PARAMETER",
            Self::UnknownProject => "GROUP_NOT_FOUND",
            Self::Forbidden => "ACCESS_FORBIDDEN",
            Self::MediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::TooLarge => "REQUEST_TOO_LARGE",
            Self::TooManyRequests => "RATE_LIMITED",
            Self::Body(flaw) => flaw.code(),
            Self::UnknownRole => "INVALID_ROLE_FOR_GROUP",
            Self::OrganizationRole => "CANNOT_ADD_ORG_ROLE",
            Self::UnknownUser => "USER_NOT_IN_GROUP",
            Self::AbsentRole => "ROLE_NOT_ASSIGNED",
            Self::LastRole => "CANNOT_REMOVE_ALL_USER_ROLES",
            Self::AlreadyMember => "USER_ALREADY_IN_GROUP",
            Self::Other(_, code) => code,
        }
    }

    /// The sentence for people.
    pub(crate) fn detail(&self) -> &'static str {
        match self {
            Self::NoSuchRoute => "There is no such resource.",
            Self::Method(_) => "The resource does not have this method.",
            Self::Unauthenticated(_) => "You are not authorized for this resource.",
            Self::PathParameter(_) => "A path parameter is no 24-hexadecimal digit string.",
            Self::QueryParameter(_) => "A query parameter has a value that can't be read.",
            Self::UnknownProject => "No project with this id exists.",
            Self::Forbidden => "The caller lacks a role that this resource requires.",
            Self::MediaType => "The media type of the body is not supported.",
            Self::TooLarge => "The body is too large.",
            Self::TooManyRequests => "There are too many requests.",
            Self::Body(flaw) => flaw.detail(),
            Self::UnknownRole => "The role is no project-level role.",
            Self::OrganizationRole => "The role is an organization-level role.",
            Self::UnknownUser => "The project has no user with this id.",
            Self::AbsentRole => "The user does not have this role in the project.",
            Self::LastRole => "A user must have at least one role at all times.",
            Self::AlreadyMember => "The project has a user with this username already.",
            Self::Other(..) => "The request can't be answered.",
        }
    }
}

impl From<BadParameter> for Refusal {
    fn from(BadParameter(name): BadParameter) -> Self {
        Self::QueryParameter(name)
    }
}
