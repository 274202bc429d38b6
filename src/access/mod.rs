//! Who may: roles, the actor of a request, tokens, and the gate that tells one from the other.
//!
//! What a role may do is said where a mutation is declared, in `mutation`. Nothing here knows GraphQL or which database
//! it is.

mod gate;
mod oidc;
mod token;

use std::fmt;

pub use gate::{Gate, GateOptions, Reading};
pub use oidc::{KeysFrom, OidcOptions};
pub(crate) use token::sha256;
pub use token::{SECRET_PREFIX, Secret};

/// What somebody may do. A role may do all that the roles before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Role {
    /// Reads, where reading is closed
    Reader,
    /// Records and corrects facts
    Editor,
    /// Also retracts facts and merges companies
    Admin,
}

impl Role {
    /// Every role, from the one that may least.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Editor, Self::Admin];

    /// Its name, as the store and identity providers have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The role of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whose request it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Actor {
    /// By what the change feed names them: `token NAME`, or `oidc SUBJECT`; empty for who has no token.
    pub name: String,
    /// What they may do; none for who has no token, or one without a role.
    pub role: Option<Role>,
}

impl Actor {
    /// Who sends no token.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::default()
    }

    /// Whether they have a role, or one that may more.
    #[must_use]
    pub fn may(&self, role: Role) -> bool {
        self.role.is_some_and(|own| own >= role)
    }
}
