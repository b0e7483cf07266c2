// Written by `cargo xtask codegen`; edits are lost.
// From spec/project_users.openapi.yaml.

//! Reads one user of one project.

use crate::answer::Undocumented;
use crate::client::{Client, Error};
use crate::request::Call;
use crate::types;

use self::GetGroupUserResponse as Answer;

/// The method.
pub const METHOD: &str = "GET";

/// The path template.
pub const PATH: &str = "/api/atlas/v2/groups/{groupId}/users/{userId}";

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

/// The documented answers, and any other as it came.
#[derive(Debug, Clone, PartialEq)]
pub enum GetGroupUserResponse {
    /// 200: The user.
    Ok(Box<types::GroupUserResponse>),
    /// 400: The request is malformed or asks for what can not be.
    BadRequest(types::ApiError),
    /// 401: The credentials are missing or wrong.
    Unauthorized(types::ApiError),
    /// 403: The caller may not do this, or nobody may.
    Forbidden(types::ApiError),
    /// 404: No such project or user.
    NotFound(types::ApiError),
    /// 500: The server failed.
    InternalServerError(types::ApiError),
    /// An answer that the document does not name.
    Undocumented(Undocumented),
}

impl Client {
    /// Reads one user of one project.
    ///
    /// # Errors
    ///
    /// When the exchange fails, or a documented answer has another shape.
    pub async fn get_group_user(
        &self,
        group_id: &types::GroupId,
        user_id: &types::UserId,
        query: &Query,
    ) -> Result<GetGroupUserResponse, Error> {
        let mut call = Call::new(METHOD, PATH, ACCEPT);
        call.path("groupId", group_id);
        call.path("userId", user_id);
        call.query("envelope", &query.envelope);
        call.query("pretty", &query.pretty);
        let raw = self.send(call).await?;
        Ok(match raw.status {
            200 => Answer::Ok(raw.decode()?),
            400 => Answer::BadRequest(raw.decode()?),
            401 => Answer::Unauthorized(raw.decode()?),
            403 => Answer::Forbidden(raw.decode()?),
            404 => Answer::NotFound(raw.decode()?),
            500 => Answer::InternalServerError(raw.decode()?),
            _ => Answer::Undocumented(raw.undocumented()),
        })
    }
}
