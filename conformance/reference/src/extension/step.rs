//! The checks that a request passes before anything is done.

/// One check of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Does the resource exist and have the method?
    Method,
    /// Are the credentials good?
    Identity,
    /// Are the ids of the path well-formed?
    Path,
    /// Can the query be read?
    Query,
    /// Is there such a project?
    Project,
    /// Does the caller have the permission?
    Permission,
    /// Is the body what the operation asks for?
    Body,
}

impl Step {
    /// The order of the conforming server.
    pub(crate) const ORDER: [Self; 7] = [
        Self::Method,
        Self::Identity,
        Self::Path,
        Self::Query,
        Self::Project,
        Self::Permission,
        Self::Body,
    ];
}
