// Written by `cargo xtask codegen`; edits are lost.
// From spec/project_users.openapi.yaml.

#![cfg_attr(rustfmt, rustfmt_skip)]

//! Removes one user from one project.

use atlas_runtime::answer::{Answer, Raw, Refused, Undocumented};
use atlas_runtime::request::Call;
use crate::client::{Client, Error};
use crate::types;

pub const METHOD: &str = "DELETE";

pub const PATH: &str = "/api/atlas/v2/groups/{groupId}/users/{userId}";

/// The media type of answers.
pub const ACCEPT: &str = "application/json";

/// The parameters of the query; `None` is not sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// Whether the JSON of the answer is laid out over several lines.
    pub pretty: Option<bool>,
}

/// The documented answers, and any other as it came.
#[derive(Debug, Clone, PartialEq)]
pub enum RemoveGroupUserResponse {
    /// Status 204. The user is no longer in the project.
    NoContent,
    /// Status 400. The request is malformed or asks for what can not be.
    BadRequest(types::ApiError),
    /// Status 401. The credentials are missing or wrong.
    Unauthorized(types::ApiError),
    /// Status 403. The caller may not do this, or nobody may.
    Forbidden(types::ApiError),
    /// Status 404. No such project or user.
    NotFound(types::ApiError),
    /// Status 500. The server failed.
    InternalServerError(types::ApiError),
    /// An answer that the document does not name.
    Undocumented(Undocumented),
}

impl Answer for RemoveGroupUserResponse {
    fn read(raw: Raw) -> Result<Self, Error> {
        let answer = match raw.status {
            204 => Self::NoContent,
            400 => Self::BadRequest(raw.decode()?),
            401 => Self::Unauthorized(raw.decode()?),
            403 => Self::Forbidden(raw.decode()?),
            404 => Self::NotFound(raw.decode()?),
            500 => Self::InternalServerError(raw.decode()?),
            _ => Self::Undocumented(raw.undocumented()),
        };
        Ok(answer)
    }
}

impl RemoveGroupUserResponse {
    /// What a successful call answers; any other answer is an error, at which `?` stops.
    pub fn into_result(self) -> Result<(), Refused<Self>> {
        match self {
            Self::NoContent => Ok(()),
            other => Err(Refused::new(other)),
        }
    }
}

impl Client {
    /// Removes one user from one project.
    pub async fn remove_group_user(
        &self,
        group_id: &types::GroupId,
        user_id: &types::UserId,
        query: &Query,
    ) -> Result<RemoveGroupUserResponse, Error> {
        let mut call = Call::new(METHOD, PATH, ACCEPT);
        call.path("groupId", group_id);
        call.path("userId", user_id);
        call.query("pretty", query.pretty.as_ref());
        self.runtime.send(call).await?.answer()
    }
}
