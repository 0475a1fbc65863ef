//! Who works in a studio, and which programs may ask for it.

use askama::Template;

use crate::staff::tokens::Scope;
use crate::staff::{Role, TokenId, UserId};
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// Who works here.
#[derive(Clone, Template)]
#[template(path = "staff_people.html")]
pub struct PeoplePage {
    pub shell: StaffShell,
    pub people: Vec<PersonLine>,
    pub done: Option<String>,
    /// A link that was made now, shown this once.
    pub link: Option<String>,
    /// As typed, of somebody to be added.
    pub login: String,
    pub name: String,
    pub role: Role,
    pub problems: Problems,
}

/// Somebody who works here.
#[derive(Debug, Clone)]
pub struct PersonLine {
    pub user: UserId,
    pub name: String,
    pub login: String,
    pub role: Role,
    pub has_password: bool,
}

impl PersonLine {
    fn choices(&self, language: Language) -> Vec<(Role, String, bool)> {
        roles(language, self.role)
    }
}

fn roles(language: Language, chosen: Role) -> Vec<(Role, String, bool)> {
    Role::ALL.into_iter().map(|role| (role, language.role(role), role == chosen)).collect()
}

impl PeoplePage {
    fn action(&self) -> Address {
        urls::staff_people(self.shell.branch)
    }

    fn choices(&self) -> Vec<(Role, String, bool)> {
        roles(self.shell.language, self.role)
    }
}

/// Which programs may ask.
#[derive(Clone, Template)]
#[template(path = "staff_tokens.html")]
pub struct TokensPage {
    pub shell: StaffShell,
    pub tokens: Vec<TokenLine>,
    pub done: Option<String>,
    /// A token that was made now, shown this once.
    pub made: Option<String>,
    /// As typed, of one to be made.
    pub name: String,
    pub scope: Scope,
    pub days: String,
    pub problems: Problems,
}

/// A token.
#[derive(Debug, Clone)]
pub struct TokenLine {
    pub token: TokenId,
    pub name: String,
    /// "read; until Mon 4 Jan, 10:00; never used".
    pub about: String,
    pub works: bool,
}

impl TokensPage {
    fn action(&self) -> Address {
        urls::tokens(self.shell.branch)
    }

    fn choices(&self) -> Vec<(Scope, String, bool)> {
        let language = self.shell.language;
        Scope::ALL.into_iter().map(|scope| (scope, language.scope(scope), scope == self.scope)).collect()
    }
}

impl Language {
    #[must_use]
    pub fn scope(self, scope: Scope) -> String {
        self.say(match scope {
            Scope::Read => "scope-read",
            Scope::Book => "scope-book",
            Scope::Settings => "scope-settings",
        })
    }

    /// A sentence about somebody by name.
    #[must_use]
    pub fn of_person(self, name: &str, person: &str) -> String {
        self.say_with(name, [("name", person.into())])
    }
}
