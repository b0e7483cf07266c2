// Written by `cargo xtask codegen`; edits are lost.
// From spec/project_users.openapi.yaml.

//! Lists the users of one project.

use crate::answer::Undocumented;
use crate::client::{Client, Error};
use crate::page::{Items, PageError, pages};
use crate::request::Call;
use crate::types;

use self::ListGroupUsersResponse as Answer;

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
    /// When the exchange fails, or a documented answer has another shape.
    pub async fn list_group_users(
        &self,
        group_id: &types::GroupId,
        query: &Query,
    ) -> Result<ListGroupUsersResponse, Error> {
        let mut call = Call::new(METHOD, PATH, ACCEPT);
        call.path("groupId", group_id);
        call.query("envelope", &query.envelope);
        call.query("pretty", &query.pretty);
        call.query("username", &query.username);
        call.query("itemsPerPage", &query.items_per_page);
        call.query("pageNum", &query.page_num);
        let raw = self.send(call).await?;
        Ok(match raw.status {
            200 => Answer::Ok(raw.decode()?),
            401 => Answer::Unauthorized(raw.decode()?),
            403 => Answer::Forbidden(raw.decode()?),
            404 => Answer::NotFound(raw.decode()?),
            500 => Answer::InternalServerError(raw.decode()?),
            _ => Answer::Undocumented(raw.undocumented()),
        })
    }

    /// The items of all pages, from the page that the query names:
    /// \[`Self::list_group_users`\] again and again.
    pub fn list_group_users_items(
        &self,
        group_id: &types::GroupId,
        query: &Query,
    ) -> impl Items<types::GroupUserResponse, Answer> {
        pages(query.page_num, move |number| async move {
            let query = Query { page_num: Some(number), ..query.clone() };
            let answer = self.list_group_users(group_id, &query).await?;
            match answer {
                Answer::Ok(page) => Ok((page.total_count.map(i64::from), page.results)),
                other => Err(PageError::Answer(other)),
            }
        })
    }
}
