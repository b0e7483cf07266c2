// Written by `cargo xtask codegen`; edits are lost.
// From spec/clauses.yaml.

#![cfg_attr(rustfmt, rustfmt_skip)]

//! The requirements that the documentation makes, each with a stable slug.

/// How strict a clause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The documentation says it; a breach fails the run.
    Must,
    /// It follows from it or from HTTP; a breach is a warning.
    Should,
    /// It is left open; what is seen is recorded.
    May,
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            match self {
                Self::Must => "must",
                Self::Should => "should",
                Self::May => "may",
            },
        )
    }
}

/// One requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clause {
    /// A removal takes exactly the named role from exactly the named user in
    /// exactly the named project. The user's other roles, other users, and the
    /// same user in another project stay as they were.
    RolesRemovesExactlyOne,
    /// A role can be removed from an active user.
    RolesActiveUser,
    /// A role can be removed from a user whose invitation is pending.
    RolesPendingUser,
    /// An only role is replaced by adding the new role and then removing the old
    /// one; that sequence succeeds.
    RolesReplaceOnlyRole,
    /// A user has at least one role at all times. Removing the only role is
    /// refused with a documented 4xx status and the user keeps it.
    RolesNeverEmpty,
    /// The only role is safe whichever role it is, for active and pending users,
    /// under either authentication scheme, with and without envelope and pretty.
    RolesNeverEmptyEverywhere,
    /// The rule holds when removals race. One role is left however many run at
    /// once, each 200 answers for a role that is gone, and each refusal for a
    /// role that is still there or was gone before.
    RolesNeverEmptyUnderRace,
    /// A refused removal, whatever the cause, changes nothing, and a later legal
    /// removal succeeds.
    RolesRefusalChangesNothing,
    /// Which documented 4xx status and which errorCode refuse the removal of an
    /// only role.
    RolesRefusalStatus,
    /// Removing a role that the user lacks is answered with a documented 4xx
    /// status, or with a 200 that changes nothing.
    RolesAbsentRole,
    /// Names match exactly. A role name or property name that differs in case,
    /// surrounding white space or length names something else.
    RolesExactName,
    /// A user invited through the deprecated project invitation can't be changed
    /// by this operation, which answers with a documented error.
    RolesDeprecatedInvitation,
    /// Only POST changes anything. GET, HEAD, PUT, PATCH and DELETE on the path
    /// remove no role.
    RequestPostOnly,
    /// groupId is 24 hexadecimal digits in the published pattern. Anything else
    /// is refused with a documented 4xx status, never answered with 2xx or 5xx.
    RequestGroupId,
    /// userId is 24 hexadecimal digits in the published pattern. Anything else
    /// is refused with a documented 4xx status, never answered with 2xx or 5xx.
    RequestUserId,
    /// What becomes of an id with upper-case or percent-encoded hexadecimal
    /// digits. It is served as the id that it spells, or refused with a 4xx
    /// status.
    RequestEquivalentId,
    /// A well-formed userId that names no user of the project is answered with
    /// 404\.
    RequestUnknownUser,
    /// A well-formed groupId that names no project is answered with 404, or with
    /// 401 or 403 where the server hides what the caller may not see.
    RequestUnknownGroup,
    /// A body sent as the documented media type is accepted.
    RequestBodyMediaType,
    /// The media type of the body is read as HTTP defines it; letter case and a
    /// charset parameter do not change it.
    RequestMediaTypeSyntax,
    /// What becomes of a body sent as another media type, and of an Accept
    /// header that names other types. It is served like the documented one or
    /// refused with a 4xx status.
    RequestOtherMediaTypes,
    /// A missing body, malformed JSON, a value that is no object, or a missing,
    /// null or non-string groupRole is refused with a documented 4xx status and
    /// changes nothing.
    RequestBodyShape,
    /// The same JSON value in another spelling (white space, escapes) is the
    /// same request.
    RequestJsonEquivalence,
    /// A name that is no project role is refused with a documented 4xx status.
    RequestUnknownRole,
    /// Unknown properties, duplicate keys, deep nesting, large bodies and any
    /// bytes at all are answered, within the documented statuses other than 500;
    /// 413 and 415 are legal answers to size and media type.
    RequestOddBodies,
    /// With envelope=true the answer is a JSON object that carries `status`,
    /// equal to the status of the same request without it, and the unwrapped
    /// payload under one other field. The status line keeps that status or is
    /// 200\.
    QueryEnvelope,
    /// With envelope=true errors are wrapped as well.
    QueryEnvelopeErrors,
    /// With envelope=false the answer is the one without the parameter.
    QueryEnvelopeFalse,
    /// With pretty=true the answer is the same JSON value laid out over several
    /// lines, and nothing else changes.
    QueryPretty,
    /// A value that is no boolean is refused with a documented 4xx status or
    /// ignored.
    QueryNonBoolean,
    /// The bearer token of a service account authenticates the request.
    AuthServiceAccount,
    /// An API key pair authenticates the request through HTTP Digest.
    AuthDigest,
    /// Without credentials, with an unknown scheme, with a garbage or altered
    /// token, or with a wrong Digest response the answer is 401 and nothing
    /// changes.
    AuthRequired,
    /// Valid credentials without the role of Project Owner or Project Access
    /// Manager are refused with 403 and change nothing.
    AuthPermission,
    /// 401 says that credentials are missing or wrong, so a request with valid
    /// ones gets another status.
    AuthValidCredentials,
    /// A 401 carries WWW-Authenticate.
    AuthChallenge,
    /// No header and no body of an answer repeats a credential that was sent.
    AuthNoEcho,
    /// Every answer to a request within the protocol has one of the documented
    /// statuses.
    StatusDocumented,
    /// Nothing that a client sends, legal or not, alone or beside other
    /// requests, provokes a 5xx status.
    StatusNoServerError,
    /// Success is 200 with a body, never another 2xx status or a redirect.
    StatusSuccessIs200,
    /// 429 is waited for and retried, and counted.
    StatusRateLimit,
    /// A 200 carries the documented media type of success; parameters and letter
    /// case are free.
    MediaSuccess,
    /// A documented error carries the documented media type of errors;
    /// parameters and letter case are free.
    MediaErrors,
    /// The body is UTF-8 and exactly one JSON value, as long as Content-Length
    /// says.
    MediaJson,
    /// No JSON object in a body has the same key twice.
    MediaUniqueKeys,
    /// `id` is 24 hexadecimal digits in the published pattern, and the userId of
    /// the path.
    SuccessId,
    /// `orgMembershipStatus` is one of the published values, PENDING for an
    /// invited user and ACTIVE for an active one.
    SuccessMembership,
    /// `roles` is an array of one or more distinct strings, exactly the roles
    /// that the user has after the removal, in any order.
    SuccessRoles,
    /// `username` is an email address, the user's.
    SuccessUsername,
    /// `invitationCreatedAt` and `invitationExpiresAt`, where present, are ISO
    /// 8601 date-times in UTC, and the invitation's. The latter is null for a
    /// rejected invitation.
    SuccessInvitationTimes,
    /// `inviterUsername`, where present, is an email address, the inviter's.
    SuccessInviter,
    /// `id`, `orgMembershipStatus`, `roles` and `username` are present.
    SuccessRequired,
    /// A pending user has `invitationCreatedAt` and `inviterUsername`; an active
    /// one `createdAt`, `firstName` and `lastName`.
    SuccessRequiredByStatus,
    /// Further documented fields have their published shape and the user's
    /// values; unknown fields are free.
    SuccessOtherFields,
    /// `error` is present, a 32-bit integer, and equal to the status of the
    /// answer.
    ErrorError,
    /// `errorCode` is present and a string.
    ErrorCode,
    /// `detail` and `reason` are strings where present; the published document
    /// lets them be null.
    ErrorTexts,
    /// `parameters`, where present, is an array.
    ErrorParameters,
    /// The elements of `parameters` are objects.
    ErrorParameterElements,
    /// `badRequestDetail`, where present, is an object (or null, says the
    /// published document); its `fields`, where present, is an array of objects
    /// with the strings `description` and `field`.
    ErrorBadRequestDetail,
    /// An error shows no stack trace, no file path and no secret.
    ErrorNoLeak,
    /// Each request is answered within the time limit, once, with a body of
    /// bounded size; the connection is not dropped in the middle of the answer,
    /// and nothing comes behind it.
    HttpAnswers,
    /// Concurrent requests get the answers that single ones get.
    HttpConcurrent,
    /// After any odd input the server goes on serving good requests, on the same
    /// connection where it keeps it open.
    HttpAfterOddInput,
}

