// Written by `cargo xtask codegen`; edits are lost.
// From spec/project_users.openapi.yaml.

//! Lists the users of one project.

use crate::client::{Client, Error};
use crate::page::{Items, PageError, pages};
use crate::request::Call;
use crate::types;
use crate::{answers, parameters};

use self::ListGroupUsersResponse as Answer;

/// The method.
pub const METHOD: &str = "GET";

/// The path template.
pub const PATH: &str = "/api/atlas/v2/groups/{groupId}/users";

/// The media type of answers.
pub const ACCEPT: &str = "application/vnd.atlas.2025-02-19+json";

parameters! {
    #[derive(Default)]
    pub struct Query {
        /// Whether the answer is wrapped in an object that carries its status.
        pub envelope: Option<bool>,
        /// Whether the JSON of the answer is laid out over several lines.
        pub pretty: Option<bool>,
        /// Only the user with this name.
        pub username: Option<String>,
        /// How many users one page has.
        pub items_per_page: Option<i64> = "itemsPerPage",
        /// Which page, from 1.
        pub page_num: Option<i64> = "pageNum",
    }
}

answers! {
    pub enum ListGroupUsersResponse {
        /// One page of users.
        Ok(types::PaginatedGroupUserView) = 200,
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
    /// Lists the users of one project.
    pub async fn list_group_users(
        &self,
        group_id: &types::GroupId,
        query: &Query,
    ) -> Result<ListGroupUsersResponse, Error> {
        let mut call = Call::new(METHOD, PATH, ACCEPT);
        call.path("groupId", group_id);
        query.add_to(&mut call);
        self.send(call).await?.answer()
    }

    /// The items of all pages, from the page that the query names:
    /// `list_group_users` again and again.
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
