// Written by `cargo xtask codegen`; edits are lost.
// From spec/project_users.openapi.yaml.

//! Reads one user of one project.

use crate::client::{Client, Error};
use crate::request::Call;
use crate::types;
use crate::{answers, parameters};

/// The method.
pub const METHOD: &str = "GET";

/// The path template.
pub const PATH: &str = "/api/atlas/v2/groups/{groupId}/users/{userId}";

/// The media type of answers.
pub const ACCEPT: &str = "application/vnd.atlas.2025-02-19+json";

parameters! {
    #[derive(Default)]
    pub struct Query {
        /// Whether the answer is wrapped in an object that carries its status.
        pub envelope: Option<bool>,
        /// Whether the JSON of the answer is laid out over several lines.
        pub pretty: Option<bool>,
    }
}

answers! {
    pub enum GetGroupUserResponse {
        /// The user.
        Ok(Box<types::GroupUserResponse>) = 200,
        /// The request is malformed or asks for what can not be.
        BadRequest(types::ApiError) = 400,
        /// The credentials are missing or wrong.
        Unauthorized(types::ApiError) = 401,
        /// The caller may not do this, or nobody may.
        Forbidden(types::ApiError) = 403,
        /// No such project or user.
        NotFound(types::ApiError) = 404,
        /// The server failed.
        InternalServerError(types::ApiError) = 500,
    } or Undocumented
}

impl Client {
    /// Reads one user of one project.
    pub async fn get_group_user(
        &self,
        group_id: &types::GroupId,
        user_id: &types::UserId,
        query: &Query,
    ) -> Result<GetGroupUserResponse, Error> {
        let mut call = Call::new(METHOD, PATH, ACCEPT);
        call.path("groupId", group_id);
        call.path("userId", user_id);
        query.add_to(&mut call);
        self.send(call).await?.answer()
    }
}
