//! The kinds of changes, by their stable names.

use std::fmt;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $slug:literal / $mirror:ident,)*) => {
        /// What kind of change it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])* $name,)* }

        impl Rule {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its name in reports and in `spec/discrepancies.md`.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// The rule of the change back.
            #[must_use]
            pub const fn mirror(self) -> Self {
                match self { $(Self::$name => Self::$mirror,)* }
            }
        }
    };
}

rules! {
    /// An operation that was not there.
    OperationAdded = "operation-added" / OperationRemoved,
    /// An operation that is gone.
    OperationRemoved = "operation-removed" / OperationAdded,
    /// The same operation under another method or path.
    OperationMoved = "operation-moved" / OperationMoved,
    /// The same method and path under another id.
    OperationRenamed = "operation-renamed" / OperationRenamed,
    DeprecationAdded = "deprecation-added" / DeprecationRemoved,
    /// No longer marked as deprecated.
    DeprecationRemoved = "deprecation-removed" / DeprecationAdded,
    ServersChanged = "servers-changed" / ServersChanged,
    CallbacksChanged = "callbacks-changed" / CallbacksChanged,
    /// A further way to authenticate.
    SecurityAdded = "security-added" / SecurityRemoved,
    /// A way to authenticate that is gone.
    SecurityRemoved = "security-removed" / SecurityAdded,
    /// A way to authenticate that asks for more or other scopes.
    ScopesAdded = "scopes-added" / ScopesRemoved,
    /// A way to authenticate that asks for fewer scopes.
    ScopesRemoved = "scopes-removed" / ScopesAdded,
    /// A scheme of another type, or with another place or URL.
    SchemeChanged = "scheme-changed" / SchemeChanged,
    /// A parameter that was not there.
    ParameterAdded = "parameter-added" / ParameterRemoved,
    /// A parameter that is gone.
    ParameterRemoved = "parameter-removed" / ParameterAdded,
    /// A parameter of the same name in another location.
    ParameterMoved = "parameter-moved" / ParameterMoved,
    /// A path parameter under another name, in the same place of the path.
    ParameterRenamed = "parameter-renamed" / ParameterRenamed,
    /// A parameter written in another style.
    StyleChanged = "style-changed" / StyleChanged,
    /// A request body that was not there.
    BodyAdded = "body-added" / BodyRemoved,
    /// A request body that is gone.
    BodyRemoved = "body-removed" / BodyAdded,
    /// A documented status that was not there.
    StatusAdded = "status-added" / StatusRemoved,
    /// A documented status that is gone.
    StatusRemoved = "status-removed" / StatusAdded,
    /// A further media type.
    MediaTypeAdded = "media-type-added" / MediaTypeRemoved,
    /// A media type that is gone.
    MediaTypeRemoved = "media-type-removed" / MediaTypeAdded,
    /// One media type in place of another.
    MediaTypeChanged = "media-type-changed" / MediaTypeChanged,
    /// A header of an answer that was not there.
    HeaderAdded = "header-added" / HeaderRemoved,
    /// A header of an answer that is gone.
    HeaderRemoved = "header-removed" / HeaderAdded,
    /// A property that was not there.
    PropertyAdded = "property-added" / PropertyRemoved,
    /// A property that is gone.
    PropertyRemoved = "property-removed" / PropertyAdded,
    /// What may be absent must be present, or in more cases than before.
    RequiredAdded = "required-added" / RequiredRemoved,
    /// What must be present may be absent, or in more cases than before.
    RequiredRemoved = "required-removed" / RequiredAdded,
    /// Required in other cases.
    RequiredChanged = "required-changed" / RequiredChanged,
    /// Properties that are described for more values of another property than before.
    ScopeWidened = "scope-widened" / ScopeNarrowed,
    /// Properties that are described for some values of another property only.
    ScopeNarrowed = "scope-narrowed" / ScopeWidened,
    TypeChanged = "type-changed" / TypeChanged,
    /// A type that takes more.
    TypeWidened = "type-widened" / TypeNarrowed,
    /// A type that takes less.
    TypeNarrowed = "type-narrowed" / TypeWidened,
    /// A format where there was none, or a narrower one.
    FormatTightened = "format-tightened" / FormatLoosened,
    /// No format where there was one, or a wider one.
    FormatLoosened = "format-loosened" / FormatTightened,
    FormatChanged = "format-changed" / FormatChanged,
    /// A pattern where there was none.
    PatternAdded = "pattern-added" / PatternRemoved,
    /// No pattern where there was one.
    PatternRemoved = "pattern-removed" / PatternAdded,
    PatternChanged = "pattern-changed" / PatternChanged,
    EnumWidened = "enum-widened" / EnumNarrowed,
    /// Fewer values, or a list of values where there was none.
    EnumNarrowed = "enum-narrowed" / EnumWidened,
    /// A limit that lets through less.
    ConstraintTightened = "constraint-tightened" / ConstraintLoosened,
    /// A limit that lets through more.
    ConstraintLoosened = "constraint-loosened" / ConstraintTightened,
    /// A limit that lets through other things.
    ConstraintChanged = "constraint-changed" / ConstraintChanged,
    /// Null, where it was not allowed.
    NullAllowed = "null-allowed" / NullForbidden,
    /// No null, where it was allowed.
    NullForbidden = "null-forbidden" / NullAllowed,
    /// Another value for what is absent.
    DefaultChanged = "default-changed" / DefaultChanged,
    /// Properties that the schema doesn't name are allowed, or more of them.
    UnnamedAllowed = "unnamed-properties-allowed" / UnnamedForbidden,
    /// Properties that the schema doesn't name are forbidden, or some of them.
    UnnamedForbidden = "unnamed-properties-forbidden" / UnnamedAllowed,
    /// A further member of `oneOf` or `anyOf`.
    MemberAdded = "member-added" / MemberRemoved,
    /// A member of `oneOf` or `anyOf` that is gone.
    MemberRemoved = "member-removed" / MemberAdded,
    /// Another way of putting schemas together, which can't be compared.
    CompositionChanged = "composition-changed" / CompositionChanged,
    /// Another property tells the members apart.
    DiscriminatorChanged = "discriminator-changed" / DiscriminatorChanged,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}
