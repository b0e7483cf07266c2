//! Three operations as a generated client has them.
#![expect(dead_code, reason = "bodies are shown when a test fails")]

use atlas_runtime::answer::{Answer, Raw, Undocumented};
use atlas_runtime::client::{Client, Error};
use atlas_runtime::page::{Items, PageError, pages};
use atlas_runtime::request::Call;
use serde::Deserialize;

const ACCEPT: &str = "application/json";

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct User {
    pub(crate) id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ApiError {
    pub(crate) error_code: String,
}

#[derive(Debug)]
pub(crate) enum GetGroupUserResponse {
    Ok(User),
    Unauthorized(ApiError),
    NotFound(ApiError),
    Undocumented(Undocumented),
}

impl Answer for GetGroupUserResponse {
    fn read(raw: Raw) -> Result<Self, Error> {
        Ok(match raw.status {
            200 => Self::Ok(raw.decode()?),
            401 => Self::Unauthorized(raw.decode()?),
            404 => Self::NotFound(raw.decode()?),
            _ => Self::Undocumented(raw.undocumented()),
        })
    }
}

pub(crate) fn get() -> Call {
    Call::new("GET", "/groups/1/users/2", ACCEPT)
}

#[derive(Debug)]
pub(crate) enum RemoveGroupUserRoleResponse {
    Ok(User),
    Undocumented(Undocumented),
}

impl Answer for RemoveGroupUserRoleResponse {
    fn read(raw: Raw) -> Result<Self, Error> {
        Ok(match raw.status {
            200 => Self::Ok(raw.decode()?),
            _ => Self::Undocumented(raw.undocumented()),
        })
    }
}

pub(crate) fn remove() -> Call {
    let mut call = Call::new("POST", "/groups/1/users/2:removeRole", ACCEPT);
    call.body("application/json", r#"{"groupRole":"GROUP_OWNER"}"#);
    call
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    results: Vec<User>,
    total_count: Option<i64>,
}

#[derive(Debug)]
pub(crate) enum ListGroupUsersResponse {
    NotFound(ApiError),
    Undocumented(Undocumented),
}

/// The users of all pages from one on.
pub(crate) fn users(
    client: &Client,
    first: Option<i64>,
) -> impl Items<User, ListGroupUsersResponse> {
    pages(first, move |number| async move {
        let mut call = Call::new("GET", "/groups/1/users", ACCEPT);
        call.query("pageNum", Some(&number));
        let raw = client.send(call).await?;
        match raw.status {
            200 => {
                let page: Page = raw.decode()?;
                Ok((page.total_count, page.results))
            }
            404 => Err(PageError::Answer(ListGroupUsersResponse::NotFound(raw.decode()?))),
            _ => Err(PageError::Answer(ListGroupUsersResponse::Undocumented(raw.undocumented()))),
        }
    })
}
