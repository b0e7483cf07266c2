// Written by `cargo xtask codegen`; edits are lost.
// From spec/remove_role.openapi.yaml and spec/project_users.openapi.yaml.

#![cfg_attr(rustfmt, rustfmt_skip)]

//! The contract as data: operations and schemas as the documents have them.

use crate::contract::{
    Content, Kind, Location, Operation, Parameter, Property, RequestBody, RequiredWhen,
    Response, Schema,
};

pub static OPERATIONS: &[&Operation] = &[
    &REMOVE_GROUP_USER_ROLE,
    &LIST_GROUP_USERS,
    &ADD_GROUP_USERS,
    &GET_GROUP_USER,
    &REMOVE_GROUP_USER,
    &ADD_GROUP_USER_ROLE,
];

/// Takes one project role from one user.
pub static REMOVE_GROUP_USER_ROLE: Operation = Operation {
    id: "removeGroupUserRole",
    method: "POST",
    path: "/api/atlas/v2/groups/{groupId}/users/{userId}:removeRole",
    parameters: &[
        Parameter {
            name: "groupId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "userId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "envelope",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
        Parameter {
            name: "pretty",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
    ],
    request_body: Some(RequestBody {
        required: true,
        content: &[
            Content {
                media_type: "application/vnd.atlas.2025-02-19+json",
                schema: Some(&ADD_OR_REMOVE_GROUP_ROLE_SCHEMA),
            },
        ],
    }),
    responses: &[
        Response {
            status: 200,
            content: &[
                Content {
                    media_type: "application/vnd.atlas.2025-02-19+json",
                    schema: Some(&GROUP_USER_RESPONSE_SCHEMA),
                },
            ],
        },
        Response {
            status: 400,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 401,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 403,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 404,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 409,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 500,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
    ],
    security: &["ServiceAccounts", "DigestAuth"],
};

/// Lists the users of one project.
pub static LIST_GROUP_USERS: Operation = Operation {
    id: "listGroupUsers",
    method: "GET",
    path: "/api/atlas/v2/groups/{groupId}/users",
    parameters: &[
        Parameter {
            name: "groupId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "envelope",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
        Parameter {
            name: "pretty",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
        Parameter {
            name: "username",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: Some("email"),
                    pattern: None,
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "itemsPerPage",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Integer {
                    minimum: Some(1),
                    maximum: Some(500),
                },
            },
        },
        Parameter {
            name: "pageNum",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Integer {
                    minimum: Some(1),
                    maximum: None,
                },
            },
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200,
            content: &[
                Content {
                    media_type: "application/vnd.atlas.2025-02-19+json",
                    schema: Some(&PAGINATED_GROUP_USER_VIEW_SCHEMA),
                },
            ],
        },
        Response {
            status: 401,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 403,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 404,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 500,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
    ],
    security: &["ServiceAccounts", "DigestAuth"],
};

/// Adds one user to one project.
pub static ADD_GROUP_USERS: Operation = Operation {
    id: "addGroupUsers",
    method: "POST",
    path: "/api/atlas/v2/groups/{groupId}/users",
    parameters: &[
        Parameter {
            name: "groupId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "envelope",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
        Parameter {
            name: "pretty",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
    ],
    request_body: Some(RequestBody {
        required: true,
        content: &[
            Content {
                media_type: "application/vnd.atlas.2025-02-19+json",
                schema: Some(&GROUP_USER_REQUEST_SCHEMA),
            },
        ],
    }),
    responses: &[
        Response {
            status: 201,
            content: &[
                Content {
                    media_type: "application/vnd.atlas.2025-02-19+json",
                    schema: Some(&GROUP_USER_RESPONSE_SCHEMA),
                },
            ],
        },
        Response {
            status: 400,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 401,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 403,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 404,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 409,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 500,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
    ],
    security: &["ServiceAccounts", "DigestAuth"],
};

/// Reads one user of one project.
pub static GET_GROUP_USER: Operation = Operation {
    id: "getGroupUser",
    method: "GET",
    path: "/api/atlas/v2/groups/{groupId}/users/{userId}",
    parameters: &[
        Parameter {
            name: "groupId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "userId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "envelope",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
        Parameter {
            name: "pretty",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200,
            content: &[
                Content {
                    media_type: "application/vnd.atlas.2025-02-19+json",
                    schema: Some(&GROUP_USER_RESPONSE_SCHEMA),
                },
            ],
        },
        Response {
            status: 400,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 401,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 403,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 404,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 500,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
    ],
    security: &["ServiceAccounts", "DigestAuth"],
};

/// Removes one user from one project.
pub static REMOVE_GROUP_USER: Operation = Operation {
    id: "removeGroupUser",
    method: "DELETE",
    path: "/api/atlas/v2/groups/{groupId}/users/{userId}",
    parameters: &[
        Parameter {
            name: "groupId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "userId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "envelope",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
        Parameter {
            name: "pretty",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 204,
            content: &[],
        },
        Response {
            status: 400,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 401,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 403,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 404,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 500,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
    ],
    security: &["ServiceAccounts", "DigestAuth"],
};

/// Gives one project role to one user.
pub static ADD_GROUP_USER_ROLE: Operation = Operation {
    id: "addGroupUserRole",
    method: "POST",
    path: "/api/atlas/v2/groups/{groupId}/users/{userId}:addRole",
    parameters: &[
        Parameter {
            name: "groupId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "userId",
            location: Location::Path,
            required: true,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::String {
                    format: None,
                    pattern: Some("^([a-f0-9]{24})$"),
                    min_length: None,
                    max_length: None,
                    values: &[],
                },
            },
        },
        Parameter {
            name: "envelope",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
        Parameter {
            name: "pretty",
            location: Location::Query,
            required: false,
            schema: &Schema {
                name: "",
                nullable: false,
                kind: Kind::Boolean,
            },
        },
    ],
    request_body: Some(RequestBody {
        required: true,
        content: &[
            Content {
                media_type: "application/vnd.atlas.2025-02-19+json",
                schema: Some(&ADD_OR_REMOVE_GROUP_ROLE_SCHEMA),
            },
        ],
    }),
    responses: &[
        Response {
            status: 200,
            content: &[
                Content {
                    media_type: "application/vnd.atlas.2025-02-19+json",
                    schema: Some(&GROUP_USER_RESPONSE_SCHEMA),
                },
            ],
        },
        Response {
            status: 400,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 401,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 403,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 404,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 409,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
        Response {
            status: 500,
            content: &[
                Content {
                    media_type: "application/json",
                    schema: Some(&API_ERROR_SCHEMA),
                },
            ],
        },
    ],
    security: &["ServiceAccounts", "DigestAuth"],
};

/// The project role that a user is to gain or to lose.
pub static ADD_OR_REMOVE_GROUP_ROLE_SCHEMA: Schema = Schema {
    name: "AddOrRemoveGroupRole",
    nullable: false,
    kind: Kind::Object {
        properties: &[
            Property {
                name: "groupRole",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
        ],
        required_when: &[],
    },
};

/// Why a request was not served.
pub static API_ERROR_SCHEMA: Schema = Schema {
    name: "ApiError",
    nullable: false,
    kind: Kind::Object {
        properties: &[
            Property {
                name: "error",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::Integer {
                        minimum: Some(-2147483648),
                        maximum: Some(2147483647),
                    },
                },
            },
            Property {
                name: "errorCode",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "detail",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: true,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "reason",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: true,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "parameters",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::Array {
                        items: &Schema {
                            name: "",
                            nullable: false,
                            kind: Kind::Object {
                                properties: &[],
                                required_when: &[],
                            },
                        },
                        min_items: None,
                        max_items: None,
                        unique_items: false,
                    },
                },
            },
            Property {
                name: "badRequestDetail",
                required: false,
                schema: &BAD_REQUEST_DETAIL_SCHEMA,
            },
        ],
        required_when: &[],
    },
};

/// What is wrong with a request, field by field.
pub static BAD_REQUEST_DETAIL_SCHEMA: Schema = Schema {
    name: "BadRequestDetail",
    nullable: true,
    kind: Kind::Object {
        properties: &[
            Property {
                name: "fields",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::Array {
                        items: &FIELD_VIOLATION_SCHEMA,
                        min_items: None,
                        max_items: None,
                        unique_items: false,
                    },
                },
            },
        ],
        required_when: &[],
    },
};

/// One field of a request and what is wrong with it.
pub static FIELD_VIOLATION_SCHEMA: Schema = Schema {
    name: "FieldViolation",
    nullable: false,
    kind: Kind::Object {
        properties: &[
            Property {
                name: "description",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "field",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
        ],
        required_when: &[],
    },
};

/// A user to add to a project.
pub static GROUP_USER_REQUEST_SCHEMA: Schema = Schema {
    name: "GroupUserRequest",
    nullable: false,
    kind: Kind::Object {
        properties: &[
            Property {
                name: "roles",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::Array {
                        items: &Schema {
                            name: "",
                            nullable: false,
                            kind: Kind::String {
                                format: None,
                                pattern: None,
                                min_length: None,
                                max_length: None,
                                values: &[],
                            },
                        },
                        min_items: Some(1),
                        max_items: None,
                        unique_items: true,
                    },
                },
            },
            Property {
                name: "username",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: Some("email"),
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
        ],
        required_when: &[],
    },
};

/// A user as one project sees it.
pub static GROUP_USER_RESPONSE_SCHEMA: Schema = Schema {
    name: "GroupUserResponse",
    nullable: false,
    kind: Kind::Object {
        properties: &[
            Property {
                name: "id",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: Some("^([a-f0-9]{24})$"),
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "orgMembershipStatus",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[
                            "PENDING",
                            "ACTIVE",
                            "INVITATION_EXPIRED",
                            "INVITATION_REJECTED",
                        ],
                    },
                },
            },
            Property {
                name: "roles",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::Array {
                        items: &Schema {
                            name: "",
                            nullable: false,
                            kind: Kind::String {
                                format: None,
                                pattern: None,
                                min_length: None,
                                max_length: None,
                                values: &[],
                            },
                        },
                        min_items: Some(1),
                        max_items: None,
                        unique_items: true,
                    },
                },
            },
            Property {
                name: "username",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: Some("email"),
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "invitationCreatedAt",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: Some("date-time"),
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "invitationExpiresAt",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: true,
                    kind: Kind::String {
                        format: Some("date-time"),
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "inviterUsername",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: Some("email"),
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "country",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: Some("^([A-Z]{2})$"),
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "createdAt",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: Some("date-time"),
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "firstName",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "lastAuth",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: Some("date-time"),
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "lastName",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
            Property {
                name: "mobileNumber",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::String {
                        format: None,
                        pattern: None,
                        min_length: None,
                        max_length: None,
                        values: &[],
                    },
                },
            },
        ],
        required_when: &[
            RequiredWhen {
                property: "orgMembershipStatus",
                equals: "PENDING",
                required: &["invitationCreatedAt", "inviterUsername"],
            },
            RequiredWhen {
                property: "orgMembershipStatus",
                equals: "ACTIVE",
                required: &["createdAt", "firstName", "lastName"],
            },
        ],
    },
};

/// One page of the users of a project.
pub static PAGINATED_GROUP_USER_VIEW_SCHEMA: Schema = Schema {
    name: "PaginatedGroupUserView",
    nullable: false,
    kind: Kind::Object {
        properties: &[
            Property {
                name: "results",
                required: true,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::Array {
                        items: &GROUP_USER_RESPONSE_SCHEMA,
                        min_items: None,
                        max_items: None,
                        unique_items: false,
                    },
                },
            },
            Property {
                name: "totalCount",
                required: false,
                schema: &Schema {
                    name: "",
                    nullable: false,
                    kind: Kind::Integer {
                        minimum: Some(0),
                        maximum: Some(2147483647),
                    },
                },
            },
        ],
        required_when: &[],
    },
};
