//! What any fact says.

use aggregates::Fact;
use aggregates::appointment::{AppointmentEvent, Attendance, By};
use aggregates::booking_link::LinkEvent;
use aggregates::branch::BranchEvent;
use aggregates::cart::CartEvent;
use aggregates::client::ClientEvent;
use aggregates::membership::MembershipEvent;
use aggregates::values::Name;

use crate::web::pages::dates::Calendar;
use crate::web::pages::language::Language;
use crate::web::pages::staff::journal::Names;

impl Language {
    /// What a thing is, by its kind in facts and addresses.
    #[must_use]
    pub fn audit_kind(self, kind: &str) -> String {
        self.say(match kind {
            "cart" => "audit-kind-cart",
            "activity" => "audit-kind-activity",
            "appointment" => "audit-kind-appointment",
            "client" => "audit-kind-client",
            "link" => "audit-kind-link",
            "membership" => "memberships",
            _ => "audit-kind-branch",
        })
    }

    /// What a fact about anything says.
    #[must_use]
    pub fn fact(self, fact: &Fact, names: &impl Names, calendar: &Calendar) -> String {
        match fact {
            Fact::Branch(fact) => self.branch_fact(fact),
            Fact::Link(LinkEvent::Created(_)) => self.say("fact-link-created"),
            Fact::Link(LinkEvent::SetUp(_)) => self.say("fact-link-set-up"),
            Fact::Link(LinkEvent::Dressed(_)) => self.say("fact-link-dressed"),
            Fact::Activity(fact) => self.activity_fact(fact, names, calendar),
            Fact::Cart(fact) => self.cart_fact(fact),
            Fact::Appointment(fact) => self.appointment_fact(fact, names, calendar),
            Fact::Membership(MembershipEvent::Granted(fact)) => {
                self.of_name("fact-membership-granted", &fact.terms.name)
            }
            Fact::Client(ClientEvent::Exported(_)) => self.say("client-was-exported"),
            Fact::Client(ClientEvent::LinksEnded(_)) => self.say("client-links-ended"),
            Fact::Client(ClientEvent::Erased(_)) => self.say("client-was-erased"),
        }
    }

    fn of_name(self, message: &str, name: &Name) -> String {
        self.say_with(message, [("name", name.to_string().into())])
    }

    fn of_number(self, message: &str, n: usize) -> String {
        self.say_with(message, [("n", n.into())])
    }

    fn branch_fact(self, fact: &BranchEvent) -> String {
        match fact {
            BranchEvent::Opened(fact) => self.of_name("fact-branch-opened", &fact.details.name),
            BranchEvent::DetailsSet(_) => self.say("fact-details-set"),
            BranchEvent::RulesSet(_) => self.say("fact-rules-set"),
            BranchEvent::ServiceAdded(fact) => self.of_name("fact-service-added", &fact.service.name),
            BranchEvent::ServiceSet(fact) => self.of_name("fact-service-set", &fact.service.name),
            BranchEvent::TeamMemberAdded(fact) => self.of_name("fact-member-added", &fact.name),
            BranchEvent::TeamMemberRenamed(fact) => self.of_name("fact-member-renamed", &fact.name),
        }
    }

    fn cart_fact(self, fact: &CartEvent) -> String {
        match fact {
            CartEvent::Opened(_) => self.say("fact-cart-opened"),
            CartEvent::SelectionMade(fact) => self.of_number("fact-selection-made", fact.lines.len()),
            CartEvent::SpotsSet(fact) => self.of_number("fact-spots-set", usize::from(fact.spots.get())),
            CartEvent::Confirmed(fact) => self.of_number("fact-confirmed", fact.lines.len()),
            CartEvent::ItemsRefused(fact) => self.of_number("fact-items-refused", fact.items.len()),
        }
    }

    fn appointment_fact(self, fact: &AppointmentEvent, names: &impl Names, calendar: &Calendar) -> String {
        let date = |moment| calendar.at(moment).to_string();
        match fact {
            AppointmentEvent::Booked(fact) => {
                let of = [("date", date(fact.place.starts_at).into()), ("n", fact.spots.get().into())];
                self.say_with("fact-booked", of)
            }
            AppointmentEvent::Cancelled(fact) => self.say(match fact.by {
                By::Client => "fact-cancelled-by-client",
                By::Staff => "fact-cancelled-by-staff",
                By::Studio => "fact-cancelled-by-studio",
            }),
            AppointmentEvent::Rescheduled(fact) => {
                let of =
                    [("was", date(fact.from.starts_at).into()), ("date", date(fact.to.starts_at).into())];
                self.say_with("fact-rescheduled", of)
            }
            AppointmentEvent::SpotsReduced(fact) => {
                let of = [("was", fact.was.get().into()), ("n", fact.spots.get().into())];
                self.say_with("fact-spots-reduced", of)
            }
            AppointmentEvent::Moved(fact) => {
                self.say_with("fact-appointment-moved", [("date", date(fact.starts_at).into())])
            }
            AppointmentEvent::AttendanceNoted(fact) => self.say(match fact.attendance {
                Some(Attendance::Arrived) => "fact-arrived",
                Some(Attendance::NoShow) => "fact-no-show",
                None => "fact-attendance-taken-back",
            }),
            AppointmentEvent::TeamMemberReplaced(fact) => {
                let [was, is] = [fact.was, fact.team_member_id].map(|member| names.team_member(member));
                self.say_with("fact-team-member-replaced", [("was", was.into()), ("member", is.into())])
            }
        }
    }
}
