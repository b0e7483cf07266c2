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

/// What is known of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClauseData {
    pub slug: &'static str,
    /// How strict it is.
    pub level: Level,
    pub text: &'static str,
    pub source: &'static str,
    /// Why no check can show it, where that is so.
    pub uncheckable: Option<&'static str>,
    /// The clause at length.
    pub explanation: Explanation,
    /// Whether it is about what happens to a user: responses alone can break it, but not
    /// show that it holds.
    pub effect: bool,
    /// Whether it takes several users to show that it holds: a response that is always the
    /// same could be right for one.
    pub several_users: bool,
    /// The places in the bodies of responses that it judges.
    pub judges: &'static [Judged],
}

/// A clause at length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// Why somebody depends on it.
    pub why: &'static str,
    /// What the checks send.
    pub sent: &'static str,
    /// What passes, and what is left open.
    pub passes: &'static str,
    /// How to repair a server that fails.
    pub repair: &'static str,
}

/// A place in the body of a response: a value and everything in it that has no clause of
/// its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The kind of body.
    pub body: Body,
    /// The segments of its JSON pointer; `*` is any one member or element.
    pub at: &'static [&'static str],
    /// The kind of breach; none: every kind.
    pub breach: Option<BreachKind>,
}

/// The kinds of documented bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// The body of a 200.
    Success,
    /// The body of an error.
    Error,
}

/// The ways in which a body departs from its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreachKind {
    /// The value is wrong.
    Value,
    /// A required property is absent.
    Missing,
    /// A property that another's value requires is absent.
    MissingByCondition,
}

impl Judged {
    /// How precisely this names the place of a breach, if it does: a longer pointer is more
    /// precise, and then a name instead of `*`.
    fn precision(&self, segments: &[&str]) -> Option<(usize, Vec<bool>)> {
        let named: Vec<bool> = self.at.iter().map(|segment| *segment != "*").collect();
        let matches = self.at.len() <= segments.len()
            && self
                .at
                .iter()
                .zip(segments)
                .all(|(at, segment)| *at == "*" || at == segment);
        matches.then_some((self.at.len(), named))
    }
}

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
    /// A missing body, text that no parser reads as JSON, a value that is no
    /// object, or a missing, null or non-string groupRole is refused with a
    /// documented 4xx status and changes nothing.
    RequestBodyShape,
    /// The same JSON value in another spelling (white space, escapes) is the
    /// same request.
    RequestJsonEquivalence,
    /// A body that the grammar of JSON does not allow is refused, also where a
    /// lenient parser reads the documented object in it.
    RequestJsonStrictness,
    /// A name that is no project role is refused with a documented 4xx status.
    RequestUnknownRole,
    /// What no documentation speaks of is answered within the documented
    /// statuses other than 500: unknown properties, duplicate keys, deep
    /// nesting, large bodies, any bytes at all, unusual header fields. 413 and
    /// 415 are legal answers to size and media type.
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
    /// No request that the documentation speaks of, right or wrong, alone or
    /// beside others, is answered with a 5xx status.
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
        Self::RequestJsonStrictness,
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

    /// All that is known of it.
    pub const fn data(self) -> &'static ClauseData {
        &CLAUSES[self as usize]
    }

    pub const fn slug(self) -> &'static str {
        self.data().slug
    }

    /// How strict it is.
    pub const fn level(self) -> Level {
        self.data().level
    }

    pub const fn text(self) -> &'static str {
        self.data().text
    }

    pub const fn source(self) -> &'static str {
        self.data().source
    }

    /// The first part of its slug.
    pub fn section(self) -> &'static str {
        self.slug().split('.').next().unwrap_or_default()
    }

    /// Why no check can show it, where that is so.
    pub const fn uncheckable(self) -> Option<&'static str> {
        self.data().uncheckable
    }

    /// The clause at length.
    pub const fn explanation(self) -> &'static Explanation {
        &self.data().explanation
    }

    /// The clause with this slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|clause| clause.slug() == slug)
    }

    /// The clause that a breach at this JSON pointer of a body belongs to.
    ///
    /// # Panics
    /// Never: the generator refuses clauses that don't judge both bodies as a whole.
    pub fn of_breach(body: Body, pointer: &str, kind: BreachKind) -> Self {
        let segments: Vec<&str> = pointer.split('/').skip(1).collect();
        let judged = |clause: Self| {
            clause.data().judges.iter().map(move |it| (it, clause))
        };
        Self::ALL
            .iter()
            .flat_map(|clause| judged(*clause))
            .filter(|(it, _)| {
                it.body == body && it.breach.is_none_or(|only| only == kind)
            })
            .filter_map(|(it, clause)| Some((it.precision(&segments)?, clause)))
            .max_by(|(left, _), (right, _)| left.cmp(right))
            .map(|(_, clause)| clause)
            .expect("a clause for every place")
    }
}

impl std::fmt::Display for Clause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.slug())
    }
}

