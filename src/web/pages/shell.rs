//! What stands around every page.

use std::fmt::Display;

use aggregates::appearance::{Appearance, Colour, Scheme};
use aggregates::ids::{BranchId, LinkId};

use super::form::Pairs;
use super::language::Language;
use super::urls::{self, Address};
use crate::staff::Role;
use crate::web::access::table::may;

/// The studio as clients see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Studio {
    pub name: String,
    pub address: Option<String>,
    /// As it is dialled in the branch's country.
    pub phone: Option<String>,
}

impl Studio {
    /// The number without what only helps the eye.
    pub(super) fn dialled(&self) -> String {
        let digits = |letter: &char| letter.is_ascii_digit() || *letter == '+';
        self.phone.iter().flat_map(|phone| phone.chars()).filter(digits).collect()
    }

    /// How to ask somebody: "Please call the studio: 030 23125 014."
    #[must_use]
    pub fn please_call(&self, language: Language) -> String {
        self.call(language, "please-call")
    }

    /// A sentence that ends in the studio's number, if it has one.
    pub(super) fn call(&self, language: Language, name: &str) -> String {
        let phone = self.phone.as_deref().unwrap_or("none");
        language.say_with(name, [("phone", phone.into())])
    }
}

/// Around a page of the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    pub studio: Studio,
    pub branch: BranchId,
    pub link: LinkId,
    pub language: Language,
    pub along: Along,
    /// As staff set them on the link.
    pub looks: Appearance,
    /// Whether the page stands in the personal account.
    pub account: bool,
}

impl Shell {
    /// Light or dark, unless the device decides.
    pub(super) fn theme_name(&self) -> Option<&'static str> {
        self.along.theme_name().or(match self.looks.scheme {
            Scheme::ByDevice => None,
            Scheme::Light => Some(Theme::Light.name()),
            Scheme::Dark => Some(Theme::Dark.name()),
        })
    }

    /// The style sheet of the colour: of the site around the widget, or the studio's.
    pub(super) fn colours(&self) -> Option<String> {
        self.along.accent.or(self.looks.accent).map(crate::web::assets::colours)
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// What makes the page one of an app on a phone.
    pub(super) fn installable(&self) -> Option<Installable> {
        self.account.then(|| Installable::of(self.branch))
    }

    /// Back to all appointments of whoever is signed in.
    pub(super) fn back_to_account(&self) -> Option<Address> {
        self.account.then(|| urls::account(self.branch).along(&self.along))
    }

    /// Where a client signs in to see all of their appointments.
    pub(super) fn sign_in(&self) -> Address {
        urls::sign_in(self.branch).along(&self.along)
    }

    pub(super) fn say(&self, name: &str) -> String {
        self.language.say(name)
    }

    /// Where the page hears that something changed.
    pub(super) fn live(&self) -> Address {
        urls::live(self.branch, self.link)
    }

    pub(super) fn of_date(&self, name: &str, date: impl Display) -> String {
        self.language.of_date(name, date)
    }

    pub(super) fn titled(&self, problem: bool, title: String) -> String {
        self.language.titled(problem, title)
    }

    pub(super) fn call(&self, name: &str) -> String {
        self.studio.call(self.language, name)
    }

    /// The list of events.
    #[must_use]
    pub fn all_events(&self) -> Address {
        urls::event_list(self.branch, self.link).along(&self.along)
    }
}

/// What a browser needs to know to install the personal account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installable {
    pub(super) manifest: Address,
    pub(super) worker: Address,
}

impl Installable {
    pub(super) fn of(branch: BranchId) -> Self {
        let account = urls::account(branch);
        Self {
            manifest: account.clone().below("manifest.webmanifest"),
            worker: account.below("service-worker.js"),
        }
    }
}

/// Around a page for staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffShell {
    pub branch_name: String,
    pub branch: BranchId,
    pub language: Language,
    pub along: Along,
    /// Where clients reach the service, if that is known.
    pub public: Option<String>,
    pub you: You,
}

