//! A1 and A2: the personal account.

pub mod list;
pub mod mailbox;
pub mod offline;
pub mod sign_in;
pub mod stored;

use aggregates::ids::BranchId;
use aggregates::membership::Terms;

use super::dates::Calendar;
use super::language::Language;
use super::script_words;
use super::shell::{Along, Installable, Studio};
use super::urls::{self, Address};

/// Around a page of the personal account that belongs to no booking link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountShell {
    pub studio: Studio,
    pub branch: BranchId,
    pub language: Language,
    pub along: Along,
}

impl AccountShell {
    pub(super) fn theme_name(&self) -> Option<&'static str> {
        self.along.theme_name()
    }

    pub(super) fn colours(&self) -> Option<String> {
        self.along.accent.map(crate::web::assets::colours)
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    pub(super) fn say(&self, name: &str) -> String {
        self.language.say(name)
    }

    fn titled(&self, problem: bool, title: String) -> String {
        self.language.titled(problem, title)
    }

    pub(super) fn words_for_scripts(&self) -> String {
        script_words::of_every_page(self.language)
    }

    /// What makes the page one of an app on a phone.
    #[expect(clippy::unnecessary_wraps, reason = "templates ask every shell")]
    pub(super) fn installable(&self) -> Option<Installable> {
        Some(Installable::of(self.branch))
    }

    /// Pages that lead nowhere else than where they are.
    #[expect(clippy::unused_self, reason = "templates ask every shell")]
    pub(super) fn back_to_account(&self) -> Option<Address> {
        None
    }

    fn upcoming(&self) -> Address {
        urls::account(self.branch).along(&self.along)
    }

    fn past(&self) -> Address {
        urls::account(self.branch).with("past", 1).along(&self.along)
    }

    fn sign_in(&self) -> Address {
        urls::sign_in(self.branch).along(&self.along)
    }

    fn code(&self) -> Address {
        urls::code(self.branch)
    }

    fn sign_out(&self) -> Address {
        urls::account(self.branch).below("sign-out")
    }

    fn speak(&self) -> Address {
        urls::account(self.branch).below("language")
    }

    fn renew_feed(&self) -> Address {
        urls::account(self.branch).below("feed")
    }

    fn stored(&self) -> Address {
        urls::stored(self.branch).along(&self.along)
    }

    fn end_links_action(&self) -> Address {
        urls::stored(self.branch).below("links")
    }

    fn erase(&self) -> Address {
        urls::stored(self.branch).below("erase").along(&self.along)
    }

    fn erase_action(&self) -> Address {
        urls::stored(self.branch).below("erase")
    }

    fn download(&self) -> Address {
        urls::account(self.branch).below("data.json")
    }

    /// "Yoga 8, 2 visits left, until 30 Jun".
    fn membership(&self, terms: &Terms, calendar: &Calendar) -> String {
        let visits = terms.balance.map(|visits| self.language.account_visits_left(visits));
        let until = terms.expires_on.map(|day| self.language.account_until(&calendar.short(day)));
        let parts = [Some(terms.name.to_string()), visits, until];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl Language {
    /// The text message that brings a code.
    #[must_use]
    pub fn account_message(self, code: &str, studio: &str) -> String {
        self.say_with("account-message", [("code", code.into()), ("studio", studio.into())])
    }

    #[must_use]
    pub fn account_wrong_code(self, left: u32) -> String {
        self.say_with("account-wrong-code", [("left", left.into())])
    }

    #[must_use]
    pub fn account_wait(self, seconds: u32) -> String {
        self.say_with("account-wait", [("n", seconds.into())])
    }

    /// What a phone calls the installed account.
    #[must_use]
    pub fn account_app(self, studio: &str) -> String {
        self.say_with("account-app", [("studio", studio.into())])
    }

    fn account_visits_left(self, visits: u32) -> String {
        self.say_with("account-visits-left", [("n", visits.into())])
    }

    fn account_until(self, date: &str) -> String {
        self.say_with("account-until", [("date", date.into())])
    }
}
