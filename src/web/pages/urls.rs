//! The address of every page, one function each.

use std::borrow::Cow;
use std::fmt;

use aggregates::ids::{ActivityId, AppointmentId, BranchId, ClientId, LinkId, TeamMemberId};
use chrono::NaiveDate;

use super::shell::Along;

/// A path and its query. Shown, it is encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    path: String,
    query: Vec<(Cow<'static, str>, String)>,
    /// The element to look at first.
    fragment: Option<String>,
}

impl Address {
    fn new(path: String) -> Self {
        Self { path, query: Vec::new(), fragment: None }
    }

    /// A page below this one.
    #[must_use]
    pub fn below(mut self, segment: &'static str) -> Self {
        self.path.push('/');
        self.path.push_str(segment);
        self
    }

    /// With one more field in the query.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl fmt::Display) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// At one of its elements.
    #[must_use]
    pub fn at(mut self, element: impl fmt::Display) -> Self {
        self.fragment = Some(element.to_string());
        self
    }

    /// With the language and the theme that ride along in every address.
    #[must_use]
    pub fn along(mut self, along: &Along) -> Self {
        self.query.extend(along.fields().into_iter().map(|(name, value)| (name.into(), value)));
        self
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if !self.query.is_empty() {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&self.query);
            write!(f, "?{}", query.finish())?;
        }
        match &self.fragment {
            Some(element) => write!(f, "#{}", segment(element)),
            None => Ok(()),
        }
    }
}

/// A capability as one segment of a path; what was typed by hand cannot leave it.
fn segment(capability: &str) -> String {
    form_urlencoded::byte_serialize(capability.as_bytes()).collect()
}

/// What was asked for, without its query.
#[must_use]
pub fn asked(path: &str) -> Address {
    Address::new(path.to_owned())
}

/// The list of events of a link; it also takes the selection when it is posted.
#[must_use]
pub fn event_list(branch: BranchId, link: LinkId) -> Address {
    Address::new(format!("/w/{branch}/{link}"))
}

/// The stream of what happens in the branch of a link.
#[must_use]
pub fn live(branch: BranchId, link: LinkId) -> Address {
    Address::new(format!("/w/{branch}/{link}/live"))
}

/// An event opened, with nothing else ticked.
#[must_use]
pub fn event_page(branch: BranchId, link: LinkId, activity: ActivityId) -> Address {
    event_list(branch, link).with("event", activity)
}

/// Contact details and confirmation.
#[must_use]
pub fn cart(capability: &str) -> Address {
    Address::new(format!("/c/{}", segment(capability)))
}

/// Where the pencil leads.
#[must_use]
pub fn selection(capability: &str) -> Address {
    Address::new(format!("/c/{}/selection", segment(capability)))
}

/// A result page, or one appointment: the capability knows which.
#[must_use]
pub fn mine(capability: &str) -> Address {
    Address::new(format!("/m/{}", segment(capability)))
}

/// A calendar file of everything that the capability opens.
#[must_use]
pub fn calendar(capability: &str) -> Address {
    mine(capability).below("calendar.ics")
}

/// The personal account of a branch's client.
#[must_use]
pub fn account(branch: BranchId) -> Address {
    Address::new(format!("/account/{branch}"))
}

/// Its first step: a telephone number.
#[must_use]
pub fn sign_in(branch: BranchId) -> Address {
    account(branch).below("sign-in")
}

/// Its second step: the code that was sent to the number.
#[must_use]
pub fn code(branch: BranchId) -> Address {
    account(branch).below("code")
}

/// What is stored about whoever is signed in.
#[must_use]
pub fn stored(branch: BranchId) -> Address {
    account(branch).below("data")
}

/// One appointment in it.
#[must_use]
pub fn account_appointment(branch: BranchId, appointment: AppointmentId) -> Address {
    Address::new(format!("/account/{branch}/appointments/{appointment}"))
}

/// What a link looks like, beside its settings.
#[must_use]
pub fn link_preview(branch: BranchId, link: LinkId) -> Address {
    link_settings(branch, link).below("preview")
}

/// Where a timetable is uploaded.
#[must_use]
pub fn import(branch: BranchId) -> Address {
    Address::new(format!("/settings/{branch}/import"))
}

/// One that was: its preview, and how far its import has come.
#[must_use]
pub fn import_upload(branch: BranchId, upload: uuid::Uuid) -> Address {
    Address::new(format!("/settings/{branch}/import/{upload}"))
}

#[must_use]
pub fn journal(branch: BranchId) -> Address {
    Address::new(format!("/journal/{branch}"))
}

#[must_use]
pub fn journal_day(branch: BranchId, day: NaiveDate) -> Address {
    journal(branch).with("day", day)
}

/// The stream of what happens in a branch.
#[must_use]
pub fn journal_live(branch: BranchId) -> Address {
    Address::new(format!("/journal/{branch}/live"))
}

