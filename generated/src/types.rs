// Written by `cargo xtask codegen`; edits are lost.
// From spec/remove_role.openapi.yaml and spec/project_users.openapi.yaml.
#![cfg_attr(rustfmt, rustfmt_skip)]

//! The types of requests and answers.
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;
use regex::Regex;
use serde::{Deserialize, Serialize};

/// Text that is not what its type asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {name} to match {pattern}, got `{got}`")]
pub struct PatternError {
    /// What it was to be.
    pub name: &'static str,
    /// The pattern of the document.
    pub pattern: &'static str,
    /// What came.
    pub got: String,
}

/// The project, by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(String);

impl GroupId {
    /// The pattern of the document.
    pub const PATTERN: &'static str = "^([a-f0-9]{24})$";

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for GroupId {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(GroupId::PATTERN).ok()
        });
        if PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
            return Ok(Self(text.to_owned()));
        }
        Err(PatternError {
            name: "groupId",
            pattern: Self::PATTERN,
            got: text.to_owned(),
        })
    }
}

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The user, active or invited, by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(String);

impl UserId {
    /// The pattern of the document.
    pub const PATTERN: &'static str = "^([a-f0-9]{24})$";

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UserId {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(UserId::PATTERN).ok()
        });
        if PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
            return Ok(Self(text.to_owned()));
        }
        Err(PatternError {
            name: "userId",
            pattern: Self::PATTERN,
            got: text.to_owned(),
        })
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The project role that a user is to gain or to lose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddOrRemoveGroupRole {
    /// The role, by its name.
    #[serde(rename = "groupRole")]
    pub group_role: String,
}

/// Why a request was not served.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiError {
    /// The status of the answer.
    pub error: i32,
    /// The error, by its stable name.
    #[serde(rename = "errorCode")]
    pub error_code: String,
    /// What is wrong with this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What the status means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the error is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<serde_json::Value>>,
    /// badRequestDetail
    #[serde(rename = "badRequestDetail")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bad_request_detail: Option<BadRequestDetail>,
}

/// What is wrong with a request, field by field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BadRequestDetail {
    /// One entry for each violation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<FieldViolation>>,
}

/// One field of a request and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldViolation {
    /// What is wrong.
    pub description: String,
    /// Where in the body.
    pub field: String,
}

/// A user to add to a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupUserRequest {
    /// The roles that the user is to have.
    pub roles: Vec<String>,
    /// The user's name, an email address.
    pub username: String,
}

/// A user as one project sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupUserResponse {
    /// The user's id.
    pub id: String,
    /// Whether the user has joined the organization, and if not, what became of
    /// the invitation.
    #[serde(rename = "orgMembershipStatus")]
    pub org_membership_status: String,
    /// The roles that the user has in the project.
    pub roles: Vec<String>,
    /// The user's name, an email address.
    pub username: String,
    /// When the invitation was sent, in UTC.
    #[serde(rename = "invitationCreatedAt")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation_created_at: Option<String>,
    /// When the invitation ends, in UTC; null for one that was rejected.
    #[serde(rename = "invitationExpiresAt")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation_expires_at: Option<String>,
    /// Who sent the invitation.
    #[serde(rename = "inviterUsername")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inviter_username: Option<String>,
    /// Where the user is, as two letters of ISO 3166-1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// When the user's account was made, in UTC.
    #[serde(rename = "createdAt")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// The user's first name.
    #[serde(rename = "firstName")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// When the user last logged in, in UTC.
    #[serde(rename = "lastAuth")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_auth: Option<String>,
    /// The user's last name.
    #[serde(rename = "lastName")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The user's telephone number.
    #[serde(rename = "mobileNumber")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile_number: Option<String>,
}

/// One page of the users of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaginatedGroupUserView {
    /// The users of this page.
    pub results: Vec<GroupUserResponse>,
    /// How many users there are in all, roughly.
    #[serde(rename = "totalCount")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_count: Option<i32>,
}
