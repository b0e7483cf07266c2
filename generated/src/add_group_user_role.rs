// Written by `cargo xtask codegen`; edits are lost.
// From spec/project_users.openapi.yaml.
#![cfg_attr(rustfmt, rustfmt_skip)]

//! Gives one project role to one user.
use crate::client::{Call, Client, Error, Undocumented};
use crate::constraints;
use crate::types;

/// The method.
pub const METHOD: &str = "POST";

/// The path template.
pub const PATH: &str = "/api/atlas/v2/groups/{groupId}/users/{userId}:addRole";

/// The media type of the request body.
pub const REQUEST_MEDIA_TYPE: &str = "application/vnd.atlas.2025-02-19+json";

/// The media type that is asked for.
pub const ACCEPT: &str = "application/vnd.atlas.2025-02-19+json";

/// The query parameters; `None` is not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Whether the answer is wrapped in an object that carries its status.
    pub envelope: Option<bool>,
    /// Whether the JSON of the answer is laid out over several lines.
    pub pretty: Option<bool>,
}

impl Query {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            self.envelope.as_ref().map(|value| ("envelope", value.to_string())),
            self.pretty.as_ref().map(|value| ("pretty", value.to_string())),
        ]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// The documented answers, and any other as it came.
#[derive(Debug, Clone, PartialEq)]
pub enum AddGroupUserRoleResponse {
    /// 200: The user after the addition.
    Ok(types::GroupUserResponse),
    /// 400: The request is malformed or asks for what can not be.
    BadRequest(types::ApiError),
    /// 401: The credentials are missing or wrong.
    Unauthorized(types::ApiError),
    /// 403: The caller may not do this, or nobody may.
    Forbidden(types::ApiError),
    /// 404: No such project or user.
    NotFound(types::ApiError),
    /// 409: The request is at odds with the state of the user.
    Conflict(types::ApiError),
    /// 500: The server failed.
    InternalServerError(types::ApiError),
    /// An answer that the document does not name.
    Undocumented(Undocumented),
}

impl Client {
    /// Gives one project role to one user.
    ///
    /// # Errors
    ///
    /// When the exchange fails, or a documented answer has a body of another
    /// shape.
    pub async fn add_group_user_role(
        &self,
        group_id: &types::GroupId,
        user_id: &types::UserId,
        query: &Query,
        body: &types::AddOrRemoveGroupRole,
    ) -> Result<AddGroupUserRoleResponse, Error> {
        let operation = &constraints::ADD_GROUP_USER_ROLE;
        let path = operation
            .path_with(&[("groupId", group_id.as_str()), ("userId", user_id.as_str())]);
        let body = Some((
            REQUEST_MEDIA_TYPE,
            serde_json::to_vec(body).map_err(Error::Encode)?,
        ));
        let call = Call {
            operation,
            path,
            query: query.pairs(),
            accept: ACCEPT,
            body,
        };
        let raw = self.send(call).await?;
        Ok(
            match raw.status {
                200 => AddGroupUserRoleResponse::Ok(raw.decode()?),
                400 => AddGroupUserRoleResponse::BadRequest(raw.decode()?),
                401 => AddGroupUserRoleResponse::Unauthorized(raw.decode()?),
                403 => AddGroupUserRoleResponse::Forbidden(raw.decode()?),
                404 => AddGroupUserRoleResponse::NotFound(raw.decode()?),
                409 => AddGroupUserRoleResponse::Conflict(raw.decode()?),
                500 => AddGroupUserRoleResponse::InternalServerError(raw.decode()?),
                _ => AddGroupUserRoleResponse::Undocumented(raw.undocumented()),
            },
        )
    }
}
