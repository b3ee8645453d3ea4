//! Codes of mistakes and faults: declared once with their names, and listed completely.

/// Declares an enum of codes, its list of all codes, and their stable names.
macro_rules! codes {
    ($(#[doc = $enum_doc:literal])+ pub enum $enum:ident {
        $($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+
    }) => {
        $(#[doc = $enum_doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl $enum {
            /// All codes, in the order of the documentation.
            pub const ALL: &[$enum] = &[$($enum::$variant,)+];

            /// The stable name, for instance `unknown-id`.
            pub fn name(self) -> &'static str {
                match self {
                    $($enum::$variant => $name,)+
                }
            }
        }
    };
}
pub(crate) use codes;
