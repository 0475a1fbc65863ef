//! The catalogue and the team: what the studio offers, and who runs it.

use aggregates::branch::MembershipBooking;
use aggregates::ids::{ServiceId, TeamMemberId};
use askama::Template;

use super::settings::SaveLine;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// The services of a branch, each with its form; the last one is for a new service.
#[derive(Debug, Clone, Template)]
#[template(path = "catalogue.html")]
pub struct CataloguePage {
    pub shell: StaffShell,
    pub services: Vec<ServiceForm>,
    pub version: u64,
    pub saved: Option<String>,
    /// Who changed services, the newest first.
    pub saves: Vec<SaveLine>,
    pub problems: Problems,
}

/// One service as a form shows it.
#[derive(Debug, Clone)]
pub struct ServiceForm {
    /// None if it is to be added.
    pub service: Option<ServiceId>,
    pub name: String,
    /// Minutes.
    pub duration: String,
    /// "12.50"; nothing if it has no price.
    pub price: String,
    /// "EUR".
    pub currency: String,
    pub membership: MembershipBooking,
    pub prepaid: bool,
}

impl ServiceForm {
    /// What the ids of its fields end with.
    #[must_use]
    pub fn key(&self) -> String {
        self.service.map_or_else(|| "new".to_owned(), |service| service.to_string())
    }
}

impl CataloguePage {
    fn action(&self) -> Address {
        urls::catalogue(self.shell.branch)
    }
}

/// The team of a branch; the last line is for somebody new.
#[derive(Debug, Clone, Template)]
#[template(path = "team.html")]
pub struct TeamPage {
    pub shell: StaffShell,
    pub team: Vec<MemberForm>,
    pub version: u64,
    pub saved: Option<String>,
    pub saves: Vec<SaveLine>,
    pub problems: Problems,
}

/// One team member as a form shows them.
#[derive(Debug, Clone)]
pub struct MemberForm {
    /// None if they are to be added.
    pub member: Option<TeamMemberId>,
    pub name: String,
    /// The address of their calendar feed, once it was made.
    pub feed: Option<String>,
}

impl MemberForm {
    #[must_use]
    pub fn key(&self) -> String {
        self.member.map_or_else(|| "new".to_owned(), |member| member.to_string())
    }
}

impl TeamPage {
    fn action(&self) -> Address {
        urls::team(self.shell.branch)
    }

    fn feed(&self, member: &TeamMemberId) -> Address {
        urls::team_feed(self.shell.branch, *member)
    }
}
