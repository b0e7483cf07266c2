// Written by `cargo xtask codegen`; edits are lost.
// From spec/remove_role.openapi.yaml and spec/project_users.openapi.yaml.

#![cfg_attr(rustfmt, rustfmt_skip)]

//! The types of requests and answers.

pub use atlas_runtime::text::{PatternError, Secret};
use serde::{Deserialize, Serialize};

/// The project, by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(String);

impl GroupId {
    /// The pattern of the document.
    pub const PATTERN: &'static str = "^([a-f0-9]{24})$";

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for GroupId {
    type Err = atlas_runtime::text::PatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        static PATTERN: atlas_runtime::text::Pattern = atlas_runtime::text::Pattern::new(
            "groupId",
            GroupId::PATTERN,
        );
        PATTERN.check(text).map(Self)
    }
}

impl std::fmt::Display for GroupId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The user, active or invited, by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(String);

impl UserId {
    /// The pattern of the document.
    pub const PATTERN: &'static str = "^([a-f0-9]{24})$";

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for UserId {
    type Err = atlas_runtime::text::PatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        static PATTERN: atlas_runtime::text::Pattern = atlas_runtime::text::Pattern::new(
            "userId",
            UserId::PATTERN,
        );
        PATTERN.check(text).map(Self)
    }
}

impl std::fmt::Display for UserId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The project role that a user is to gain or to lose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddOrRemoveGroupRole {
    /// The role, by its name.
    pub group_role: String,
}

/// Why a request was not served.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// The status of the answer.
    pub error: i32,
    /// The error, by its stable name.
    pub error_code: String,
    /// What is wrong with this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What the status means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the error is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bad_request_detail: Option<BadRequestDetail>,
}

/// What is wrong with a request, field by field.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BadRequestDetail {
    /// One entry for each violation.
    #[serde(skip_serializing_if = "Option::is_none")]
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
#[serde(rename_all = "camelCase")]
pub struct GroupUserResponse {
    /// The user's id.
    pub id: String,
    /// Whether the user has joined the organization, and if not, what became of
    /// the invitation.
    pub org_membership_status: GroupUserResponseOrgMembershipStatus,
    /// The roles that the user has in the project.
    pub roles: Vec<String>,
    /// The user's name, an email address.
    pub username: String,
    /// When the invitation was sent, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation_created_at: Option<String>,
    /// When the invitation ends, in UTC; null for one that was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation_expires_at: Option<String>,
    /// Who sent the invitation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inviter_username: Option<String>,
    /// Where the user is, as two letters of ISO 3166-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// When the user's account was made, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// The user's first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// When the user last logged in, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_auth: Option<String>,
    /// The user's last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The user's telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_number: Option<String>,
}

/// Whether the user has joined the organization, and if not, what became of
/// the invitation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum GroupUserResponseOrgMembershipStatus {
    Pending,
    Active,
    InvitationExpired,
    InvitationRejected,
    /// A value that the document does not name.
    Unknown(String),
}

impl GroupUserResponseOrgMembershipStatus {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "PENDING",
            Self::Active => "ACTIVE",
            Self::InvitationExpired => "INVITATION_EXPIRED",
            Self::InvitationRejected => "INVITATION_REJECTED",
            Self::Unknown(text) => text,
        }
    }
}

impl From<String> for GroupUserResponseOrgMembershipStatus {
    fn from(text: String) -> Self {
        match text.as_str() {
            "PENDING" => Self::Pending,
            "ACTIVE" => Self::Active,
            "INVITATION_EXPIRED" => Self::InvitationExpired,
            "INVITATION_REJECTED" => Self::InvitationRejected,
            _ => Self::Unknown(text),
        }
    }
}

impl From<GroupUserResponseOrgMembershipStatus> for String {
    fn from(value: GroupUserResponseOrgMembershipStatus) -> Self {
        value.as_str().to_owned()
    }
}

impl std::fmt::Display for GroupUserResponseOrgMembershipStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One page of the users of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaginatedGroupUserView {
    /// The users of this page.
    pub results: Vec<GroupUserResponse>,
    /// How many users there are in all, roughly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<i32>,
}
