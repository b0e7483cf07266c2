use atlas_engine::exchange::TransportError;
use atlas_engine::run::check::Halt;
use atlas_engine::session::SendError;
use atlas_engine::transport;

use super::journal::JournalError;
use super::user::Membership;

/// Why a user can't be set up, read back, changed or removed.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// No response could be had.
    #[error(transparent)]
    Send(#[from] SendError),
    /// The journal can't be written, so nothing may be changed.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The target did not add the user.
    #[error(
        "can't set up a user: {operation} of {username} {answer}; the owner's credentials must be \
         allowed to add users, or set `state.with` to `hook` or `fixtures`{hint}"
    )]
    NotAdded {
        /// The operation that was to add it.
        operation: &'static str,
        username: String,
        answer: String,
        /// What else may be wrong: the roles.
        hint: String,
    },
    /// All names that were tried are taken.
    #[error("can't set up a user: {username} and three names like it are taken")]
    NamesTaken { username: String },
    /// The response is about a user with another name, who was there before.
    #[error("can't set up a user: {operation} of {username} was answered with another user, {got}")]
    AnotherUser {
        /// The operation that was to add it.
        operation: &'static str,
        username: String,
        /// The name in the response.
        got: String,
    },
    /// The response has no id.
    #[error("can't set up a user: the answer to {operation} has no `id`")]
    NoId {
        /// The operation that was to add it.
        operation: &'static str,
    },
    /// The user was made with another membership.
    #[error(
        "can't set up a user: {username} came out with orgMembershipStatus {got}, not {wanted}; \
         set `{key}` to a name that the target makes {wanted}"
    )]
    Membership {
        username: String,
        /// The status in the response.
        got: String,
        /// The status that was wanted.
        wanted: &'static str,
        /// The key that names such users.
        key: &'static str,
    },
    /// The user was made with other roles.
    #[error("can't set up a user: {made} with the roles {got}, not {wanted}")]
    Roles {
        made: String,
        /// The roles in the response.
        got: String,
        /// The roles that were wanted.
        wanted: String,
    },
    /// The target does not say which roles a user has.
    #[error(
        "can't read a user back: {operation} {answer}; set `state.read_back` to `hook`, or to \
         `none` to judge what answers alone show"
    )]
    NotRead {
        /// The operation that was to show it.
        operation: &'static str,
        answer: String,
    },
    /// The target does not list the users of a project.
    #[error("can't list the project's users: {operation} {answer}")]
    NotListed {
        /// The operation that was to list them.
        operation: &'static str,
        answer: String,
    },
    /// The target does not take a role away again.
    #[error("can't take {role} from {username}: {answer}")]
    RoleNotRemoved { role: String, username: String, answer: String },
    /// The target does not give a role back.
    #[error("can't give the listed user {id} the role {role} back: {answer}")]
    RoleNotRestored { id: String, role: String, answer: String },
    /// The target does not remove the user.
    #[error("can't remove the user {id} again: {answer}")]
    NotRemoved { id: String, answer: String },
    /// A listed user is not there any more.
    #[error("the listed user {id} is gone from the project")]
    Gone { id: String },
    /// The list of users is wrong.
    #[error("the listed user {id} {problem}; correct `state.users`")]
    WrongList { id: String, problem: String },
    /// The hook does not answer.
    #[error("the hook {url}: {source}; is it running, and is `state.hook` right?")]
    HookUnanswered { url: String, source: TransportError },
    /// The hook has no users of this membership.
    #[error(
        "can't set up a user: the hook {url} answered 501, it has no {} users; name those that it \
         has by `state.active_username` or `state.pending_username`",
        .membership.word()
    )]
    HookHasNone { url: String, membership: Membership },
    /// The hook does not say whom it made.
    #[error("can't set up a user: the answer of the hook {url} has no string `userId`")]
    HookNoId { url: String },
    /// The hook refuses, or answers something else than the documentation of hooks says.
    #[error("can't {action}: the hook {url} answered {answer}{advice}")]
    HookRefused {
        /// What it was to do.
        action: String,
        url: String,
        answer: String,
        /// What to do about it.
        advice: &'static str,
    },
    /// No request was sent.
    #[error("nothing was sent")]
    NothingSent,
}

impl From<SetupError> for Halt {
    fn from(error: SetupError) -> Self {
        Self::Error(error.to_string())
    }
}

/// Why the hook's URL can't be used.
#[derive(Debug, thiserror::Error)]
pub enum HookUrlError {
    /// It is no URL.
    #[error("state.hook: expected a URL like http://127.0.0.1:8080/state, got `{got}` ({source})")]
    Url {
        got: String,
        /// Why it is none.
        source: url::ParseError,
    },
    /// It can't be reached this way.
    #[error("state.hook: {0}")]
    Transport(#[source] transport::SetupError),
}
