//! Setting up a booking link, with the setting group *Multiple event booking*.

use aggregates::appearance::{Appearance, Scheme};
use aggregates::booking_link::{
    BookingLink, Field, Kind, LinkCommand, LinkCreated, LinkDressed, LinkEvent, LinkRefusal, LinkSetUp,
    Settings, Settled,
};
use aggregates::branch::Rules;
use aggregates::cart::CartTerms;
use aggregates::decider::Decider;
use aggregates::spec::given;
use aggregates::values::{Horizon, MaxEvents, MultipleEventBooking, MultipleSpots, Notice, Offered};

use crate::people::*;

#[test]
fn s_37_staff_create_a_link_for_group_booking() {
    given::<BookingLink>([]).when(LinkCommand::Create(Kind::Group, settings())).then([created(
        Kind::Group,
        settings(),
        0,
    )]);
}

#[test]
fn s_44_a_new_link_offers_everything_for_a_year_one_event_at_a_time() {
    let new = Settings::named(name("New link"));

    assert!(new.active);
    assert_eq!(new.multiple_events, MultipleEventBooking::Off);
    assert_eq!((new.lead, new.horizon), (Notice::MIN, number::<Horizon>(365)));
    assert_eq!((new.services, new.team), (Offered::All, Offered::All));
    assert_eq!((new.email, new.comment, new.consent), (Field::Optional, Field::Optional, None));
}

#[test]
fn s_38_the_setting_group_exists_for_group_and_mixed_links_only() {
    for kind in [Kind::Group, Kind::Mixed] {
        given::<BookingLink>([created(kind, settings(), 0)])
            .when(LinkCommand::SetUp(settings_up_to(5)))
            .then([set_up(settings_up_to(5), 0)]);
    }
    given::<BookingLink>([created(Kind::Individual, settings(), 0)])
        .when(LinkCommand::SetUp(settings_up_to(1)))
        .then_refused(LinkRefusal::NotForIndividualLinks);
    given::<BookingLink>([])
        .when(LinkCommand::Create(Kind::Individual, settings_up_to(5)))
        .then_refused(LinkRefusal::NotForIndividualLinks);
    given::<BookingLink>([]).when(LinkCommand::Create(Kind::Individual, settings())).then([created(
        Kind::Individual,
        settings(),
        0,
    )]);
}

#[test]
fn s_39_several_events_at_once_are_allowed_or_not() {
    let terms = |settings| CartTerms::new(&Rules::default(), &settled(settings), monday());

    assert_eq!(terms(settings()).max_events, MaxEvents::MIN);
    assert_eq!(terms(settings_up_to(4)).max_events, number(4));
}

#[test]
fn s_40_one_to_ten_events_at_once_can_be_set_and_nothing_else() {
    for n in 1..=10 {
        assert_eq!(MaxEvents::try_from(n).map(|max| u32::from(max.get())), Ok(n));
    }
    for n in [0, 11, u32::MAX] {
        assert_eq!(
            MaxEvents::try_from(n).unwrap_err().to_string(),
            format!("the number of events at once must be a number from 1 to 10, not {n}")
        );
    }
    for text in ["0", "11", "\"three\"", "1.5", "-1"] {
        assert!(serde_json::from_str::<MaxEvents>(text).is_err(), "{text}");
    }
}

#[test]
fn s_43_saving_is_one_fact_with_all_settings_and_saving_the_same_is_none() {
    let link = || given::<BookingLink>([created(Kind::Group, settings(), 0)]);

    link().when(LinkCommand::SetUp(settings_up_to(3))).then([set_up(settings_up_to(3), 0)]);
    link().when(LinkCommand::SetUp(settings())).then_nothing();
    let after = given::<BookingLink>([created(Kind::Group, settings(), 0), set_up(settings_up_to(3), 0)]).0;
    assert_eq!(after.settled().unwrap().settings, settings_up_to(3));
    assert_eq!(after.settled().unwrap().kind, Kind::Group);
}

#[test]
fn a_link_is_created_once_and_before_it_is_set_up() {
    let link = || given::<BookingLink>([created(Kind::Group, settings(), 0)]);

    link().when(LinkCommand::Create(Kind::Group, settings())).then_nothing();
    link().when(LinkCommand::Create(Kind::Mixed, settings())).then_refused(LinkRefusal::AlreadyCreated);
    link()
        .when(LinkCommand::Create(Kind::Group, settings_up_to(2)))
        .then_refused(LinkRefusal::AlreadyCreated);
    given::<BookingLink>([]).when(LinkCommand::SetUp(settings())).then_refused(LinkRefusal::NotCreated);
    assert_eq!(given::<BookingLink>([set_up(settings(), 0)]).0.settled(), None);
}