/// Who looks at a page for staff.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum You {
    /// Whoever is at this machine, before there is any sign-in.
    #[default]
    Anybody,
    SignedIn {
        name: String,
        /// In the branch of the page, if it is of one.
        role: Option<Role>,
    },
}

impl You {
    fn role(&self) -> Option<Role> {
        match self {
            Self::Anybody => None,
            Self::SignedIn { role, .. } => *role,
        }
    }

    /// What they are called, once they signed in.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Anybody => None,
            Self::SignedIn { name, .. } => Some(name),
        }
    }
}

impl StaffShell {
    /// An address as clients open it: staff have a listener of their own.
    pub(super) fn for_clients(&self, address: &Address) -> String {
        format!("{}{address}", self.public.as_deref().unwrap_or_default())
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// What is said under this name.
    #[must_use]
    pub fn say(&self, name: &str) -> String {
        self.language.say(name)
    }

    pub(super) fn of_date(&self, name: &str, date: impl Display) -> String {
        self.language.of_date(name, date)
    }

    pub(super) fn titled(&self, problem: bool, title: String) -> String {
        self.language.titled(problem, title)
    }

    /// Whether whoever looks may do that: `"POST /journal/{branch}/book"`, as the table of routes says it.
    pub(super) fn may(&self, what: &str) -> bool {
        may(self.you.role(), what)
    }

    /// "Anna Berg, manager".
    pub(super) fn works_as(&self) -> Option<String> {
        let (name, role) = (self.you.name()?, self.you.role()?);
        Some(
            self.language.say_with(
                "staff-you-are",
                [("name", name.into()), ("role", self.language.role(role).into())],
            ),
        )
    }

    /// How the first owner is made.
    pub(super) fn make_owner(&self) -> String {
        format!("cartwheel user create --role owner --branch {} --login NAME", self.branch)
    }

    pub(super) fn my_sign_in(&self) -> Address {
        urls::staff_me().along(&self.along)
    }

    pub(super) fn people(&self) -> Address {
        urls::staff_people(self.branch).along(&self.along)
    }

    pub(super) fn tokens(&self) -> Address {
        urls::tokens(self.branch).along(&self.along)
    }

    pub(super) fn journal(&self) -> Address {
        urls::journal(self.branch).along(&self.along)
    }

    pub(super) fn links(&self) -> Address {
        urls::links(self.branch).along(&self.along)
    }

    pub(super) fn catalogue(&self) -> Address {
        urls::catalogue(self.branch).along(&self.along)
    }

    pub(super) fn team(&self) -> Address {
        urls::team(self.branch).along(&self.along)
    }

    pub(super) fn import(&self) -> Address {
        urls::import(self.branch).along(&self.along)
    }

    pub(super) fn audit(&self) -> Address {
        urls::audit(self.branch).along(&self.along)
    }

    pub(super) fn webhooks(&self) -> Address {
        urls::webhooks(self.branch).along(&self.along)
    }

    pub(super) fn rules(&self) -> Address {
        urls::branch_rules(self.branch).along(&self.along)
    }
}

/// What rides along in every form and address, because a frame has no memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Along {
    /// As somebody chose it; the browser's or English otherwise.
    pub language: Option<Language>,
    /// By device if nobody chose.
    pub theme: Option<Theme>,
    /// The colour of the site around the widget.
    pub accent: Option<Colour>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Along {
    /// Reads them from a query or a form.
    #[must_use]
    pub fn parse(pairs: &Pairs) -> Self {
        let language = pairs.last("lang").and_then(Language::parse);
        let theme = match pairs.last("theme") {
            Some("light") => Some(Theme::Light),
            Some("dark") => Some(Theme::Dark),
            _ => None,
        };
        Self { language, theme, accent: pairs.read("accent") }
    }

    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let language = self.language.map(|language| ("lang", language.code().to_owned()));
        let theme = self.theme.map(|theme| ("theme", theme.name().to_owned()));
        let accent = self.accent.map(|accent| ("accent", accent.to_string()));
        language.into_iter().chain(theme).chain(accent).collect()
    }

    pub(super) fn theme_name(&self) -> Option<&'static str> {
        self.theme.map(Theme::name)
    }
}
