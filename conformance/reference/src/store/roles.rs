//! The names of roles.

/// The roles that a user can have in a project.
pub(crate) const PROJECT_ROLES: [&str; 11] = [
    "GROUP_OWNER",
    "GROUP_CLUSTER_MANAGER",
    "GROUP_STREAM_PROCESSING_OWNER",
    "GROUP_DATA_ACCESS_ADMIN",
    "GROUP_DATA_ACCESS_READ_WRITE",
    "GROUP_DATA_ACCESS_READ_ONLY",
    "GROUP_DATABASE_ACCESS_ADMIN",
    "GROUP_BACKUP_MANAGER",
    "GROUP_OBSERVABILITY_VIEWER",
    "GROUP_READ_ONLY",
    "GROUP_SEARCH_INDEX_EDITOR",
];

/// Whether it is the exact name of a project role.
pub(crate) fn is_project_role(name: &str) -> bool {
    PROJECT_ROLES.contains(&name)
}

/// Whether it looks like an organization role.
pub(crate) fn is_organization_role(name: &str) -> bool {
    name.starts_with("ORG_")
}