/// What is known of each clause, in the order of [`Clause::ALL`].
pub static CLAUSES: &[ClauseData] = &[
    ClauseData {
        slug: "roles.removes-exactly-one",
        level: Level::Must,
        text: "A removal takes exactly the named role from exactly the named user in exactly the named project. The user's other roles, other users, and the same user in another project stay as they were.",
        source: "page, summary",
        uncheckable: None,
        explanation: Explanation {
            why: "Access is granted by roles. A removal that takes too little leaves access that was revoked, and one that takes too much locks people out.",
            sent: "Removals of every known role from users with many roles, random sequences of additions and removals, and removals beside users who must not change.",
            passes: "A 200 after which a read of the user shows the former roles without the named one, in any order. Other users, and the same user in another project, are as before.",
            repair: "Look the user up by both ids in the path, compare the whole role name, remove that one entry and keep the rest. Key the stored roles by project and user, not by user alone.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.active-user",
        level: Level::Must,
        text: "A role can be removed from an active user.",
        source: "page, summary",
        uncheckable: None,
        explanation: Explanation {
            why: "Most removals are for active users of the organization.",
            sent: "Removals of one of several roles of an active user.",
            passes: "A 200 with the remaining roles in the response, and the same roles when the user is read back.",
            repair: "Make the operation find users who have joined, and store the change that the response reports.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.pending-user",
        level: Level::Must,
        text: "A role can be removed from a user whose invitation is pending.",
        source: "page, summary",
        uncheckable: None,
        explanation: Explanation {
            why: "An invitation already carries roles, and it must be possible to revoke them before it is accepted.",
            sent: "Removals of one of several roles of a user whose invitation is pending.",
            passes: "A 200 with orgMembershipStatus PENDING and the remaining roles, and the same roles when the user is read back.",
            repair: "Look in the open invitations as well as among the members, and change the roles of the invitation.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.replace-only-role",
        level: Level::Must,
        text: "An only role is replaced by adding the new role and then removing the old one; that sequence succeeds.",
        source: "page, summary",
        uncheckable: None,
        explanation: Explanation {
            why: "It is the one way to change the role of a user who has a single one, because that one can't be removed first.",
            sent: "For a user with one role: the new role through addRole, then the removal of the old one, for every known role in turn.",
            passes: "Each removal is answered with 200 and leaves exactly the new role.",
            repair: "Count the roles when the removal arrives, not when the user was created, and make sure that addRole and removeRole work on the same stored list.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.never-empty",
        level: Level::Must,
        text: "A user has at least one role at all times. Removing the only role is refused with a documented 4xx status and the user keeps it.",
        source: "page, summary",
        uncheckable: None,
        explanation: Explanation {
            why: "The rest of the API has no notion of a project user without a role.",
            sent: "The removal of the only role, three times in a row, then the addition of another role and the removal of the first.",
            passes: "Any documented 4xx, after which the user still has the role. Which status and errorCode it is stays open: Atlas documents 403 with CANNOT_REMOVE_ALL_USER_ROLES.",
            repair: "Before you remove, count the roles of this user in this project. If the named one is the only one, refuse and store nothing.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.never-empty-everywhere",
        level: Level::Must,
        text: "The only role is safe whichever role it is, for active and pending users, under either authentication scheme, with and without envelope and pretty.",
        source: "page, summary",
        uncheckable: None,
        explanation: Explanation {
            why: "A guard in one branch of the code protects only that branch.",
            sent: "The removal of an only role for each role, each membership and each credential, with and without envelope and pretty, with other bodies and headers, and as the second request on a connection.",
            passes: "A documented 4xx each time (406 and 415 where a header is unusual), and the role is still there.",
            repair: "Put the count into the one function that removes a role, below all code that handles queries, headers and credentials.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.never-empty-under-race",
        level: Level::Must,
        text: "The rule holds when removals race. One role is left however many run at once, each 200 answers for a role that is gone, and each refusal for a role that is still there or was gone before.",
        source: "page, summary",
        uncheckable: None,
        explanation: Explanation {
            why: "Two administrators, or two retries of one script, can act at the same moment.",
            sent: "Two to six concurrent removals that together would remove every role, the same removal three times concurrently, and an addition among removals.",
            passes: "Some order of the requests explains every response and what is read back. One role is left, and each 200 stands for a role that was removed.",
            repair: "Hold a lock on the user, or compare and swap, from counting the roles until the change is stored.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.refusal-changes-nothing",
        level: Level::Must,
        text: "A refused removal, whatever the cause, changes nothing, and a later legal removal succeeds.",
        source: "page, summary and responses",
        uncheckable: None,
        explanation: Explanation {
            why: "A client whose request is refused must be able to rely on nothing having changed, and try again.",
            sent: "Removals that are refused for each documented cause, then a legal one.",
            passes: "The roles are as before each refusal, and the legal removal succeeds.",
            repair: "Check everything before the first change: credentials, ids, body, permission, then the role. Roll back if a later step fails.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.refusal-status",
        level: Level::May,
        text: "Which documented 4xx status and which errorCode refuse the removal of an only role.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "Clients tell people what went wrong by status and errorCode, so it is worth knowing which ones a server sends.",
            sent: "The removal of an only role.",
            passes: "Every documented 4xx. The report lists what was seen under its observations.",
            repair: "Nothing to repair. To be like Atlas, answer 403 with CANNOT_REMOVE_ALL_USER_ROLES.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.absent-role",
        level: Level::May,
        text: "Removing a role that the user lacks is answered with a documented 4xx status, or with a 200 that changes nothing.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "A script that removes a role twice should do no harm, whatever response it gets.",
            sent: "Removals of known roles that the user lacks, among them one that was just removed and one that the user has in another project.",
            passes: "A documented 4xx, or a 200 that changes nothing. The report lists what was seen.",
            repair: "Refuse, or answer with the user unchanged. Never remove another role instead.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.exact-name",
        level: Level::Should,
        text: "Names match exactly. A role name or property name that differs in case, surrounding white space or length names something else.",
        source: "RFC 8259, section 8.3",
        uncheckable: None,
        explanation: Explanation {
            why: "A name that is merely similar must not remove a role: group_owner is not GROUP_OWNER.",
            sent: "Names that differ from a held role in case, white space, length, a look-alike letter or a pattern character, and bodies whose property name differs in such ways.",
            passes: "A documented 4xx, and no role is lost.",
            repair: "Compare names byte for byte, without trimming, case folding, prefixes or patterns. Read the property by its exact name.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "roles.deprecated-invitation",
        level: Level::Must,
        text: "A user invited through the deprecated project invitation can't be changed by this operation, which answers with a documented error.",
        source: "page, note",
        uncheckable: None,
        explanation: Explanation {
            why: "The documentation says that this operation does not reach users invited through the deprecated project invitation.",
            sent: "Removals that name such a user, for each role and credential. This needs `state.deprecated_user_id`, a hook that knows the membership DEPRECATED_INVITATION, or a listed user with it.",
            passes: "Any documented 4xx.",
            repair: "Leave these invitations out of the lookup, so that such a user is not found, or refuse them.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.post-only",
        level: Level::Should,
        text: "Only POST changes anything. GET, HEAD, PUT, PATCH and DELETE on the path remove no role.",
        source: "RFC 9110, section 9",
        uncheckable: None,
        explanation: Explanation {
            why: "GET and HEAD are safe by definition, and caches, crawlers and monitors send them on their own.",
            sent: "GET, HEAD, PUT, PATCH, DELETE and OPTIONS on the path, with the body of a removal.",
            passes: "Any status outside 2xx that changes nothing; 405 and 501 are usual. The roles are as before.",
            repair: "Route by method and path, and answer other methods with 405 and Allow.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.group-id",
        level: Level::Must,
        text: "groupId is 24 hexadecimal digits in the published pattern. Anything else is refused with a documented 4xx status, never answered with 2xx or 5xx.",
        source: "page, path parameters",
        uncheckable: None,
        explanation: Explanation {
            why: "An id selects somebody's project. A malformed one must not reach a tolerant lookup.",
            sent: "Some seventy near misses of a valid groupId (too short, too long, letters beyond f, white space, other alphabets, quotes, operators), and random text.",
            passes: "A documented 4xx. 414 and 431 are legal where the path is long. A segment that routers parse differently may get any status but 2xx and 5xx.",
            repair: "Match the whole decoded segment against ^[a-f0-9]{24}$, anchored at the very end, before any lookup.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.user-id",
        level: Level::Must,
        text: "userId is 24 hexadecimal digits in the published pattern. Anything else is refused with a documented 4xx status, never answered with 2xx or 5xx.",
        source: "page, path parameters",
        uncheckable: None,
        explanation: Explanation {
            why: "As for groupId: a malformed id must not find a user.",
            sent: "Some seventy near misses of a valid userId, and random text.",
            passes: "A documented 4xx. 414 and 431 are legal where the path is long. A segment that routers parse differently may get any status but 2xx and 5xx.",
            repair: "Split the last segment at its last colon, and match the whole text before it against ^[a-f0-9]{24}$.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.equivalent-id",
        level: Level::May,
        text: "What becomes of an id with upper-case or percent-encoded hexadecimal digits. It is served as the id that it spells, or refused with a 4xx status.",
        source: "RFC 3986, section 6.2.2",
        uncheckable: None,
        explanation: Explanation {
            why: "Some clients write ids in upper case, and some encode more than they have to.",
            sent: "Ids with upper-case digits and with percent-encoded digits.",
            passes: "It is served as the id that it spells, or refused with a 4xx. The report lists what was seen.",
            repair: "Decode the path once, then either fold the case or refuse. Do not carry out half of the removal.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.unknown-user",
        level: Level::Must,
        text: "A well-formed userId that names no user of the project is answered with 404.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "404 is how a client learns that a user has left.",
            sent: "Well-formed userIds that belong to nobody, ids one digit away from an existing user, the project's own id, a user who was removed, and a user of another project only.",
            passes: "Exactly 404, and no other user changes.",
            repair: "Look the user up in the project of the path, and answer 404 (USER_NOT_FOUND or USER_NOT_IN_GROUP at Atlas) if there is none. A mock that ignores ids can't pass.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.unknown-group",
        level: Level::Must,
        text: "A well-formed groupId that names no project is answered with 404, or with 401 or 403 where the server hides what the caller may not see.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "A request for a project that does not exist must not be served from another one.",
            sent: "Well-formed groupIds that name no project, with each credential and without credentials.",
            passes: "404, or 401 or 403 where the server hides what the caller may not see.",
            repair: "Look the project up first, and answer 404 (GROUP_NOT_FOUND at Atlas) if there is none.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.body-media-type",
        level: Level::Must,
        text: "A body sent as the documented media type is accepted.",
        source: "page, body",
        uncheckable: None,
        explanation: Explanation {
            why: "It is the only media type that the documentation names, and every client sends it.",
            sent: "Removals with the documented Content-Type.",
            passes: "200.",
            repair: "Accept the versioned media type, not only application/json. In many frameworks it has to be registered as JSON.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.media-type-syntax",
        level: Level::Should,
        text: "The media type of the body is read as HTTP defines it; letter case and a charset parameter do not change it.",
        source: "RFC 9110, section 8.3.1",
        uncheckable: None,
        explanation: Explanation {
            why: "Some HTTP libraries add a charset or change letter case on their own.",
            sent: "The documented Content-Type in upper case and with a charset parameter in several spellings.",
            passes: "200, as with the plain media type.",
            repair: "Parse the header as a media type (type, subtype, parameters) and compare it case-insensitively instead of comparing strings.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.other-media-types",
        level: Level::May,
        text: "What becomes of a body sent as another media type, and of an Accept header that names other types. It is served like the documented one or refused with a 4xx status.",
        source: "page, body",
        uncheckable: None,
        explanation: Explanation {
            why: "Existing clients send application/json and other versions, and it is worth knowing how a server responds.",
            sent: "Eleven other values of Content-Type and eight of Accept, each on a removal.",
            passes: "Served like the documented one, or refused with a 4xx, 406 and 415 included; either way the roles agree with the status. The report lists what was seen.",
            repair: "Check the header before you change anything, and answer 406 or 415 if you refuse.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.body-shape",
        level: Level::Must,
        text: "A missing body, text that no parser reads as JSON, a value that is no object, or a missing, null or non-string groupRole is refused with a documented 4xx status and changes nothing.",
        source: "page, body",
        uncheckable: None,
        explanation: Explanation {
            why: "A client with a bug must get an error, not lose a role because the server guessed.",
            sent: "No body, malformed JSON, values that are no object, groupRole missing, null or of another type, and random JSON and bytes.",
            passes: "A documented 4xx, of which 400 is the natural one, and nothing changes. Without body and Content-Type 411 and 415 are legal as well.",
            repair: "Parse strictly, require an object with a string groupRole, and refuse everything else with 400 before any lookup.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.json-equivalence",
        level: Level::Should,
        text: "The same JSON value in another spelling (white space, escapes) is the same request.",
        source: "RFC 8259, sections 2 and 7",
        uncheckable: None,
        explanation: Explanation {
            why: "JSON libraries differ in white space and escapes, but the value is the same.",
            sent: "The body of a removal with extra white space, escapes and another order of properties.",
            passes: "200, as with the plain body.",
            repair: "Use a JSON parser, not pattern matching on the text.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.json-strictness",
        level: Level::Should,
        text: "A body that the grammar of JSON does not allow is refused, also where a lenient parser reads the documented object in it.",
        source: "RFC 8259, section 9",
        uncheckable: None,
        explanation: Explanation {
            why: "A parser may accept more than JSON, and many do; two parsers in a row then read different things in one body.",
            sent: "The object with comments, trailing commas, single quotes, NaN, hexadecimal numbers, control characters or bytes that are no UTF-8 in a string, and with further text behind it.",
            passes: "A documented 4xx that changes nothing. One that is served is warned about, and has to do what it says.",
            repair: "Use the strict mode of the JSON parser, and refuse what is left over behind the value.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.unknown-role",
        level: Level::Should,
        text: "A name that is no project role is refused with a documented 4xx status.",
        source: "page, body and responses",
        uncheckable: None,
        explanation: Explanation {
            why: "A misspelt role should be an error, so that nobody believes that access was revoked.",
            sent: "Names that are no project role: unknown, empty, very long, in other alphabets, with control characters, and random text.",
            passes: "A documented 4xx. Other clauses require that no role is lost and that it is no 5xx.",
            repair: "Keep a list of the valid roles and refuse others with 400 (INVALID_ENUM_VALUE or INVALID_ROLE_FOR_GROUP at Atlas).",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "request.odd-bodies",
        level: Level::Should,
        text: "What no documentation speaks of is answered within the documented statuses other than 500: unknown properties, duplicate keys, deep nesting, large bodies, any bytes at all, unusual header fields. 413 and 415 are legal answers to size and media type.",
        source: "plain safety; RFC 9110, section 15.5",
        uncheckable: None,
        explanation: Explanation {
            why: "Bodies also come from proxies, buggy clients and attackers.",
            sent: "Extra properties, repeated keys, deep nesting, huge numbers and strings, lone surrogates, a byte order mark, UTF-16, large bodies, and random bytes.",
            passes: "A documented status other than 500, or 413 or 415. What a served body did is judged by the clauses about roles.",
            repair: "Limit size and depth, catch the parser's errors, and answer 400 or 413. Ignore unknown properties.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "query.envelope",
        level: Level::Must,
        text: "With envelope=true the answer is a JSON object that carries `status`, equal to the status of the same request without it, and the unwrapped payload under one other field. The status line keeps that status or is 200.",
        source: "page, query parameters",
        uncheckable: None,
        explanation: Explanation {
            why: "It is for clients that can't see the status line, so the body has to carry the status.",
            sent: "The same removal with and without envelope=true, alone and together with pretty, and refusals with and without it.",
            passes: "One object with `status`, equal to the status without the parameter, and the same payload under one other field (Atlas calls it content). The status line keeps the status or is 200.",
            repair: "Wrap as the last step before writing the response, whatever its body and status.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "query.envelope-errors",
        level: Level::Should,
        text: "With envelope=true errors are wrapped as well.",
        source: "page, query parameters",
        uncheckable: None,
        explanation: Explanation {
            why: "A client that can't see the status line needs the status most when something fails.",
            sent: "Refusals with envelope=true.",
            passes: "The error inside an envelope, with its status.",
            repair: "Wrap in the function that writes every response, errors included, not in the success handler.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "query.envelope-false",
        level: Level::Must,
        text: "With envelope=false the answer is the one without the parameter.",
        source: "page, query parameters",
        uncheckable: None,
        explanation: Explanation {
            why: "Generated clients may send default values explicitly.",
            sent: "Removals and refusals with envelope=false, compared with the same requests without it.",
            passes: "The same status, media type and JSON value.",
            repair: "Check the value of the parameter, not only whether it is present.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "query.pretty",
        level: Level::Must,
        text: "With pretty=true the answer is the same JSON value laid out over several lines, and nothing else changes.",
        source: "page, query parameters",
        uncheckable: None,
        explanation: Explanation {
            why: "It is for people at a terminal, and must not change what programs read.",
            sent: "Removals and refusals with pretty=true, compared with the same requests without it, and combined with envelope.",
            passes: "The same status, media type and JSON value, over several lines.",
            repair: "Turn on the serializer's indentation, for errors as well.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "query.non-boolean",
        level: Level::Should,
        text: "A value that is no boolean is refused with a documented 4xx status or ignored.",
        source: "page, query parameters",
        uncheckable: None,
        explanation: Explanation {
            why: "A typo in a query should neither break the server nor count as true.",
            sent: "For envelope and pretty, values that cannot be read as booleans; also missing values, repeated and unknown parameters, and broken escapes.",
            passes: "A documented 4xx, or the removal as if the parameter were absent. Never a 5xx.",
            repair: "Accept only true and false; refuse other values with 400 (INVALID_QUERY_PARAMETER at Atlas) or ignore them.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "auth.service-account",
        level: Level::Must,
        text: "The bearer token of a service account authenticates the request.",
        source: "page, authentication; RFC 6750",
        uncheckable: None,
        explanation: Explanation {
            why: "It is the scheme that the documentation recommends.",
            sent: "A client-credentials request to /api/oauth/token, then removals with the token, several with the same one. A configured access token is used as it is.",
            passes: "200 each time.",
            repair: "Accept any issued token as `Authorization: Bearer` until its expires_in has passed.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "auth.digest",
        level: Level::Must,
        text: "An API key pair authenticates the request through HTTP Digest.",
        source: "page, authentication; RFC 7616",
        uncheckable: None,
        explanation: Explanation {
            why: "API keys are widely used and work only with HTTP Digest.",
            sent: "A request without credentials, to get the challenge; then the response to it, with each offered algorithm and with queries; and a response to a stale nonce.",
            passes: "200 for each correct Digest response. MD5 and SHA-256 with qop=auth are both legal, and so is `stale=true`.",
            repair: "Follow RFC 7616: offer a Digest challenge with every 401, hash the request target including its query, and track nonce counts instead of refusing a second use.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "auth.required",
        level: Level::Must,
        text: "Without credentials, with an unknown scheme, with a garbage or altered token, or with a wrong Digest response the answer is 401 and nothing changes.",
        source: "page, authentication and responses",
        uncheckable: None,
        explanation: Explanation {
            why: "Without it anybody could remove roles.",
            sent: "Removals without Authorization, with unknown schemes, made-up and altered tokens, and Digest responses with one thing wrong.",
            passes: "401 each time, and nothing changes.",
            repair: "Verify the credentials before anything else, compare whole tokens, and check response, uri, nonce and username of a Digest header.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "auth.permission",
        level: Level::Must,
        text: "Valid credentials without the role of Project Owner or Project Access Manager are refused with 403 and change nothing.",
        source: "page, summary and responses",
        uncheckable: None,
        explanation: Explanation {
            why: "A credential that can only read a project must not change its members.",
            sent: "Removals with the reader's credentials, from users with one to three roles, with and without envelope and pretty.",
            passes: "403, and nothing changes. A 401 is a warning under auth.valid-credentials.",
            repair: "After authentication, check that the caller is Project Owner or Project Access Manager of this project, before you look at the body.",
        },
        effect: true,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "auth.valid-credentials",
        level: Level::Should,
        text: "401 says that credentials are missing or wrong, so a request with valid ones gets another status.",
        source: "RFC 9110, section 15.5.2",
        uncheckable: None,
        explanation: Explanation {
            why: "On a 401 clients discard their token and request a new one, in an endless loop.",
            sent: "Requests with valid credentials that are refused for another reason.",
            passes: "Any documented status except 401.",
            repair: "Use 401 for failed authentication only, and 403 for missing permission.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "auth.challenge",
        level: Level::Should,
        text: "A 401 carries WWW-Authenticate.",
        source: "RFC 9110, section 15.5.2",
        uncheckable: None,
        explanation: Explanation {
            why: "The header says how to authenticate, and Digest can't start without it.",
            sent: "Requests that are answered with 401.",
            passes: "At least one WWW-Authenticate field.",
            repair: "Add `WWW-Authenticate: Bearer` or a Digest challenge to every 401.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "auth.no-echo",
        level: Level::Should,
        text: "No header and no body of an answer repeats a credential that was sent.",
        source: "plain safety",
        uncheckable: None,
        explanation: Explanation {
            why: "Responses end up in logs and tickets.",
            sent: "Every kind of request, with each credential.",
            passes: "No header and no body contains a token, a secret or a Digest response that was sent.",
            repair: "Keep the Authorization header out of error messages and debugging headers.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "status.documented",
        level: Level::Must,
        text: "Every answer to a request within the protocol has one of the documented statuses.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "A client branches on the documented statuses.",
            sent: "Removals that succeed and that are refused for every documented cause.",
            passes: "200, 400, 401, 403, 404, 409. 429 is retried after a wait. Statuses that HTTP itself defines for unusual requests (406, 411, 413, 414, 415, 431) are legal where the request is unusual.",
            repair: "Map each refusal to a documented status, usually 400; 422 is not documented.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "status.no-server-error",
        level: Level::Must,
        text: "No request that the documentation speaks of, right or wrong, alone or beside others, is answered with a 5xx status.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "The documentation keeps 500 for a failure of the server, and has a status of its own for whatever a client does wrong.",
            sent: "Removals that succeed and that are refused for every documented cause, one at a time and concurrently.",
            passes: "Any status below 500.",
            repair: "Catch the errors that input can cause, and answer with the matching 4xx. The failure shows the request that caused the 5xx.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "status.success-is-200",
        level: Level::Must,
        text: "Success is 200 with a body, never another 2xx status or a redirect.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "The documentation promises the user in the body of a success.",
            sent: "Removals that succeed.",
            passes: "200 with a body.",
            repair: "Answer 200 with the user after the removal, not 204, 202 or a redirect.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "status.rate-limit",
        level: Level::May,
        text: "429 is waited for and retried, and counted.",
        source: "document, responses",
        uncheckable: Some(
            "What brings a 429 about is the server's own affair. Each is waited out, sent again and counted, and none is a breach.",
        ),
        explanation: Explanation {
            why: "The service limits the rate of requests, and clients have to cope with it.",
            sent: "Nothing of its own.",
            passes: "A 429 is retried after the time in Retry-After; the report counts it.",
            repair: "Nothing to repair. Send Retry-After in seconds with a 429.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "media.success",
        level: Level::Must,
        text: "A 200 carries the documented media type of success; parameters and letter case are free.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "The media type carries the version of the response, and clients choose their parser by it.",
            sent: "Removals that succeed.",
            passes: "The documented media type, in any letter case and with any parameters.",
            repair: "Set Content-Type to the versioned type explicitly; frameworks send application/json by default.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "media.errors",
        level: Level::Must,
        text: "A documented error carries the documented media type of errors; parameters and letter case are free.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "Errors are unversioned, and clients have to read them whatever version they asked for.",
            sent: "Refusals for every documented cause.",
            passes: "application/json, in any letter case and with any parameters.",
            repair: "Set Content-Type: application/json on every error, those of the router and the authentication included.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "media.json",
        level: Level::Must,
        text: "The body is UTF-8 and exactly one JSON value, as long as Content-Length says.",
        source: "page, responses; RFC 8259",
        uncheckable: None,
        explanation: Explanation {
            why: "Clients fail on a body that is not JSON.",
            sent: "Every kind of request.",
            passes: "UTF-8 and one JSON value, as long as Content-Length says.",
            repair: "Write bodies with a JSON library, including the error pages that a framework or proxy generates.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "media.unique-keys",
        level: Level::Should,
        text: "No JSON object in a body has the same key twice.",
        source: "RFC 8259, section 4",
        uncheckable: None,
        explanation: Explanation {
            why: "Of duplicate keys some parsers take the first and others the last.",
            sent: "Every kind of request.",
            passes: "Each key once per object.",
            repair: "Build bodies from a map, not by concatenating strings.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "success.id",
        level: Level::Must,
        text: "`id` is 24 hexadecimal digits in the published pattern, and the userId of the path.",
        source: "page, 200",
        uncheckable: None,
        explanation: Explanation {
            why: "It says which user the response is about.",
            sent: "Removals from several users.",
            passes: "The userId of the path, 24 hexadecimal digits in lower case.",
            repair: "Answer with the id of the user that was changed. A fixed response can't pass for more than one user.",
        },
        effect: false,
        several_users: true,
        judges: &[
            Judged {
                body: Body::Success,
                at: &[],
                breach: Some(BreachKind::Value),
            },
            Judged {
                body: Body::Success,
                at: &["id"],
                breach: Some(BreachKind::Value),
            },
        ],
    },
    ClauseData {
        slug: "success.membership",
        level: Level::Must,
        text: "`orgMembershipStatus` is one of the published values, PENDING for an invited user and ACTIVE for an active one.",
        source: "page, 200",
        uncheckable: None,
        explanation: Explanation {
            why: "Clients show who has joined and who hasn't.",
            sent: "Removals from active and pending users.",
            passes: "ACTIVE for an active user, PENDING for an invited one.",
            repair: "Take the status from the stored user, and spell it as published.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Success,
                at: &["orgMembershipStatus"],
                breach: Some(BreachKind::Value),
            },
        ],
    },
    ClauseData {
        slug: "success.roles",
        level: Level::Must,
        text: "`roles` is an array of one or more distinct strings, exactly the roles that the user has after the removal, in any order.",
        source: "page, 200",
        uncheckable: None,
        explanation: Explanation {
            why: "It tells the client which roles are left.",
            sent: "Removals from users whose remaining roles are known.",
            passes: "An array of distinct strings, exactly the remaining roles, in any order.",
            repair: "Build the body after the change, from the user's roles in this project. A fixed response can't pass.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Success,
                at: &["roles"],
                breach: Some(BreachKind::Value),
            },
        ],
    },
    ClauseData {
        slug: "success.username",
        level: Level::Must,
        text: "`username` is an email address, the user's.",
        source: "page, 200",
        uncheckable: None,
        explanation: Explanation {
            why: "People recognize a user by it.",
            sent: "Removals from several users.",
            passes: "The user's name, an email address.",
            repair: "Answer with the name of the user that was changed.",
        },
        effect: false,
        several_users: true,
        judges: &[
            Judged {
                body: Body::Success,
                at: &["username"],
                breach: Some(BreachKind::Value),
            },
        ],
    },
    ClauseData {
        slug: "success.invitation-times",
        level: Level::Must,
        text: "`invitationCreatedAt` and `invitationExpiresAt`, where present, are ISO 8601 date-times in UTC, and the invitation's. The latter is null for a rejected invitation.",
        source: "page, 200; document",
        uncheckable: None,
        explanation: Explanation {
            why: "Clients show when an invitation expires.",
            sent: "Removals from pending users.",
            passes: "Where present: ISO 8601 date-times in UTC (Z or +00:00, fractions allowed), the same as a read of the user shows. invitationExpiresAt is null only for a rejected invitation.",
            repair: "Store instants, write them in UTC with Z, and omit the fields for active users.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Success,
                at: &["invitationCreatedAt"],
                breach: Some(BreachKind::Value),
            },
            Judged {
                body: Body::Success,
                at: &["invitationExpiresAt"],
                breach: Some(BreachKind::Value),
            },
        ],
    },
    ClauseData {
        slug: "success.inviter",
        level: Level::Must,
        text: "`inviterUsername`, where present, is an email address, the inviter's.",
        source: "page, 200",
        uncheckable: None,
        explanation: Explanation {
            why: "It says whom to ask about an invitation.",
            sent: "Removals from pending users.",
            passes: "Where present: an email address, the same as a read of the user shows.",
            repair: "Store who sent the invitation and answer with that username.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Success,
                at: &["inviterUsername"],
                breach: Some(BreachKind::Value),
            },
        ],
    },
    ClauseData {
        slug: "success.required",
        level: Level::Must,
        text: "`id`, `orgMembershipStatus`, `roles` and `username` are present.",
        source: "document, schemas",
        uncheckable: None,
        explanation: Explanation {
            why: "Generated clients fail on a body that lacks a required field.",
            sent: "Removals that succeed.",
            passes: "id, orgMembershipStatus, roles and username are present.",
            repair: "Answer with the whole user, not with the roles alone.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Success,
                at: &[],
                breach: Some(BreachKind::Missing),
            },
        ],
    },
    ClauseData {
        slug: "success.required-by-status",
        level: Level::Should,
        text: "A pending user has `invitationCreatedAt` and `inviterUsername`; an active one `createdAt`, `firstName` and `lastName`.",
        source: "document, schemas",
        uncheckable: None,
        explanation: Explanation {
            why: "The published document requires these fields for each kind of user, and some generated clients enforce that. The page does not name them, so a server without them is only warned about.",
            sent: "Removals from active and pending users.",
            passes: "invitationCreatedAt and inviterUsername for a pending user; createdAt, firstName and lastName for an active one.",
            repair: "Add the fields that the user's orgMembershipStatus requires.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Success,
                at: &[],
                breach: Some(BreachKind::MissingByCondition),
            },
        ],
    },
    ClauseData {
        slug: "success.other-fields",
        level: Level::Should,
        text: "Further documented fields have their published shape and the user's values; unknown fields are free.",
        source: "document, schemas",
        uncheckable: None,
        explanation: Explanation {
            why: "A documented field with the wrong shape breaks a client that an absent one would not.",
            sent: "Removals that succeed.",
            passes: "Where present, country, createdAt, firstName, lastAuth, lastName and mobileNumber are as published and as a read of the user shows. Unknown fields are free.",
            repair: "Give these fields their published shape, or omit them.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Success,
                at: &["*"],
                breach: Some(BreachKind::Value),
            },
        ],
    },
    ClauseData {
        slug: "error.error",
        level: Level::Must,
        text: "`error` is present, a 32-bit integer, and equal to the status of the answer.",
        source: "page, errors",
        uncheckable: None,
        explanation: Explanation {
            why: "Clients behind a proxy, or with an envelope, take the status from the body.",
            sent: "Refusals for every documented cause.",
            passes: "`error` is a 32-bit integer and equal to the status.",
            repair: "Set it from the status of the response, in one place.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Error,
                at: &[],
                breach: None,
            },
            Judged {
                body: Body::Error,
                at: &["error"],
                breach: None,
            },
        ],
    },
    ClauseData {
        slug: "error.code",
        level: Level::Must,
        text: "`errorCode` is present and a string.",
        source: "document, schemas; page, errors",
        uncheckable: None,
        explanation: Explanation {
            why: "Programs tell errors apart by this stable name.",
            sent: "Refusals for every documented cause.",
            passes: "`errorCode` is present and a string. Its value is open.",
            repair: "Give every refusal an errorCode, those of the router and the authentication included.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Error,
                at: &["errorCode"],
                breach: None,
            },
        ],
    },
    ClauseData {
        slug: "error.texts",
        level: Level::Must,
        text: "`detail` and `reason` are strings where present; the published document lets them be null.",
        source: "page, errors; document",
        uncheckable: None,
        explanation: Explanation {
            why: "People read them, and programs put them into messages.",
            sent: "Refusals for every documented cause.",
            passes: "`detail` and `reason` are strings or null where present.",
            repair: "Write strings, not objects or arrays.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Error,
                at: &["*"],
                breach: None,
            },
        ],
    },
    ClauseData {
        slug: "error.parameters",
        level: Level::Must,
        text: "`parameters`, where present, is an array.",
        source: "page, errors",
        uncheckable: None,
        explanation: Explanation {
            why: "Clients iterate over it.",
            sent: "Refusals for every documented cause.",
            passes: "`parameters` is an array where present.",
            repair: "Write an empty array or omit the field; null and objects are not arrays.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Error,
                at: &["parameters"],
                breach: None,
            },
        ],
    },
    ClauseData {
        slug: "error.parameter-elements",
        level: Level::Should,
        text: "The elements of `parameters` are objects.",
        source: "page, errors",
        uncheckable: None,
        explanation: Explanation {
            why: "The page shows objects; the service itself sends strings, so this is a warning.",
            sent: "Refusals for every documented cause.",
            passes: "The elements of `parameters` are objects.",
            repair: "Leave the array empty, or write objects.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Error,
                at: &["parameters", "*"],
                breach: None,
            },
        ],
    },
    ClauseData {
        slug: "error.bad-request-detail",
        level: Level::Must,
        text: "`badRequestDetail`, where present, is an object (or null, says the published document); its `fields`, where present, is an array of objects with the strings `description` and `field`.",
        source: "page, errors; document, schemas",
        uncheckable: None,
        explanation: Explanation {
            why: "Forms show its messages next to their fields.",
            sent: "Refusals for every documented cause, especially malformed bodies.",
            passes: "Where present: an object or null; its `fields`, where present, an array of objects with the strings `description` and `field`.",
            repair: "Write that shape, or omit badRequestDetail.",
        },
        effect: false,
        several_users: false,
        judges: &[
            Judged {
                body: Body::Error,
                at: &["badRequestDetail"],
                breach: None,
            },
        ],
    },
    ClauseData {
        slug: "error.no-leak",
        level: Level::Should,
        text: "An error shows no stack trace, no file path and no secret.",
        source: "plain safety",
        uncheckable: None,
        explanation: Explanation {
            why: "A stack trace helps an attacker.",
            sent: "Refusals for every documented cause.",
            passes: "No sign of a stack trace, a file path or a secret in the body.",
            repair: "Turn off the framework's debug pages, and write your own error texts.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "http.answers",
        level: Level::Must,
        text: "Each request is answered within the time limit, once, with a body of bounded size; the connection is not dropped in the middle of the answer, and nothing comes behind it.",
        source: "RFC 9110, section 3; RFC 9112, section 6.3",
        uncheckable: None,
        explanation: Explanation {
            why: "A client that gets no response can't know whether the role was removed.",
            sent: "Every kind of request.",
            passes: "One complete response within --timeout, with a body of at most 1 MiB and nothing after it.",
            repair: "Send a response after an internal error as well, send as many bytes as Content-Length announces, and set time limits on everything that the server waits for.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "http.concurrent",
        level: Level::Must,
        text: "Concurrent requests get the answers that single ones get.",
        source: "page, responses",
        uncheckable: None,
        explanation: Explanation {
            why: "Servers handle many clients at once.",
            sent: "Removals and refusals for eight users at the same time.",
            passes: "Each gets the response that it would get alone.",
            repair: "Keep the data of one request out of variables that requests share.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
    ClauseData {
        slug: "http.after-odd-input",
        level: Level::Must,
        text: "After any odd input the server goes on serving good requests, on the same connection where it keeps it open.",
        source: "page, responses; RFC 9112, section 9.3",
        uncheckable: None,
        explanation: Explanation {
            why: "A good request is documented, whatever came before it, and one broken client must not take the service down for everybody else.",
            sent: "A valid removal after each odd request, on a new connection and on the same one where it stays open.",
            passes: "The valid removal is answered with 200.",
            repair: "Read or discard the rest of a body before the next request on a connection, or close the connection.",
        },
        effect: false,
        several_users: false,
        judges: &[],
    },
];
