//! One client: what they have paid ahead, and their appointments.

use aggregates::ids::ActivityId;
use askama::Template;

use super::Hit;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// One client.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_client.html")]
pub struct ClientPage {
    pub shell: StaffShell,
    pub name: String,
    pub phone: String,
    pub memberships: Vec<MembershipLine>,
    pub appointments: Vec<Hit>,
}

/// One membership, in words.
#[derive(Debug, Clone)]
pub struct MembershipLine {
    pub name: String,
    /// "2 visits left, until 30 Jun".
    pub terms: String,
}

impl ClientPage {
    fn event(&self, activity: ActivityId) -> Address {
        urls::journal_event(self.shell.branch, activity).along(&self.shell.along)
    }
}
