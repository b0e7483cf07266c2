// Written by `cargo xtask codegen`; edits are lost.
// From spec/project_users.openapi.yaml.

#![cfg_attr(rustfmt, rustfmt_skip)]

//! Lists the users of one project.

use atlas_runtime::answer::{Answer, Raw, Refused, Undocumented};
use atlas_runtime::page::{Items, PageError, pages};
use atlas_runtime::request::Call;
use crate::client::{Client, Error};
use crate::types;

pub const METHOD: &str = "GET";

pub const PATH: &str = "/api/atlas/v2/groups/{groupId}/users";

/// The media type of answers.
pub const ACCEPT: &str = "application/vnd.atlas.2025-02-19+json";

/// The parameters of the query; `None` is not sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
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
    /// Status 200. One page of users.
    Ok(types::PaginatedGroupUserView),
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

impl Answer for ListGroupUsersResponse {
    fn read(raw: Raw) -> Result<Self, Error> {
        let answer = match raw.status {
            200 => Self::Ok(raw.decode()?),
            401 => Self::Unauthorized(raw.decode()?),
            403 => Self::Forbidden(raw.decode()?),
            404 => Self::NotFound(raw.decode()?),
            500 => Self::InternalServerError(raw.decode()?),
            _ => Self::Undocumented(raw.undocumented()),
        };
        Ok(answer)
    }
}

impl ListGroupUsersResponse {
    /// What a successful call answers; any other answer is an error, at which `?` stops.
    pub fn into_result(self) -> Result<types::PaginatedGroupUserView, Refused<Self>> {
        match self {
            Self::Ok(body) => Ok(body),
            other => Err(Refused::new(other)),
        }
    }
}

impl Client {
    /// Lists the users of one project.
    pub async fn list_group_users(
        &self,
        group_id: &types::GroupId,
        query: &Query,
    ) -> Result<ListGroupUsersResponse, Error> {
        let mut call = Call::new(METHOD, PATH, ACCEPT);
        call.path("groupId", group_id);
        call.query("pretty", query.pretty.as_ref());
        call.query("username", query.username.as_ref());
        call.query("itemsPerPage", query.items_per_page.as_ref());
        call.query("pageNum", query.page_num.as_ref());
        self.runtime.send(call).await?.answer()
    }

    /// The items of all pages, from the page that the query names:
    /// `list_group_users` again and again.
    pub fn list_group_users_items(
        &self,
        group_id: &types::GroupId,
        query: &Query,
    ) -> impl Items<types::GroupUserResponse, ListGroupUsersResponse> {
        pages(
            query.page_num,
            move |number| async move {
                let query = Query {
                    page_num: Some(number),
                    ..query.clone()
                };
                let answer = self.list_group_users(group_id, &query).await?;
                match answer {
                    ListGroupUsersResponse::Ok(page) => {
                        Ok((page.total_count.map(i64::from), page.results))
                    }
                    other => Err(PageError::Answer(other)),
                }
            },
        )
    }
}
