//! What a save of settings changed, value by value.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;

use aggregates::Fact;
use aggregates::booking_link::{Kind, LinkCreated, LinkSetUp, Settings};
use aggregates::branch::{
    Branch, BranchOpened, Details, MembershipBooking, Rules, RulesSet, Service, ServiceAdded,
};
use aggregates::change_rules::ChangeRule;
use aggregates::decider::Decider;
use aggregates::ids::ServiceId;
use aggregates::values::{MaxEvents, MultipleEventBooking, Name, Offered};
use chrono::DateTime;
use projections::Recorded;
use projections::settings::{Change, branch_changes, link_changes};
use uuid::Uuid;

const YOGA: ServiceId = ServiceId(Uuid::from_u128(0x21));

fn name(text: &str) -> Name {
    Name::try_from(text.to_owned()).unwrap()
}

fn recorded(facts: impl IntoIterator<Item = Fact>) -> Vec<Recorded> {
    let entry = |(place, fact)| Recorded {
        position: place,
        recorded_at: DateTime::UNIX_EPOCH,
        id: Uuid::nil(),
        sequence: place,
        by_staff: true,
        fact,
    };
    (1..).zip(facts).map(entry).collect()
}

fn studio() -> Vec<Recorded> {
    let details = Details {
        name: name("Riverside Studio"),
        time_zone: chrono_tz::Europe::Berlin,
        country: "DE".to_owned().try_into().unwrap(),
        address: None,
        phone: None,
    };
    let service = Service {
        name: name("Yoga"),
        duration: 60.try_into().unwrap(),
        price: None,
        prepayment_required: false,
        membership_booking: MembershipBooking::Optional,
    };
    let cancellation = ChangeRule { allowed: true, notice: (24 * 60).try_into().unwrap() };
    let rules = Rules { cancellation, ..Rules::default() };
    recorded([
        Fact::Branch(BranchOpened { details }.into()),
        Fact::Branch(ServiceAdded { service_id: YOGA, service }.into()),
        Fact::Branch(RulesSet { rules }.into()),
    ])
}

fn said(changes: &[Change]) -> Vec<String> {
    changes.iter().map(ToString::to_string).collect()
}

#[test]
fn s_43_what_a_save_of_a_link_changed_is_said_in_words() {
    let history = studio();
    let branch = history.iter().fold(Branch::default(), |branch, entry| match &entry.fact {
        Fact::Branch(fact) => branch.evolve(fact),
        _ => branch,
    });
    let new = Settings::named(name("Weekly"));
    let mut set = new.clone();
    set.multiple_events = MultipleEventBooking::UpTo(MaxEvents::try_from(4).unwrap());
    set.services = Offered::Only(BTreeSet::from([YOGA]));
    set.consent = Some("Agreed.".to_owned());
    let history = recorded([
        Fact::Link(LinkCreated { kind: Kind::Group, settings: new.clone(), consent_version: 0 }.into()),
        Fact::Link(LinkSetUp { settings: set, consent_version: 1 }.into()),
        Fact::Link(LinkSetUp { settings: new, consent_version: 1 }.into()),
    ]);

    let [created, set, back] = link_changes(&history, &branch).try_into().unwrap();

    assert_eq!(said(&created)[..2], ["Kind: group", "Name: Weekly"]);
    assert_eq!(
        said(&set),
        [
            "Services: was all, now Yoga",
            "Multiple event booking: was off, now up to 4 events",
            "Consent text: Agreed."
        ]
    );
    assert_eq!(said(&back)[2], "Consent text: was Agreed., now none");
}

#[test]
fn s_43_what_a_save_of_the_branchs_rules_changed_is_said_in_words() {
    let [opened, added, rules] = branch_changes(&studio()).try_into().unwrap();

    assert_eq!(said(&opened)[0], "Name: Riverside Studio");
    assert_eq!(said(&added), ["Service: Yoga, 60 minutes, membership optional"]);
    assert_eq!(said(&rules), ["Clients can cancel: was no, now yes, until 24 hours before the start"]);
}
