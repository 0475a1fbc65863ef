//! Points 2 to 6: mailboxes, batches decided in memory, one append, answers after it.

use aggregates::branch::{MembershipBooking, Service};
use aggregates::cart::{Mode, Pick};
use aggregates::ids::{CartId, MembershipId};
use aggregates::membership::{Status, Terms};
use aggregates::values::Offered;
use cartwheel::capability::Token;
use cartwheel::command::{Actor, Command, Failure, Refusal};
use uuid::Uuid;

use super::double::{Call, Fault, double};
use super::{
    ANNA, BEN, all_done, assert_clean, booked_spots, busy, change, for_the_last_spot, hand_in, send,
};
use crate::studio::store::on_every_store;
use crate::studio::{self, BRANCH, LINK, Studio, YOGA, confirmed};

on_every_store!(
    bookings_and_edits_wait_apart_and_more_than_can_wait_are_told_that_it_is_busy,
    e_01_the_last_spot_is_decided_within_a_batch_and_nobody_hears_before_the_append,
    e_04_a_refusal_that_rests_on_facts_of_a_batch_that_was_not_stored_is_not_told,
    e_06_a_double_click_within_one_batch_creates_nothing_twice,
    e_03_every_item_is_tried_and_every_reason_collected_before_the_step_is_dropped,
    a_24_spots_that_were_taken_for_an_appointment_that_is_refused_are_given_up_with_it,
    a_batch_that_stores_nothing_is_judged_by_the_ledger_as_it_ends_now,
    what_a_batch_names_is_loaded_in_one_query_and_read_models_are_not_asked,
);

fn opening(studio: &Studio) -> Command {
    let picks = vec![Pick { activity: studio.yoga[0], spots: None }];
    let cart = CartId(Uuid::now_v7());
    Command::OpenCart { cart, link: LINK, picks, token: Token::draw(BRANCH) }
}

async fn bookings_and_edits_wait_apart_and_more_than_can_wait_are_told_that_it_is_busy() {
    let (studio, ledger) = double(Studio::open().await).await;
    let mut waiting = busy(&studio, &ledger).await;

    for n in studio.yoga.len()..studio.yoga.len() + 1024 {
        waiting.push(send(&studio, Actor::Staff, change(&studio, n)).await);
    }
    assert!(matches!(studio.staff(change(&studio, 2000)).await, Err(Failure::Busy)));
    for _ in 0..512 {
        waiting.push(send(&studio, Actor::Client, opening(&studio)).await);
    }
    assert!(matches!(studio.client(opening(&studio)).await, Err(Failure::Busy)));

    ledger.let_through(1_000);
    for asked in waiting {
        asked.await.unwrap().unwrap();
    }
    let batches: Vec<(usize, usize)> = ledger
        .stored()
        .iter()
        .map(|facts| {
            let edits = facts.iter().filter(|fact| fact.event_type == "cart.opened.v1").count();
            let bookings = facts.iter().filter(|fact| fact.aggregate_type == "activity").count();
            (bookings, edits)
        })
        .collect();
    assert_eq!(batches[..2], [(1, 0), (1, 0)]);
    assert_eq!(batches[2], (192, 64), "edits have at most a quarter while bookings wait");
    assert!(batches.iter().all(|(bookings, edits)| bookings + edits <= 256));
    assert_eq!(*batches.last().unwrap(), (64, 192), "and what is left of it once no booking waits");
    assert_eq!(batches.len(), 8, "what waits shares an append");
    assert_clean(&studio).await;
}

async fn e_01_the_last_spot_is_decided_within_a_batch_and_nobody_hears_before_the_append() {
    let (studio, ledger) = double(Studio::with_capacity(1).await).await;
    let [early, late] = for_the_last_spot(&studio).await;
    let before = ledger.arrived();
    let held = busy(&studio, &ledger).await;
    let [early, late] = [hand_in(&studio, early).await, hand_in(&studio, late).await];

    ledger.let_through(2);
    all_done(held).await;
    ledger.has_seen(before + 3).await;
    tokio::task::yield_now().await;
    assert!(
        !early.is_finished() && !late.is_finished(),
        "the refusal rests on a fact that is not stored yet"
    );

    ledger.let_through(1);
    confirmed(early.await.unwrap()).unwrap();
    let refused = late.await.unwrap().unwrap_err();
    assert!(matches!(refused, Failure::Refused(refusal) if matches!(*refusal, Refusal::NotBooked { .. })));
    assert_eq!(ledger.arrived(), before + 3, "both were decided in one batch");
    assert_eq!(booked_spots(&studio, studio.yoga[0]).await, 1);
}