#[test]
fn a_26_a_consent_text_says_something() {
    for nothing in ["", "  \n"] {
        let asking = Settings { consent: Some(nothing.to_owned()), ..settings() };
        given::<BookingLink>([])
            .when(LinkCommand::Create(Kind::Group, asking.clone()))
            .then_refused(LinkRefusal::ConsentEmpty);
        given::<BookingLink>([created(Kind::Group, settings(), 0)])
            .when(LinkCommand::SetUp(asking))
            .then_refused(LinkRefusal::ConsentEmpty);
    }
}

#[test]
fn a_26_every_new_wording_of_the_consent_has_its_own_version() {
    let asking = |text: &str| Settings { consent: Some(text.to_owned()), ..settings() };

    given::<BookingLink>([]).when(LinkCommand::Create(Kind::Group, asking("A"))).then([created(
        Kind::Group,
        asking("A"),
        1,
    )]);
    for (now, version, to, next) in [
        (settings(), 0, asking("A"), 1),
        (asking("A"), 1, asking("B"), 2),
        (asking("A"), 1, Settings { active: false, ..asking("A") }, 1),
        (asking("A"), 1, settings(), 1),
        (settings(), 1, asking("A"), 2),
    ] {
        given::<BookingLink>([created(Kind::Group, now, version)])
            .when(LinkCommand::SetUp(to.clone()))
            .then([set_up(to, next)]);
    }
}

#[test]
fn a_26_what_a_link_asks_for_becomes_the_terms_of_the_cart() {
    let asking = Settings {
        email: Field::Required,
        comment: Field::Required,
        consent: Some("Our terms".to_owned()),
        ..settings()
    };
    let link = Settled { consent_version: 7, ..settled(asking) };

    let terms = CartTerms::new(&Rules::default(), &link, monday());
    let silent = CartTerms::new(&Rules::default(), &settled(settings()), monday());

    assert_eq!((terms.email_required, terms.comment_required, terms.consent_version), (true, true, Some(7)));
    assert_eq!(
        (silent.email_required, silent.comment_required, silent.consent_version),
        (false, false, None)
    );
    assert_eq!(terms.at, monday());
}

#[test]
fn only_an_active_link_for_events_books_any() {
    let active = |kind, active| {
        let link = Settled { kind, ..settled(Settings { active, ..settings() }) };
        CartTerms::new(&Rules::default(), &link, monday()).active
    };

    assert!(active(Kind::Group, true));
    assert!(active(Kind::Mixed, true));
    assert!(!active(Kind::Individual, true));
    assert!(!active(Kind::Group, false));
}

#[test]
fn a_link_offers_the_services_and_team_members_that_are_set() {
    let offered = |settings| settled(settings).online(&yoga(TUESDAY), &Rules::default(), monday()).offered;
    let only = |services, team| {
        let services = Offered::Only([services].into());
        Settings { services, team: Offered::Only([team].into()), ..settings() }
    };

    assert!(offered(settings()));
    assert!(offered(only(YOGA, SOFIE)));
    assert!(!offered(only(PILATES, SOFIE)));
    assert!(!offered(only(YOGA, MARCO)));
}

#[test]
fn a_link_sets_how_soon_and_how_far_ahead_and_the_branch_how_many_spots() {
    let settings = Settings { lead: hours(3), horizon: number(30), ..settings() };
    let rules = Rules { multiple_spots: MultipleSpots::UpTo(number(4)), ..Rules::default() };

    let online = settled(settings).online(&yoga(TUESDAY), &rules, monday());

    assert_eq!((online.lead, online.horizon), (hours(3), number(30)));
    assert_eq!((online.at, online.max_spots, online.seen_start), (monday(), spots(4), None));
}

fn created(kind: Kind, settings: Settings, consent_version: u32) -> LinkEvent {
    LinkCreated { kind, settings, consent_version }.into()
}

fn set_up(settings: Settings, consent_version: u32) -> LinkEvent {
    LinkSetUp { settings, consent_version }.into()
}

#[test]
fn s_43_the_looks_of_a_link_are_a_change_of_their_own() {
    let dark = Appearance { scheme: Scheme::Dark, ..Appearance::default() };
    let dressed = || LinkEvent::from(LinkDressed { appearance: dark.clone() });

    given::<BookingLink>([created(Kind::Group, settings(), 0)])
        .when(LinkCommand::Dress(dark.clone()))
        .then([dressed()]);
    given::<BookingLink>([created(Kind::Group, settings(), 0), dressed()])
        .when(LinkCommand::Dress(dark.clone()))
        .then_nothing();
    given::<BookingLink>([]).when(LinkCommand::Dress(dark.clone())).then_refused(LinkRefusal::NotCreated);
    let both = [created(Kind::Group, settings(), 0), dressed(), set_up(settings_up_to(3), 0)];
    let link = both.iter().fold(BookingLink::default(), Decider::evolve);
    let settled = link.settled().unwrap();
    assert_eq!((&settled.appearance, &settled.settings), (&dark, &settings_up_to(3)));
}
