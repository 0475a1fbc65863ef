//! The way in for staff: a password, a code, the first password, and which studio.

use std::fmt::Display;

use aggregates::ids::BranchId;
use askama::Template;

use super::form::Pairs;
use super::language::Language;
use super::problem::Problems;
use super::shell::Along;
use super::urls::{self, Address};
use crate::staff::Role;

/// Around a page that belongs to no studio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorShell {
    pub language: Language,
    pub along: Along,
    /// Where somebody wanted to go.
    pub to: Option<String>,
}

impl DoorShell {
    #[must_use]
    pub fn of(pairs: &Pairs) -> Self {
        Self {
            language: pairs.language(),
            along: Along::parse(pairs),
            to: pairs.last("to").filter(|to| is_for_staff(to)).map(ToOwned::to_owned),
        }
    }

    /// Where somebody wanted to go, or else to their studios.
    #[must_use]
    pub fn onward(&self) -> String {
        self.to.clone().unwrap_or_else(|| urls::staff().along(&self.along).to_string())
    }

    /// A page on the way there.
    #[must_use]
    pub fn on_the_way(&self, address: Address) -> Address {
        let address = match &self.to {
            Some(to) => address.with("to", to),
            None => address,
        };
        address.along(&self.along)
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// What is said under this name.
    #[must_use]
    pub fn say(&self, name: &str) -> String {
        self.language.say(name)
    }

    pub(super) fn titled(&self, problem: bool, title: String) -> String {
        self.language.titled(problem, title)
    }

    pub(super) fn studios(&self) -> Address {
        urls::staff().along(&self.along)
    }

    pub(super) fn my_sign_in(&self) -> Address {
        urls::staff_me().along(&self.along)
    }
}

/// Whether it is a page for staff of this site, and nothing else.
fn is_for_staff(to: &str) -> bool {
    const LONGEST: usize = 1_000;
    let below = ["/journal/", "/settings/", "/staff/me"].iter().any(|place| to.starts_with(place));
    below && to.len() <= LONGEST && !to.contains(|letter: char| letter == '\\' || letter.is_control())
}

/// Why somebody is asked to sign in, if not by their own wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// Their session ended.
    Over,
    /// They signed out.
    Out,
    /// They chose a password.
    Set,
    /// The password was typed too long ago.
    Again,
}

impl Greeting {
    /// Reads it from the query that a redirection gave along.
    #[must_use]
    pub fn parse(pairs: &Pairs) -> Option<Self> {
        let all = [("over", Self::Over), ("out", Self::Out), ("set", Self::Set), ("again", Self::Again)];
        all.into_iter().find_map(|(name, greeting)| pairs.is_on(name).then_some(greeting))
    }

    fn sentence(self, language: Language) -> String {
        language.say(match self {
            Self::Over => "account-over",
            Self::Out => "account-signed-out",
            Self::Set => "staff-password-set",
            Self::Again => "staff-begin-again",
        })
    }
}

/// Asks for login and password.
#[derive(Clone, Template)]
#[template(path = "staff_sign_in.html")]
pub struct SignInPage {
    pub shell: DoorShell,
    pub greeting: Option<Greeting>,
    /// As typed.
    pub login: String,
    pub problems: Problems,
}

/// Nobody can sign in yet.
#[derive(Debug, Clone, Template)]
#[template(path = "staff_not_yet.html")]
pub struct NotYetPage {
    pub shell: DoorShell,
    /// Where to put in the branch, if it is not known.
    pub branch: Option<BranchId>,
}

impl NotYetPage {
    fn command(&self) -> String {
        let branch = self.branch.map_or_else(|| "BRANCH".to_owned(), |branch| branch.to_string());
        format!("cartwheel user create --role owner --branch {branch} --login NAME")
    }
}

/// Asks for the code.
#[derive(Debug, Clone, Template)]
#[template(path = "staff_code.html")]
pub struct CodePage {
    pub shell: DoorShell,
    pub problems: Problems,
}

impl CodePage {
    fn back(&self) -> Address {
        self.shell.on_the_way(urls::staff_sign_in())
    }
}

/// Somebody chooses their first password.
#[derive(Clone, Template)]
#[template(path = "staff_invitation.html")]
pub struct InvitationPage {
    pub shell: DoorShell,
    pub invitation: String,
    pub login: String,
    pub problems: Problems,
}

impl InvitationPage {
    fn action(&self) -> Address {
        urls::invitation(&self.invitation)
    }

    fn for_login(&self) -> String {
        self.shell.language.say_with("staff-for-login", [("login", self.login.as_str().into())])
    }
}

/// The studios in which somebody works.
#[derive(Debug, Clone, Template)]
#[template(path = "staff_studios.html")]
pub struct StudiosPage {
    pub shell: DoorShell,
    pub studios: Vec<StudioLine>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct StudioLine {
    pub branch: BranchId,
    pub name: String,
    pub role: Role,
}

impl StudiosPage {
    fn journal(&self, line: &StudioLine) -> Address {
        urls::journal(line.branch).along(&self.shell.along)
    }
}

impl Language {
    #[must_use]
    pub fn role(self, role: Role) -> String {
        self.say(match role {
            Role::Owner => "role-owner",
            Role::Manager => "role-manager",
            Role::FrontDesk => "role-front-desk",
            Role::Auditor => "role-auditor",
        })
    }

    /// "for 3 more minutes".
    #[must_use]
    pub fn staff_code_closed(self, seconds: u32) -> String {
        self.say_with("staff-code-closed", [("n", seconds.div_ceil(60).into())])
    }

    #[must_use]
    pub fn staff_codes_left(self, n: usize) -> String {
        self.say_with("staff-second-on", [("n", n.into())])
    }

    /// "since Mon 4 Jan, 10:00, last here Tue 5 Jan, 9:00".
    #[must_use]
    pub fn staff_session(self, since: impl Display, seen: impl Display) -> String {
        let of = [("since", since.to_string().into()), ("seen", seen.to_string().into())];
        self.say_with("staff-session-since", of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere_after_a_sign_in() {
        for to in ["/journal/7?day=2027-01-12&view=week", "/settings/7/staff", "/staff/me"] {
            assert!(is_for_staff(to), "{to}");
        }
        for to in [
            "https://example.org/journal/",
            "//example.org/journal/",
            "/\\example.org/journal/",
            "/journal/\\..\\..",
            "/journal/7\r\nset-cookie: a=b",
            "journal/7",
            "/w/7/8",
            "/staff/sign-out",
            "",
        ] {
            assert!(!is_for_staff(to), "{to}");
        }
    }
}
