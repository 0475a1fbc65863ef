//! One client: what they have paid ahead, and their appointments.

use aggregates::ids::{ActivityId, ClientId, MembershipId};
use askama::Template;

use super::Hit;
use crate::web::pages::form::Choice;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::staff::settings::SaveLine;
use crate::web::pages::urls::{self, Address};

/// One client.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_client.html")]
pub struct ClientPage {
    pub shell: StaffShell,
    pub client: ClientId,
    pub name: String,
    pub phone: String,
    /// Not erased.
    pub is_known: bool,
    /// What was just done.
    pub done: Option<String>,
    pub memberships: Vec<MembershipLine>,
    /// Who granted them, the newest first.
    pub saves: Vec<SaveLine>,
    /// If it was asked for.
    pub grant: Option<GrantForm>,
    pub appointments: Vec<Hit>,
    pub problems: Problems,
}

/// A membership as a form grants it.
#[derive(Debug, Clone)]
pub struct GrantForm {
    pub membership: MembershipId,
    pub name: String,
    /// It covers those that are chosen, all of them if none is.
    pub services: Vec<Choice>,
    /// Without limit if empty.
    pub visits: String,
    /// As a date field writes it; without end if empty.
    pub last_day: String,
}

/// One membership, in words.
#[derive(Debug, Clone)]
pub struct MembershipLine {
    pub name: String,
    /// "2 visits left, until 30 Jun".
    pub terms: String,
}

impl ClientPage {
    fn grant_form(&self) -> Address {
        let here = urls::journal_client(self.shell.branch, self.client);
        here.with("grant", 1).along(&self.shell.along).at("grant")
    }

    /// Everything that happened.
    fn audit(&self) -> Address {
        let here = urls::audit(self.shell.branch).with("what", "client").with("id", self.client);
        here.along(&self.shell.along)
    }

    fn export_action(&self) -> Address {
        urls::journal_client(self.shell.branch, self.client).below("export")
    }

    fn links(&self) -> Address {
        urls::journal_client(self.shell.branch, self.client).below("links").along(&self.shell.along)
    }

    fn erase(&self) -> Address {
        urls::journal_client(self.shell.branch, self.client).below("erase").along(&self.shell.along)
    }

    fn action(&self) -> Address {
        urls::journal_client(self.shell.branch, self.client).below("memberships")
    }

    fn event(&self, activity: ActivityId) -> Address {
        urls::journal_event(self.shell.branch, activity).along(&self.shell.along)
    }
}