async fn e_04_a_refusal_that_rests_on_facts_of_a_batch_that_was_not_stored_is_not_told() {
    let (studio, ledger) = double(Studio::with_capacity(1).await).await;
    let [early, late] =
        [studio.select(&studio.yoga[..1]).await.unwrap(), studio.select(&studio.yoga[..1]).await.unwrap()];
    let again = studio.confirmation(late, BEN, None, Mode::AllOrNothing).await;
    let early = studio.confirmation(early, ANNA, None, Mode::AllOrNothing).await;
    let late = studio.confirmation(late, BEN, None, Mode::AllOrNothing).await;
    let before = ledger.arrived();
    let held = busy(&studio, &ledger).await;
    let [early, late] = [hand_in(&studio, early).await, hand_in(&studio, late).await];
    ledger.let_through(2);
    all_done(held).await;
    ledger.has_seen(before + 3).await;
    ledger.next([Fault::Refused]);
    ledger.let_through(1_000);

    assert!(matches!(early.await.unwrap(), Err(Failure::Away(_))));
    assert!(matches!(late.await.unwrap(), Err(Failure::Away(_))), "the spot was never taken");
    confirmed(studio.app.ask(again).await).unwrap();
    assert_clean(&studio).await;
}

async fn e_06_a_double_click_within_one_batch_creates_nothing_twice() {
    let (studio, ledger) = double(Studio::open().await).await;
    let cart = studio.select(&studio.yoga[..3]).await.unwrap();
    let one = studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await;
    let other = studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await;
    let somebody = studio.confirmation(cart, BEN, Some("once"), Mode::AllOrNothing).await;
    let before = ledger.arrived();
    let held = busy(&studio, &ledger).await;
    let one = hand_in(&studio, one).await;
    let other = hand_in(&studio, other).await;
    let somebody = hand_in(&studio, somebody).await;
    ledger.let_through(1_000);
    all_done(held).await;

    let (one, other) = (one.await.unwrap().unwrap(), other.await.unwrap().unwrap());
    assert_eq!(ledger.arrived(), before + 3, "all three were in one batch");
    assert_eq!((one.replayed, other.replayed), (false, true));
    assert_eq!((one.answer, one.position), (other.answer, other.position));
    let reused = somebody.await.unwrap().unwrap_err();
    assert!(matches!(reused, Failure::Refused(refusal) if *refusal == Refusal::KeyReused));
    assert_eq!(booked_spots(&studio, studio.yoga[2]).await, 1);
}

async fn e_03_every_item_is_tried_and_every_reason_collected_before_the_step_is_dropped() {
    let (studio, ledger) = double(Studio::with_capacity(2).await).await;
    let full = [studio.yoga[1], studio.yoga[4]];
    for phone in [ANNA, BEN] {
        let cart = studio.select(&full).await.unwrap();
        studio.confirm(cart, phone).await.unwrap();
    }
    let roomy = studio.yoga[..6].iter().filter(|event| !full.contains(event)).copied();
    let cart = studio.select(&roomy.collect::<Vec<_>>()).await.unwrap();
    let picks = studio.yoga[..6].iter().map(|event| Pick { activity: *event, spots: None }).collect();
    // Full events cannot be selected; they were free when this cart was filled.
    let _ = studio.client(Command::SelectEvents { cart, picks }).await;
    for event in [studio.yoga[0], studio.yoga[5]] {
        studio.staff(Command::CancelActivity(event)).await.unwrap();
    }
    let stored = ledger.stored().len();
    let before = studio.facts().await.len();

    let refused = studio.confirm(cart, "030 2312 5016").await.unwrap_err();

    let Failure::Refused(refusal) = refused else { panic!("{refused:?}") };
    let Refusal::NotBooked { items, .. } = *refusal else { panic!("{refusal:?}") };
    let in_the_way: Vec<_> = items.iter().filter(|it| it.obstacle.is_some()).map(|it| it.activity).collect();
    assert_eq!(in_the_way, [studio.yoga[0], studio.yoga[5]]);
    assert_eq!((ledger.stored().len(), studio.facts().await.len()), (stored, before));
}