/// Where staff look for a person.
#[must_use]
pub fn journal_search(branch: BranchId) -> Address {
    Address::new(format!("/journal/{branch}/search"))
}

/// Who comes on a day, for paper.
#[must_use]
pub fn journal_print(branch: BranchId, day: NaiveDate) -> Address {
    Address::new(format!("/journal/{branch}/print")).with("day", day)
}

/// Where staff book for a client.
#[must_use]
pub fn journal_book(branch: BranchId) -> Address {
    Address::new(format!("/journal/{branch}/book"))
}

/// What happened, and what was refused.
#[must_use]
pub fn audit(branch: BranchId) -> Address {
    Address::new(format!("/audit/{branch}"))
}

/// One client, by their random id.
#[must_use]
pub fn journal_client(branch: BranchId, client: ClientId) -> Address {
    Address::new(format!("/journal/{branch}/clients/{client}"))
}

/// What staff do with one event.
#[must_use]
pub fn journal_event_action(branch: BranchId, activity: ActivityId, action: &str) -> Address {
    Address::new(format!("/journal/{branch}/events/{activity}/{action}"))
}

/// What staff do with one appointment.
#[must_use]
pub fn journal_appointment_action(branch: BranchId, appointment: AppointmentId, action: &str) -> Address {
    Address::new(format!("/journal/{branch}/appointments/{appointment}/{action}"))
}

#[must_use]
pub fn journal_event(branch: BranchId, activity: ActivityId) -> Address {
    Address::new(format!("/journal/{branch}/events/{activity}"))
}

/// What a calendar app subscribes to.
#[must_use]
pub fn feed(capability: &str) -> Address {
    Address::new(format!("/cal/{}.ics", segment(capability)))
}

#[must_use]
pub fn links(branch: BranchId) -> Address {
    Address::new(format!("/settings/{branch}/links"))
}

#[must_use]
pub fn link_settings(branch: BranchId, link: LinkId) -> Address {
    Address::new(format!("/settings/{branch}/links/{link}"))
}

#[must_use]
pub fn catalogue(branch: BranchId) -> Address {
    Address::new(format!("/settings/{branch}/catalogue"))
}

#[must_use]
pub fn team(branch: BranchId) -> Address {
    Address::new(format!("/settings/{branch}/team"))
}

/// Where staff make the address of a team member's calendar feed.
#[must_use]
pub fn team_feed(branch: BranchId, member: TeamMemberId) -> Address {
    Address::new(format!("/settings/{branch}/team/{member}/feed"))
}

#[must_use]
pub fn branch_rules(branch: BranchId) -> Address {
    Address::new(format!("/settings/{branch}/rules"))
}

/// Where webhooks are listed and added.
#[must_use]
pub fn webhooks(branch: BranchId) -> Address {
    Address::new(format!("/settings/{branch}/webhooks"))
}

#[must_use]
pub fn webhook(branch: BranchId, webhook: uuid::Uuid) -> Address {
    Address::new(format!("/settings/{branch}/webhooks/{webhook}"))
}

/// Where something is sent to a webhook once more.
#[must_use]
pub fn webhook_delivery(branch: BranchId, webhook: uuid::Uuid, delivery: uuid::Uuid) -> Address {
    Address::new(format!("/settings/{branch}/webhooks/{webhook}/deliveries/{delivery}"))
}

/// Who works in a branch.
#[must_use]
pub fn staff_people(branch: BranchId) -> Address {
    Address::new(format!("/settings/{branch}/staff"))
}

/// Which programs may ask for a branch.
#[must_use]
pub fn tokens(branch: BranchId) -> Address {
    Address::new(format!("/settings/{branch}/tokens"))
}

/// The studios of whoever signed in.
#[must_use]
pub fn staff() -> Address {
    Address::new("/staff".to_owned())
}

/// Where staff sign in.
#[must_use]
pub fn staff_sign_in() -> Address {
    staff().below("sign-in")
}

/// The second step, where there is one.
#[must_use]
pub fn staff_code() -> Address {
    staff().below("code")
}

#[must_use]
pub fn staff_sign_out() -> Address {
    staff().below("sign-out")
}

/// Where somebody chooses their first password.
#[must_use]
pub fn invitation(invitation: &str) -> Address {
    Address::new(format!("/staff/invitation/{}", segment(invitation)))
}

/// How somebody proves who they are, and where they are signed in.
#[must_use]
pub fn staff_me() -> Address {
    staff().below("me")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_query_cannot_leave_it() {
        let address = cart("abc").with("after", "a&b=c #\"<");

        assert_eq!(address.to_string(), "/c/abc?after=a%26b%3Dc+%23%22%3C");
    }

    #[test]
    fn a_30_a_capability_stays_one_segment_of_the_path() {
        assert_eq!(mine("../journal?x").to_string(), "/m/..%2Fjournal%3Fx");
        assert_eq!(calendar("aB-_9").to_string(), "/m/aB-_9/calendar.ics");
    }
}
