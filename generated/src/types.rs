// Written by `cargo xtask codegen`; edits are lost.
// From spec/remove_role.openapi.yaml and spec/project_users.openapi.yaml.

//! The types of requests and answers.

pub use crate::text::PatternError;
use crate::{enumeration, object, patterned};

patterned! {
    /// The project, by its id.
    pub struct GroupId = "groupId", "^([a-f0-9]{24})$";
}

patterned! {
    /// The user, active or invited, by its id.
    pub struct UserId = "userId", "^([a-f0-9]{24})$";
}

object! {
    /// The project role that a user is to gain or to lose.
    pub struct AddOrRemoveGroupRole {
        /// The role, by its name.
        pub group_role: String = "groupRole",
    }
}

object! {
    /// Why a request was not served.
    pub struct ApiError {
        /// The status of the answer.
        pub error: i32,
        /// The error, by its stable name.
        pub error_code: String = "errorCode",
        /// What is wrong with this request.
        pub detail: Option<String>,
        /// What the status means.
        pub reason: Option<String>,
        /// What the error is about.
        pub parameters: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
        /// badRequestDetail
        pub bad_request_detail: Option<BadRequestDetail> = "badRequestDetail",
    }
}

object! {
    /// What is wrong with a request, field by field.
    pub struct BadRequestDetail {
        /// One entry for each violation.
        pub fields: Option<Vec<FieldViolation>>,
    }
}

object! {
    /// One field of a request and what is wrong with it.
    pub struct FieldViolation {
        /// What is wrong.
        pub description: String,
        /// Where in the body.
        pub field: String,
    }
}

object! {
    /// A user to add to a project.
    pub struct GroupUserRequest {
        /// The roles that the user is to have.
        pub roles: Vec<String>,
        /// The user's name, an email address.
        pub username: String,
    }
}

object! {
    /// A user as one project sees it.
    pub struct GroupUserResponse {
        /// The user's id.
        pub id: String,
        /// Whether the user has joined the organization, and if not, what became of
        /// the invitation.
        pub org_membership_status: GroupUserResponseOrgMembershipStatus = "orgMembershipStatus",
        /// The roles that the user has in the project.
        pub roles: Vec<String>,
        /// The user's name, an email address.
        pub username: String,
        /// When the invitation was sent, in UTC.
        pub invitation_created_at: Option<String> = "invitationCreatedAt",
        /// When the invitation ends, in UTC; null for one that was rejected.
        pub invitation_expires_at: Option<String> = "invitationExpiresAt",
        /// Who sent the invitation.
        pub inviter_username: Option<String> = "inviterUsername",
        /// Where the user is, as two letters of ISO 3166-1.
        pub country: Option<String>,
        /// When the user's account was made, in UTC.
        pub created_at: Option<String> = "createdAt",
        /// The user's first name.
        pub first_name: Option<String> = "firstName",
        /// When the user last logged in, in UTC.
        pub last_auth: Option<String> = "lastAuth",
        /// The user's last name.
        pub last_name: Option<String> = "lastName",
        /// The user's telephone number.
        pub mobile_number: Option<String> = "mobileNumber",
    }
}

enumeration! {
    /// Whether the user has joined the organization, and if not, what became of
    /// the invitation.
    pub enum GroupUserResponseOrgMembershipStatus {
        Pending = "PENDING",
        Active = "ACTIVE",
        InvitationExpired = "INVITATION_EXPIRED",
        InvitationRejected = "INVITATION_REJECTED",
    }
}

object! {
    /// One page of the users of a project.
    pub struct PaginatedGroupUserView {
        /// The users of this page.
        pub results: Vec<GroupUserResponse>,
        /// How many users there are in all, roughly.
        pub total_count: Option<i32> = "totalCount",
    }
}