async fn a_24_spots_that_were_taken_for_an_appointment_that_is_refused_are_given_up_with_it() {
    let studio = Studio::open().await;
    let yoga = Service {
        name: studio::name("Yoga"),
        duration: 60.try_into().unwrap(),
        price: None,
        prepayment_required: false,
        membership_booking: MembershipBooking::Required,
    };
    studio.staff(Command::SetService(YOGA, yoga)).await.unwrap();
    let [covered, too_late] = [studio.yoga[0], studio.yoga[2]];
    let cart = studio.select(&[covered, too_late]).await.unwrap();
    let confirmation = studio.confirmation(cart, ANNA, None, Mode::BestEffort).await;
    let Command::ConfirmMultiBooking(confirm) = &confirmation.command else { panic!("{confirmation:?}") };
    let terms = Terms {
        name: studio::name("January"),
        services: Offered::All,
        balance: None,
        expires_on: Some("2027-01-08".parse().unwrap()),
        status: Status::Active,
    };
    let membership = MembershipId(Uuid::now_v7());
    studio.staff(Command::GrantMembership(confirm.client, membership, terms)).await.unwrap();

    let booked = confirmed(studio.app.ask(confirmation).await).unwrap();

    assert_eq!(booked.booked.iter().map(|it| it.activity).collect::<Vec<_>>(), [covered]);
    assert_eq!(booked.refused.iter().map(|it| it.activity).collect::<Vec<_>>(), [too_late]);
    assert_eq!(booked_spots(&studio, covered).await, 1);
    assert_eq!(booked_spots(&studio, too_late).await, 0);
    assert_clean(&studio).await;
}

async fn a_batch_that_stores_nothing_is_judged_by_the_ledger_as_it_ends_now() {
    let (studio, ledger) = double(Studio::with_capacity(1).await).await;
    let [early, late] =
        [studio.select(&studio.yoga[..1]).await.unwrap(), studio.select(&studio.yoga[..1]).await.unwrap()];
    let appointment = studio.confirm(early, ANNA).await.unwrap().booked[0].appointment;
    let elsewhere = studio.another_process().await;
    let by = cartwheel::command::Requester::Staff { force: false };
    let cancellation = studio.envelope(Actor::Staff, None, Command::CancelAppointment { appointment, by });
    elsewhere.ask(cancellation).await.unwrap();
    ledger.calls();

    studio.confirm(late, BEN).await.unwrap();

    assert!(ledger.calls().contains(&Call::Tail), "in this process's memory the event was still full");
}

async fn what_a_batch_names_is_loaded_in_one_query_and_read_models_are_not_asked() {
    let (studio, ledger) = double(Studio::open().await).await;
    let cart = {
        let before = studio.another_process().await;
        let opening = |cart| {
            let picks = studio.yoga[..10].iter().map(|id| Pick { activity: *id, spots: None }).collect();
            Command::OpenCart { cart, link: LINK, picks, token: Token::draw(BRANCH) }
        };
        let cart = CartId(Uuid::now_v7());
        before.ask(studio.envelope(Actor::Client, None, opening(cart))).await.unwrap();
        cart
    };
    let confirmation = studio.confirmation(cart, ANNA, Some("key"), Mode::AllOrNothing).await;
    ledger.calls();

    studio.app.ask(confirmation).await.unwrap();

    let calls = ledger.calls();
    let loaded: Vec<usize> = calls
        .iter()
        .filter_map(|call| if let Call::Streams(ids) = call { Some(ids.len()) } else { None })
        .collect();
    assert_eq!(
        loaded,
        [2, 11, 1],
        "branch and cart; ten events, and the client, whom this lane heard nothing of yet; the link. No appointment exists \
         before, and no service takes memberships"
    );
    let appended = calls.iter().position(|call| *call == Call::Append).unwrap();
    let asked: std::collections::BTreeSet<_> = calls[..appended]
        .iter()
        .filter_map(|call| if let Call::Select(table) = call { Some(*table) } else { None })
        .collect();
    assert_eq!(
        asked.into_iter().collect::<Vec<_>>(),
        ["availability", "carts", "commands"],
        "rows to be folded on"
    );
}
