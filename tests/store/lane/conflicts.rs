//! Point 7: the ledger has moved on.

use aggregates::booking_link::Settings;
use aggregates::cart::{CartRefusal, Mode};
use aggregates::values::{MaxEvents, MultipleEventBooking};
use cartwheel::command::{Actor, Command, Failure, Refusal};

use super::double::{Call, Fault, double};
use super::{ANNA, BEN, assert_clean, booked_spots, change};
use crate::studio::store::on_every_store;
use crate::studio::{LINK, Studio, confirmed};

on_every_store!(
    a_14_what_another_process_changed_is_taken_into_account_by_the_second_round,
    a_key_that_another_process_accepted_meanwhile_is_found_by_the_second_round,
    after_a_conflict_the_lane_takes_the_turn_first_until_a_hundred_appends_passed_uncontended,
    what_others_stored_is_read_before_they_have_to_wait,
    a_contended_append_begins_the_hundred_anew,
    two_processes_on_one_hot_branch_both_make_progress,
    an_event_that_two_processes_book_in_turn_has_the_row_of_all_its_facts,
    e_01_a_spot_that_another_process_sold_is_not_sold_again,
);

async fn a_14_what_another_process_changed_is_taken_into_account_by_the_second_round() {
    let (studio, ledger) = double(Studio::open().await).await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let elsewhere = studio.another_process().await;
    let multiple_events = MultipleEventBooking::UpTo(MaxEvents::try_from(1).unwrap());
    let settings = Settings { multiple_events, ..Studio::settings() };
    let change = studio.envelope(Actor::Staff, None, Command::SetUpLink(LINK, Box::new(settings)));
    elsewhere.ask(change).await.unwrap();
    let stored = ledger.stored().len();

    let refused = studio.confirm(cart, ANNA).await.unwrap_err();

    let Failure::Refused(refusal) = refused else { panic!("{refused:?}") };
    let Refusal::Cart { refusal, .. } = *refusal else { panic!("{refusal:?}") };
    assert!(matches!(refusal, CartRefusal::TooManyEvents { .. }), "{refusal:?}");
    assert_eq!(
        ledger.stored().len(),
        stored + 1,
        "the first round believed in the old link and was turned away"
    );
    assert_clean(&studio).await;
}

async fn a_key_that_another_process_accepted_meanwhile_is_found_by_the_second_round() {
    let (studio, _) = double(Studio::open().await).await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let elsewhere = studio.another_process().await;
    let there = studio.confirmation_through(&elsewhere, cart, ANNA, Some("once"), Mode::AllOrNothing).await;
    let here = studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await;

    let (there, here) = tokio::join!(elsewhere.ask(there), studio.app.ask(here));

    let (there, here) = (there.unwrap(), here.unwrap());
    assert_eq!(there.answer, here.answer);
    assert!(there.replayed != here.replayed);
    assert_eq!(booked_spots(&studio, studio.yoga[0]).await, 1);
}

async fn after_a_conflict_the_lane_takes_the_turn_first_until_a_hundred_appends_passed_uncontended() {
    let (studio, ledger) = double(Studio::open().await).await;
    studio.staff(change(&studio, 0)).await.unwrap();
    ledger.calls();
    ledger.next([Fault::Moved]);

    for n in 1..=101 {
        studio.staff(change(&studio, n)).await.unwrap();
    }

    let calls = ledger.calls();
    let count = |call| calls.iter().filter(|it| **it == call).count();
    assert_eq!(count(Call::Lock), 100);
    assert_eq!(count(Call::Append), 2, "the one that conflicted, and the last");
    assert_eq!(calls.last(), Some(&Call::Append));
}

async fn what_others_stored_is_read_before_they_have_to_wait() {
    let (studio, ledger) = double(Studio::open().await).await;
    studio.staff(change(&studio, 0)).await.unwrap();
    let elsewhere = studio.another_process().await;
    elsewhere.ask(studio.envelope(Actor::Staff, None, change(&studio, 1))).await.unwrap();
    ledger.calls();

    studio.staff(change(&studio, 2)).await.unwrap();

    let calls = ledger.calls();
    assert!(calls.contains(&Call::Read) && !calls.contains(&Call::ReadInTurn), "{calls:?}");
}

async fn a_contended_append_begins_the_hundred_anew() {
    let (studio, ledger) = double(Studio::open().await).await;
    let elsewhere = studio.another_process().await;
    ledger.next([Fault::Moved]);
    for n in 0..50 {
        studio.staff(change(&studio, n)).await.unwrap();
    }
    elsewhere.ask(studio.envelope(Actor::Staff, None, change(&studio, 50))).await.unwrap();
    ledger.calls();

    for n in 51..=151 {
        studio.staff(change(&studio, n)).await.unwrap();
    }

    let calls = ledger.calls();
    assert_eq!(calls.iter().filter(|it| **it == Call::Lock).count(), 100);
    assert_eq!(calls.last(), Some(&Call::Append));
    assert_clean(&studio).await;
}

async fn two_processes_on_one_hot_branch_both_make_progress() {
    let studio = Studio::open().await;
    let elsewhere = studio.another_process().await;
    let here = async {
        for n in (0..120).step_by(2) {
            studio.staff(change(&studio, n)).await.unwrap();
        }
    };
    let there = async {
        for n in (1..120).step_by(2) {
            elsewhere.ask(studio.envelope(Actor::Staff, None, change(&studio, n))).await.unwrap();
        }
    };

    tokio::join!(here, there);

    let facts = studio.facts().await;
    assert_eq!(facts.iter().filter(|fact| fact.event_type == "activity.capacity-set.v1").count(), 120);
    assert_clean(&studio).await;
}

async fn an_event_that_two_processes_book_in_turn_has_the_row_of_all_its_facts() {
    let studio = Studio::open().await;
    let elsewhere = studio.another_process().await;
    for n in 0..6 {
        let cart = studio.select(&studio.yoga[..1]).await.unwrap();
        let app = if n % 2 == 0 { &studio.app } else { &elsewhere };
        let phone = format!("030 2312 502{n}");
        let confirmation = studio.confirmation_through(app, cart, &phone, None, Mode::AllOrNothing).await;
        confirmed(app.ask(confirmation).await).unwrap();

        assert_eq!(booked_spots(&studio, studio.yoga[0]).await, n + 1);
    }
    assert_clean(&studio).await;
}

async fn e_01_a_spot_that_another_process_sold_is_not_sold_again() {
    let (studio, _) = double(Studio::with_capacity(1).await).await;
    let elsewhere = studio.another_process().await;
    for event in &studio.yoga[..5] {
        let [mine, theirs] =
            [studio.select(&[*event]).await.unwrap(), studio.select(&[*event]).await.unwrap()];
        let theirs = studio.confirmation_through(&elsewhere, theirs, BEN, None, Mode::AllOrNothing).await;
        confirmed(elsewhere.ask(theirs).await).unwrap();

        let refused = studio.confirm(mine, ANNA).await.unwrap_err();

        assert!(matches!(refused, Failure::Refused(_)), "{refused:?}");
        assert_eq!(booked_spots(&studio, *event).await, 1);
    }
}
