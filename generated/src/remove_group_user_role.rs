// Written by `cargo xtask codegen`; edits are lost.
// From spec/remove_role.openapi.yaml.

#![cfg_attr(rustfmt, rustfmt_skip)]

//! Takes one project role from one user.

use atlas_runtime::answer::{Answer, Raw, Refused, Undocumented};
use atlas_runtime::request::Call;
use crate::client::{Client, Error};
use crate::types;

pub const METHOD: &str = "POST";

pub const PATH: &str = "/api/atlas/v2/groups/{groupId}/users/{userId}:removeRole";

/// The media type of the request body.
pub const REQUEST_MEDIA_TYPE: &str = "application/vnd.atlas.2025-02-19+json";

/// The media type of answers.
pub const ACCEPT: &str = "application/vnd.atlas.2025-02-19+json";

/// The parameters of the query; `None` is not sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// Whether the JSON of the answer is laid out over several lines.
    pub pretty: Option<bool>,
}

/// The documented answers, and any other as it came.
#[derive(Debug, Clone, PartialEq)]
pub enum RemoveGroupUserRoleResponse {
    /// Status 200. The user after the removal.
    Ok(Box<types::GroupUserResponse>),
    /// Status 400. The request is malformed or asks for what can not be.
    BadRequest(types::ApiError),
    /// Status 401. The credentials are missing or wrong.
    Unauthorized(types::ApiError),
    /// Status 403. The caller may not do this, or nobody may.
    Forbidden(types::ApiError),
    /// Status 404. No such project or user.
    NotFound(types::ApiError),
    /// Status 409. The request is at odds with the state of the user.
    Conflict(types::ApiError),
    /// Status 500. The server failed.
    InternalServerError(types::ApiError),
    /// An answer that the document does not name.
    Undocumented(Undocumented),
}

impl Answer for RemoveGroupUserRoleResponse {
    fn read(raw: Raw) -> Result<Self, Error> {
        let answer = match raw.status {
            200 => Self::Ok(raw.decode()?),
            400 => Self::BadRequest(raw.decode()?),
            401 => Self::Unauthorized(raw.decode()?),
            403 => Self::Forbidden(raw.decode()?),
            404 => Self::NotFound(raw.decode()?),
            409 => Self::Conflict(raw.decode()?),
            500 => Self::InternalServerError(raw.decode()?),
            _ => Self::Undocumented(raw.undocumented()),
        };
        Ok(answer)
    }
}

impl RemoveGroupUserRoleResponse {
    /// What a successful call answers; any other answer is an error, at which `?` stops.
    pub fn into_result(self) -> Result<types::GroupUserResponse, Refused<Self>> {
        match self {
            Self::Ok(body) => Ok(*body),
            other => Err(Refused::new(other)),
        }
    }
}

impl Client {
    /// Takes one project role from one user.
    pub async fn remove_group_user_role(
        &self,
        group_id: &types::GroupId,
        user_id: &types::UserId,
        query: &Query,
        body: &types::AddOrRemoveGroupRole,
    ) -> Result<RemoveGroupUserRoleResponse, Error> {
        let mut call = Call::new(METHOD, PATH, ACCEPT);
        call.path("groupId", group_id);
        call.path("userId", user_id);
        call.query("pretty", query.pretty.as_ref());
        call.json(REQUEST_MEDIA_TYPE, body)?;
        self.runtime.send(call).await?.answer()
    }
}
