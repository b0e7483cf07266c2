// Written by `cargo xtask codegen`; edits are lost.
// From spec/project_users.openapi.yaml.
#![cfg_attr(rustfmt, rustfmt_skip)]

//! Lists the users of one project.
use crate::client::{Call, Client, Error, Undocumented};
use crate::constraints;
use crate::types;

/// The method.
pub const METHOD: &str = "GET";

/// The path template.
pub const PATH: &str = "/api/atlas/v2/groups/{groupId}/users";

/// The media type that is asked for.
pub const ACCEPT: &str = "application/vnd.atlas.2025-02-19+json";

/// The query parameters; `None` is not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Whether the answer is wrapped in an object that carries its status.
    pub envelope: Option<bool>,
    /// Whether the JSON of the answer is laid out over several lines.
    pub pretty: Option<bool>,
    /// Only the user with this name.
    pub username: Option<String>,
    /// How many users one page has.
    pub items_per_page: Option<i64>,
    /// Which page, from 1.
    pub page_num: Option<i64>,
}

impl Query {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            self.envelope.as_ref().map(|value| ("envelope", value.to_string())),
            self.pretty.as_ref().map(|value| ("pretty", value.to_string())),
            self.username.as_ref().map(|value| ("username", value.to_string())),
            self
                .items_per_page
                .as_ref()
                .map(|value| ("itemsPerPage", value.to_string())),
            self.page_num.as_ref().map(|value| ("pageNum", value.to_string())),
        ]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// The documented answers, and any other as it came.
#[derive(Debug, Clone, PartialEq)]
pub enum ListGroupUsersResponse {
    /// 200: One page of users.
    Ok(types::PaginatedGroupUserView),
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
    /// Lists the users of one project.
    ///
    /// # Errors
    ///
    /// When the exchange fails, or a documented answer has a body of another
    /// shape.
    pub async fn list_group_users(
        &self,
        group_id: &types::GroupId,
        query: &Query,
    ) -> Result<ListGroupUsersResponse, Error> {
        let operation = &constraints::LIST_GROUP_USERS;
        let path = operation.path_with(&[("groupId", group_id.as_str())]);
        let body = None;
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
                200 => ListGroupUsersResponse::Ok(raw.decode()?),
                401 => ListGroupUsersResponse::Unauthorized(raw.decode()?),
                403 => ListGroupUsersResponse::Forbidden(raw.decode()?),
                404 => ListGroupUsersResponse::NotFound(raw.decode()?),
                500 => ListGroupUsersResponse::InternalServerError(raw.decode()?),
                _ => ListGroupUsersResponse::Undocumented(raw.undocumented()),
            },
        )
    }
}