impl Clause {
    /// Every clause, in the order of the file.
    pub const ALL: &'static [Self] = &[
        Self::RolesRemovesExactlyOne,
        Self::RolesActiveUser,
        Self::RolesPendingUser,
        Self::RolesReplaceOnlyRole,
        Self::RolesNeverEmpty,
        Self::RolesNeverEmptyEverywhere,
        Self::RolesNeverEmptyUnderRace,
        Self::RolesRefusalChangesNothing,
        Self::RolesRefusalStatus,
        Self::RolesAbsentRole,
        Self::RolesExactName,
        Self::RolesDeprecatedInvitation,
        Self::RequestPostOnly,
        Self::RequestGroupId,
        Self::RequestUserId,
        Self::RequestEquivalentId,
        Self::RequestUnknownUser,
        Self::RequestUnknownGroup,
        Self::RequestBodyMediaType,
        Self::RequestMediaTypeSyntax,
        Self::RequestOtherMediaTypes,
        Self::RequestBodyShape,
        Self::RequestJsonEquivalence,
        Self::RequestUnknownRole,
        Self::RequestOddBodies,
        Self::QueryEnvelope,
        Self::QueryEnvelopeErrors,
        Self::QueryEnvelopeFalse,
        Self::QueryPretty,
        Self::QueryNonBoolean,
        Self::AuthServiceAccount,
        Self::AuthDigest,
        Self::AuthRequired,
        Self::AuthPermission,
        Self::AuthValidCredentials,
        Self::AuthChallenge,
        Self::AuthNoEcho,
        Self::StatusDocumented,
        Self::StatusNoServerError,
        Self::StatusSuccessIs200,
        Self::StatusRateLimit,
        Self::MediaSuccess,
        Self::MediaErrors,
        Self::MediaJson,
        Self::MediaUniqueKeys,
        Self::SuccessId,
        Self::SuccessMembership,
        Self::SuccessRoles,
        Self::SuccessUsername,
        Self::SuccessInvitationTimes,
        Self::SuccessInviter,
        Self::SuccessRequired,
        Self::SuccessRequiredByStatus,
        Self::SuccessOtherFields,
        Self::ErrorError,
        Self::ErrorCode,
        Self::ErrorTexts,
        Self::ErrorParameters,
        Self::ErrorParameterElements,
        Self::ErrorBadRequestDetail,
        Self::ErrorNoLeak,
        Self::HttpAnswers,
        Self::HttpConcurrent,
        Self::HttpAfterOddInput,
    ];

    /// Its stable name.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::RolesRemovesExactlyOne => "roles.removes-exactly-one",
            Self::RolesActiveUser => "roles.active-user",
            Self::RolesPendingUser => "roles.pending-user",
            Self::RolesReplaceOnlyRole => "roles.replace-only-role",
            Self::RolesNeverEmpty => "roles.never-empty",
            Self::RolesNeverEmptyEverywhere => "roles.never-empty-everywhere",
            Self::RolesNeverEmptyUnderRace => "roles.never-empty-under-race",
            Self::RolesRefusalChangesNothing => "roles.refusal-changes-nothing",
            Self::RolesRefusalStatus => "roles.refusal-status",
            Self::RolesAbsentRole => "roles.absent-role",
            Self::RolesExactName => "roles.exact-name",
            Self::RolesDeprecatedInvitation => "roles.deprecated-invitation",
            Self::RequestPostOnly => "request.post-only",
            Self::RequestGroupId => "request.group-id",
            Self::RequestUserId => "request.user-id",
            Self::RequestEquivalentId => "request.equivalent-id",
            Self::RequestUnknownUser => "request.unknown-user",
            Self::RequestUnknownGroup => "request.unknown-group",
            Self::RequestBodyMediaType => "request.body-media-type",
            Self::RequestMediaTypeSyntax => "request.media-type-syntax",
            Self::RequestOtherMediaTypes => "request.other-media-types",
            Self::RequestBodyShape => "request.body-shape",
            Self::RequestJsonEquivalence => "request.json-equivalence",
            Self::RequestUnknownRole => "request.unknown-role",
            Self::RequestOddBodies => "request.odd-bodies",
            Self::QueryEnvelope => "query.envelope",
            Self::QueryEnvelopeErrors => "query.envelope-errors",
            Self::QueryEnvelopeFalse => "query.envelope-false",
            Self::QueryPretty => "query.pretty",
            Self::QueryNonBoolean => "query.non-boolean",
            Self::AuthServiceAccount => "auth.service-account",
            Self::AuthDigest => "auth.digest",
            Self::AuthRequired => "auth.required",
            Self::AuthPermission => "auth.permission",
            Self::AuthValidCredentials => "auth.valid-credentials",
            Self::AuthChallenge => "auth.challenge",
            Self::AuthNoEcho => "auth.no-echo",
            Self::StatusDocumented => "status.documented",
            Self::StatusNoServerError => "status.no-server-error",
            Self::StatusSuccessIs200 => "status.success-is-200",
            Self::StatusRateLimit => "status.rate-limit",
            Self::MediaSuccess => "media.success",
            Self::MediaErrors => "media.errors",
            Self::MediaJson => "media.json",
            Self::MediaUniqueKeys => "media.unique-keys",
            Self::SuccessId => "success.id",
            Self::SuccessMembership => "success.membership",
            Self::SuccessRoles => "success.roles",
            Self::SuccessUsername => "success.username",
            Self::SuccessInvitationTimes => "success.invitation-times",
            Self::SuccessInviter => "success.inviter",
            Self::SuccessRequired => "success.required",
            Self::SuccessRequiredByStatus => "success.required-by-status",
            Self::SuccessOtherFields => "success.other-fields",
            Self::ErrorError => "error.error",
            Self::ErrorCode => "error.code",
            Self::ErrorTexts => "error.texts",
            Self::ErrorParameters => "error.parameters",
            Self::ErrorParameterElements => "error.parameter-elements",
            Self::ErrorBadRequestDetail => "error.bad-request-detail",
            Self::ErrorNoLeak => "error.no-leak",
            Self::HttpAnswers => "http.answers",
            Self::HttpConcurrent => "http.concurrent",
            Self::HttpAfterOddInput => "http.after-odd-input",
        }
    }

    /// How strict it is.
    pub const fn level(self) -> Level {
        match self {
            Self::RolesRemovesExactlyOne => Level::Must,
            Self::RolesActiveUser => Level::Must,
            Self::RolesPendingUser => Level::Must,
            Self::RolesReplaceOnlyRole => Level::Must,
            Self::RolesNeverEmpty => Level::Must,
            Self::RolesNeverEmptyEverywhere => Level::Must,
            Self::RolesNeverEmptyUnderRace => Level::Must,
            Self::RolesRefusalChangesNothing => Level::Must,
            Self::RolesRefusalStatus => Level::May,
            Self::RolesAbsentRole => Level::May,
            Self::RolesExactName => Level::Should,
            Self::RolesDeprecatedInvitation => Level::Must,
            Self::RequestPostOnly => Level::Should,
            Self::RequestGroupId => Level::Must,
            Self::RequestUserId => Level::Must,
            Self::RequestEquivalentId => Level::May,
            Self::RequestUnknownUser => Level::Must,
            Self::RequestUnknownGroup => Level::Must,
            Self::RequestBodyMediaType => Level::Must,
            Self::RequestMediaTypeSyntax => Level::Should,
            Self::RequestOtherMediaTypes => Level::May,
            Self::RequestBodyShape => Level::Must,
            Self::RequestJsonEquivalence => Level::Should,
            Self::RequestUnknownRole => Level::Should,
            Self::RequestOddBodies => Level::Must,
            Self::QueryEnvelope => Level::Must,
            Self::QueryEnvelopeErrors => Level::Should,
            Self::QueryEnvelopeFalse => Level::Must,
            Self::QueryPretty => Level::Must,
            Self::QueryNonBoolean => Level::Should,
            Self::AuthServiceAccount => Level::Must,
            Self::AuthDigest => Level::Must,
            Self::AuthRequired => Level::Must,
            Self::AuthPermission => Level::Must,
            Self::AuthValidCredentials => Level::Should,
            Self::AuthChallenge => Level::Should,
            Self::AuthNoEcho => Level::Must,
            Self::StatusDocumented => Level::Must,
            Self::StatusNoServerError => Level::Must,
            Self::StatusSuccessIs200 => Level::Must,
            Self::StatusRateLimit => Level::May,
            Self::MediaSuccess => Level::Must,
            Self::MediaErrors => Level::Must,
            Self::MediaJson => Level::Must,
            Self::MediaUniqueKeys => Level::Should,
            Self::SuccessId => Level::Must,
            Self::SuccessMembership => Level::Must,
            Self::SuccessRoles => Level::Must,
            Self::SuccessUsername => Level::Must,
            Self::SuccessInvitationTimes => Level::Must,
            Self::SuccessInviter => Level::Must,
            Self::SuccessRequired => Level::Must,
            Self::SuccessRequiredByStatus => Level::Should,
            Self::SuccessOtherFields => Level::Should,
            Self::ErrorError => Level::Must,
            Self::ErrorCode => Level::Must,
            Self::ErrorTexts => Level::Must,
            Self::ErrorParameters => Level::Must,
            Self::ErrorParameterElements => Level::Should,
            Self::ErrorBadRequestDetail => Level::Must,
            Self::ErrorNoLeak => Level::Should,
            Self::HttpAnswers => Level::Must,
            Self::HttpConcurrent => Level::Must,
            Self::HttpAfterOddInput => Level::Must,
        }
    }

    /// The requirement.
    pub const fn text(self) -> &'static str {
        match self {
            Self::RolesRemovesExactlyOne => {
                "A removal takes exactly the named role from exactly the named user in exactly the named project. The user's other roles, other users, and the same user in another project stay as they were."
            }
            Self::RolesActiveUser => "A role can be removed from an active user.",
            Self::RolesPendingUser => {
                "A role can be removed from a user whose invitation is pending."
            }
            Self::RolesReplaceOnlyRole => {
                "An only role is replaced by adding the new role and then removing the old one; that sequence succeeds."
            }
            Self::RolesNeverEmpty => {
                "A user has at least one role at all times. Removing the only role is refused with a documented 4xx status and the user keeps it."
            }
            Self::RolesNeverEmptyEverywhere => {
                "The only role is safe whichever role it is, for active and pending users, under either authentication scheme, with and without envelope and pretty."
            }
            Self::RolesNeverEmptyUnderRace => {
                "The rule holds when removals race. One role is left however many run at once, each 200 answers for a role that is gone, and each refusal for a role that is still there or was gone before."
            }
            Self::RolesRefusalChangesNothing => {
                "A refused removal, whatever the cause, changes nothing, and a later legal removal succeeds."
            }
            Self::RolesRefusalStatus => {
                "Which documented 4xx status and which errorCode refuse the removal of an only role."
            }
            Self::RolesAbsentRole => {
                "Removing a role that the user lacks is answered with a documented 4xx status, or with a 200 that changes nothing."
            }
            Self::RolesExactName => {
                "Names match exactly. A role name or property name that differs in case, surrounding white space or length names something else."
            }
            Self::RolesDeprecatedInvitation => {
                "A user invited through the deprecated project invitation can't be changed by this operation, which answers with a documented error."
            }
            Self::RequestPostOnly => {
                "Only POST changes anything. GET, HEAD, PUT, PATCH and DELETE on the path remove no role."
            }
            Self::RequestGroupId => {
                "groupId is 24 hexadecimal digits in the published pattern. Anything else is refused with a documented 4xx status, never answered with 2xx or 5xx."
            }
            Self::RequestUserId => {
                "userId is 24 hexadecimal digits in the published pattern. Anything else is refused with a documented 4xx status, never answered with 2xx or 5xx."
            }
            Self::RequestEquivalentId => {
                "What becomes of an id with upper-case or percent-encoded hexadecimal digits. It is served as the id that it spells, or refused with a 4xx status."
            }
            Self::RequestUnknownUser => {
                "A well-formed userId that names no user of the project is answered with 404."
            }
            Self::RequestUnknownGroup => {
                "A well-formed groupId that names no project is answered with 404, or with 401 or 403 where the server hides what the caller may not see."
            }
            Self::RequestBodyMediaType => {
                "A body sent as the documented media type is accepted."
            }
            Self::RequestMediaTypeSyntax => {
                "The media type of the body is read as HTTP defines it; letter case and a charset parameter do not change it."
            }
            Self::RequestOtherMediaTypes => {
                "What becomes of a body sent as another media type, and of an Accept header that names other types. It is served like the documented one or refused with a 4xx status."
            }
            Self::RequestBodyShape => {
                "A missing body, malformed JSON, a value that is no object, or a missing, null or non-string groupRole is refused with a documented 4xx status and changes nothing."
            }
            Self::RequestJsonEquivalence => {
                "The same JSON value in another spelling (white space, escapes) is the same request."
            }
            Self::RequestUnknownRole => {
                "A name that is no project role is refused with a documented 4xx status."
            }
            Self::RequestOddBodies => {
                "Unknown properties, duplicate keys, deep nesting, large bodies and any bytes at all are answered, within the documented statuses other than 500; 413 and 415 are legal answers to size and media type."
            }
            Self::QueryEnvelope => {
                "With envelope=true the answer is a JSON object that carries `status`, equal to the status of the same request without it, and the unwrapped payload under one other field. The status line keeps that status or is 200."
            }
            Self::QueryEnvelopeErrors => "With envelope=true errors are wrapped as well.",
            Self::QueryEnvelopeFalse => {
                "With envelope=false the answer is the one without the parameter."
            }
            Self::QueryPretty => {
                "With pretty=true the answer is the same JSON value laid out over several lines, and nothing else changes."
            }
            Self::QueryNonBoolean => {
                "A value that is no boolean is refused with a documented 4xx status or ignored."
            }
            Self::AuthServiceAccount => {
                "The bearer token of a service account authenticates the request."
            }
            Self::AuthDigest => {
                "An API key pair authenticates the request through HTTP Digest."
            }
            Self::AuthRequired => {
                "Without credentials, with an unknown scheme, with a garbage or altered token, or with a wrong Digest response the answer is 401 and nothing changes."
            }
            Self::AuthPermission => {
                "Valid credentials without the role of Project Owner or Project Access Manager are refused with 403 and change nothing."
            }
            Self::AuthValidCredentials => {
                "401 says that credentials are missing or wrong, so a request with valid ones gets another status."
            }
            Self::AuthChallenge => "A 401 carries WWW-Authenticate.",
            Self::AuthNoEcho => {
                "No header and no body of an answer repeats a credential that was sent."
            }
            Self::StatusDocumented => {
                "Every answer to a request within the protocol has one of the documented statuses."
            }
            Self::StatusNoServerError => {
                "Nothing that a client sends, legal or not, alone or beside other requests, provokes a 5xx status."
            }
            Self::StatusSuccessIs200 => {
                "Success is 200 with a body, never another 2xx status or a redirect."
            }
            Self::StatusRateLimit => "429 is waited for and retried, and counted.",
            Self::MediaSuccess => {
                "A 200 carries the documented media type of success; parameters and letter case are free."
            }
            Self::MediaErrors => {
                "A documented error carries the documented media type of errors; parameters and letter case are free."
            }
            Self::MediaJson => {
                "The body is UTF-8 and exactly one JSON value, as long as Content-Length says."
            }
            Self::MediaUniqueKeys => "No JSON object in a body has the same key twice.",
            Self::SuccessId => {
                "`id` is 24 hexadecimal digits in the published pattern, and the userId of the path."
            }
            Self::SuccessMembership => {
                "`orgMembershipStatus` is one of the published values, PENDING for an invited user and ACTIVE for an active one."
            }
            Self::SuccessRoles => {
                "`roles` is an array of one or more distinct strings, exactly the roles that the user has after the removal, in any order."
            }
            Self::SuccessUsername => "`username` is an email address, the user's.",
            Self::SuccessInvitationTimes => {
                "`invitationCreatedAt` and `invitationExpiresAt`, where present, are ISO 8601 date-times in UTC, and the invitation's. The latter is null for a rejected invitation."
            }
            Self::SuccessInviter => {
                "`inviterUsername`, where present, is an email address, the inviter's."
            }
            Self::SuccessRequired => {
                "`id`, `orgMembershipStatus`, `roles` and `username` are present."
            }
            Self::SuccessRequiredByStatus => {
                "A pending user has `invitationCreatedAt` and `inviterUsername`; an active one `createdAt`, `firstName` and `lastName`."
            }
            Self::SuccessOtherFields => {
                "Further documented fields have their published shape and the user's values; unknown fields are free."
            }
            Self::ErrorError => {
                "`error` is present, a 32-bit integer, and equal to the status of the answer."
            }
            Self::ErrorCode => "`errorCode` is present and a string.",
            Self::ErrorTexts => {
                "`detail` and `reason` are strings where present; the published document lets them be null."
            }
            Self::ErrorParameters => "`parameters`, where present, is an array.",
            Self::ErrorParameterElements => "The elements of `parameters` are objects.",
            Self::ErrorBadRequestDetail => {
                "`badRequestDetail`, where present, is an object (or null, says the published document); its `fields`, where present, is an array of objects with the strings `description` and `field`."
            }
            Self::ErrorNoLeak => {
                "An error shows no stack trace, no file path and no secret."
            }
            Self::HttpAnswers => {
                "Each request is answered within the time limit, once, with a body of bounded size; the connection is not dropped in the middle of the answer, and nothing comes behind it."
            }
            Self::HttpConcurrent => {
                "Concurrent requests get the answers that single ones get."
            }
            Self::HttpAfterOddInput => {
                "After any odd input the server goes on serving good requests, on the same connection where it keeps it open."
            }
        }
    }

    /// Where it stands.
    pub const fn source(self) -> &'static str {
        match self {
            Self::RolesRemovesExactlyOne => "page, summary",
            Self::RolesActiveUser => "page, summary",
            Self::RolesPendingUser => "page, summary",
            Self::RolesReplaceOnlyRole => "page, summary",
            Self::RolesNeverEmpty => "page, summary",
            Self::RolesNeverEmptyEverywhere => "page, summary",
            Self::RolesNeverEmptyUnderRace => "page, summary",
            Self::RolesRefusalChangesNothing => "page, summary and responses",
            Self::RolesRefusalStatus => "page, responses",
            Self::RolesAbsentRole => "page, responses",
            Self::RolesExactName => "RFC 8259, section 8.3",
            Self::RolesDeprecatedInvitation => "page, note",
            Self::RequestPostOnly => "RFC 9110, section 9",
            Self::RequestGroupId => "page, path parameters",
            Self::RequestUserId => "page, path parameters",
            Self::RequestEquivalentId => "RFC 3986, section 6.2.2",
            Self::RequestUnknownUser => "page, responses",
            Self::RequestUnknownGroup => "page, responses",
            Self::RequestBodyMediaType => "page, body",
            Self::RequestMediaTypeSyntax => "RFC 9110, section 8.3.1",
            Self::RequestOtherMediaTypes => "page, body",
            Self::RequestBodyShape => "page, body",
            Self::RequestJsonEquivalence => "RFC 8259, sections 2 and 7",
            Self::RequestUnknownRole => "page, body and responses",
            Self::RequestOddBodies => "page, responses",
            Self::QueryEnvelope => "page, query parameters",
            Self::QueryEnvelopeErrors => "page, query parameters",
            Self::QueryEnvelopeFalse => "page, query parameters",
            Self::QueryPretty => "page, query parameters",
            Self::QueryNonBoolean => "page, query parameters",
            Self::AuthServiceAccount => "page, authentication; RFC 6750",
            Self::AuthDigest => "page, authentication; RFC 7616",
            Self::AuthRequired => "page, authentication and responses",
            Self::AuthPermission => "page, summary and responses",
            Self::AuthValidCredentials => "RFC 9110, section 15.5.2",
            Self::AuthChallenge => "RFC 9110, section 15.5.2",
            Self::AuthNoEcho => "page, authentication",
            Self::StatusDocumented => "page, responses",
            Self::StatusNoServerError => "page, responses",
            Self::StatusSuccessIs200 => "page, responses",
            Self::StatusRateLimit => "document, responses",
            Self::MediaSuccess => "page, responses",
            Self::MediaErrors => "page, responses",
            Self::MediaJson => "page, responses; RFC 8259",
            Self::MediaUniqueKeys => "RFC 8259, section 4",
            Self::SuccessId => "page, 200",
            Self::SuccessMembership => "page, 200",
            Self::SuccessRoles => "page, 200",
            Self::SuccessUsername => "page, 200",
            Self::SuccessInvitationTimes => "page, 200; document",
            Self::SuccessInviter => "page, 200",
            Self::SuccessRequired => "document, schemas",
            Self::SuccessRequiredByStatus => "document, schemas",
            Self::SuccessOtherFields => "document, schemas",
            Self::ErrorError => "page, errors",
            Self::ErrorCode => "document, schemas; page, errors",
            Self::ErrorTexts => "page, errors; document",
            Self::ErrorParameters => "page, errors",
            Self::ErrorParameterElements => "page, errors",
            Self::ErrorBadRequestDetail => "page, errors; document, schemas",
            Self::ErrorNoLeak => "plain safety",
            Self::HttpAnswers => "RFC 9110, section 3; RFC 9112, section 6.3",
            Self::HttpConcurrent => "page, responses",
            Self::HttpAfterOddInput => "page, responses; RFC 9112, section 9.3",
        }
    }

    /// The first part of its slug.
    pub fn section(self) -> &'static str {
        self.slug().split('.').next().unwrap_or_default()
    }

    /// Why no check can show it, where that is so.
    pub const fn uncheckable(self) -> Option<&'static str> {
        match self {
            Self::StatusRateLimit => {
                Some(
                    "What brings a 429 about is the server's own affair. Each is waited out, sent again and counted, and none is a breach.",
                )
            }
            _ => None,
        }
    }

    /// The clause with this slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|clause| clause.slug() == slug)
    }
}

impl std::fmt::Display for Clause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.slug())
    }
}
