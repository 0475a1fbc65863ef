//! Deciding ahead: while one batch is on its way to the store, the next is decided on top of it.

use std::sync::Arc;

use aggregates::activity::Activity;
use aggregates::cart::Mode;
use aggregates::ids::BranchId;
use cartwheel::cache::Budget;
use cartwheel::command::{Actor, Command, Envelope, Failure, Refusal};
use cartwheel::read_models::RowCache;
use cartwheel::unit::staging::Staging;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::double::{Call, Fault, Script, double};
use super::{
    ANNA, Answer, BEN, all_done, assert_clean, booked_spots, busy, change, for_the_last_spot, hand_in, send,
    send_off,
};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio, confirmed};

on_every_store!(
    the_next_batch_is_handed_in_before_the_first_is_stored_and_a_third_waits,
    e_01_a_spot_on_its_way_is_taken_and_nobody_hears_so_before_it_is,
    e_04_a_refusal_that_rests_on_a_batch_that_was_not_stored_is_decided_again,
    of_two_that_are_decided_again_the_one_that_came_first_is_the_first,
    whatever_becomes_of_the_first_what_was_decided_on_it_stands_or_is_decided_again,
    whatever_becomes_of_the_second_the_first_stays_stored,
    commits_of_unknown_outcome_one_on_the_other_are_each_found_out,
    a_23_whoever_asks_again_while_it_is_on_its_way_hears_the_original_answer,
    a_batch_leaves_the_store_as_much_as_it_takes,
    what_is_on_its_way_stays_in_memory_whatever_else_is_loaded,
    while_other_lanes_give_the_store_enough_to_do_what_arrives_is_one_batch,
);

/// Gives the lane every chance to go on.
async fn a_while() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
}

/// Anna's confirmation on its way, held there, and behind it Ben's of two dates, of which one is also hers.
async fn two_on_their_way(studio: &Studio, ledger: &Script) -> [JoinHandle<Answer>; 2] {
    let carts =
        [studio.select(&studio.yoga[..2]).await.unwrap(), studio.select(&studio.yoga[1..3]).await.unwrap()];
    let anna = studio.confirmation(carts[0], ANNA, Some("anna"), Mode::AllOrNothing).await;
    let ben = studio.confirmation(carts[1], BEN, Some("ben"), Mode::AllOrNothing).await;
    [send_off(studio, ledger, anna).await, send_off(studio, ledger, ben).await]
}

/// Two that want the last spot: the first on its way, held there, and the second decided behind it.
async fn early_and_late(studio: &Studio, ledger: &Script) -> [JoinHandle<Answer>; 2] {
    let [early, late] = for_the_last_spot(studio).await;
    let early = send_off(studio, ledger, early).await;
    ledger.calls();
    let late = hand_in(studio, late).await;
    a_while().await;
    [early, late]
}

async fn the_next_batch_is_handed_in_before_the_first_is_stored_and_a_third_waits() {
    let (studio, ledger) = double(Studio::open().await).await;
    let [anna, ben] = two_on_their_way(&studio, &ledger).await;
    let arrived = ledger.arrived();
    let third = send(&studio, Actor::Staff, change(&studio, 0)).await;
    a_while().await;
    assert_eq!(ledger.arrived(), arrived);
    assert!(!anna.is_finished() && !ben.is_finished(), "nothing is stored yet");

    ledger.let_through(1_000);

    let [anna, ben] = [confirmed(anna.await.unwrap()).unwrap(), confirmed(ben.await.unwrap()).unwrap()];
    assert_eq!((anna.booked.len(), ben.booked.len()), (2, 2));
    third.await.unwrap().unwrap();
    assert_eq!(booked_spots(&studio, studio.yoga[1]).await, 2);
    assert_clean(&studio).await;
}

async fn e_01_a_spot_on_its_way_is_taken_and_nobody_hears_so_before_it_is() {
    let (studio, ledger) = double(Studio::with_capacity(1).await).await;
    let [early, late] = early_and_late(&studio, &ledger).await;
    let arrived = ledger.arrived();
    assert!(!late.is_finished(), "the refusal rests on a fact that is not stored yet");

    ledger.let_through(1_000);

    confirmed(early.await.unwrap()).unwrap();
    let refused = late.await.unwrap().unwrap_err();
    assert!(matches!(refused, Failure::Refused(refusal) if matches!(*refusal, Refusal::NotBooked { .. })));
    assert_eq!(ledger.arrived(), arrived);
    assert_eq!(ledger.calls(), [Call::Tail], "it was decided once, and then the ledger's end was compared");
    assert_eq!(booked_spots(&studio, studio.yoga[0]).await, 1);
}

async fn e_04_a_refusal_that_rests_on_a_batch_that_was_not_stored_is_decided_again() {
    let (studio, ledger) = double(Studio::with_capacity(1).await).await;
    let [early, late] = early_and_late(&studio, &ledger).await;

    ledger.next([Fault::Refused]);
    ledger.let_through(1_000);

    assert!(matches!(early.await.unwrap(), Err(Failure::Away(_))));
    assert_eq!(confirmed(late.await.unwrap()).unwrap().booked.len(), 1, "the spot was never taken");
    assert!(!ledger.calls().contains(&Call::Lock), "nobody else was in the way");
    assert_clean(&studio).await;
}

async fn of_two_that_are_decided_again_the_one_that_came_first_is_the_first() {
    let (studio, ledger) = double(Studio::with_capacity(1).await).await;
    let [early, late] = early_and_late(&studio, &ledger).await;

    ledger.next([Fault::Moved]);
    ledger.let_through(1_000);

    confirmed(early.await.unwrap()).unwrap();
    assert!(matches!(late.await.unwrap(), Err(Failure::Refused(_))));
    assert_clean(&studio).await;
}

/// Time that stands still would pass while a server is asked.
#[tokio::test]
async fn a_lane_does_not_end_while_something_is_on_its_way() {
    let (studio, ledger) = double(Studio::open().await).await;
    let first = studio.envelope(Actor::Staff, None, change(&studio, 0));
    let first = send_off(&studio, &ledger, first).await;
    ledger.calls();
    tokio::time::pause();
    tokio::time::sleep(std::time::Duration::from_secs(61)).await;
    tokio::time::resume();

    let second = send(&studio, Actor::Staff, change(&studio, 1)).await;
    a_while().await;
    ledger.let_through(1_000);

    all_done(vec![first, second]).await;
    assert!(!ledger.calls().contains(&Call::Tail), "a second lane beside it would have looked");
}

async fn whatever_becomes_of_the_first_what_was_decided_on_it_stands_or_is_decided_again() {
    for fault in [Fault::Moved, Fault::Refused, Fault::Fatal, Fault::Stored, Fault::Lost, Fault::Late] {
        let (studio, ledger) = double(Studio::open().await).await;
        let [anna, ben] = two_on_their_way(&studio, &ledger).await;
        ledger.next([fault]);

        ledger.let_through(1_000);

        let booked = match (fault, anna.await.unwrap()) {
            (Fault::Refused, Err(Failure::Away(_))) | (Fault::Fatal, Err(Failure::Broken(_))) => 0,
            (_, answer) => i64::try_from(confirmed(answer).unwrap().booked.len()).unwrap(),
        };
        assert_eq!(booked, if matches!(fault, Fault::Refused | Fault::Fatal) { 0 } else { 2 }, "{fault:?}");
        assert_eq!(confirmed(ben.await.unwrap()).unwrap().booked.len(), 2, "{fault:?}");
        let asked = ledger.calls().contains(&Call::Fence);
        assert_eq!(
            asked,
            matches!(fault, Fault::Lost | Fault::Late),
            "{fault:?}: the second proves the first"
        );
        assert_eq!(booked_spots(&studio, studio.yoga[0]).await, booked / 2, "{fault:?}");
        assert_eq!(booked_spots(&studio, studio.yoga[1]).await, 1 + booked / 2, "{fault:?}");
        assert_eq!(booked_spots(&studio, studio.yoga[2]).await, 1, "{fault:?}");
        studio.staff(change(&studio, 0)).await.unwrap();
        assert_clean(&studio).await;
    }
}

async fn whatever_becomes_of_the_second_the_first_stays_stored() {
    for fault in [Fault::Moved, Fault::Refused, Fault::Fatal, Fault::Stored, Fault::Lost, Fault::Late] {
        let (studio, ledger) = double(Studio::open().await).await;
        let [anna, ben] = two_on_their_way(&studio, &ledger).await;
        ledger.let_through(1);
        assert_eq!(confirmed(anna.await.unwrap()).unwrap().booked.len(), 2);
        ledger.next([fault]);

        ledger.let_through(1_000);

        match (fault, ben.await.unwrap()) {
            (Fault::Refused, Err(Failure::Away(_))) | (Fault::Fatal, Err(Failure::Broken(_))) => {}
            (_, answer) => assert_eq!(confirmed(answer).unwrap().booked.len(), 2, "{fault:?}"),
        }
        let booked = i64::from(!matches!(fault, Fault::Refused | Fault::Fatal));
        assert_eq!(booked_spots(&studio, studio.yoga[1]).await, 1 + booked, "{fault:?}");
        assert_eq!(booked_spots(&studio, studio.yoga[2]).await, booked, "{fault:?}");
        studio.staff(change(&studio, 0)).await.unwrap();
        assert_clean(&studio).await;
    }
}

async fn commits_of_unknown_outcome_one_on_the_other_are_each_found_out() {
    for (faults, left) in [([Fault::Stored, Fault::Stored], 0), ([Fault::Stored, Fault::Lost], 1)] {
        let (studio, ledger) = double(Studio::open().await).await;
        let [anna, ben] = two_on_their_way(&studio, &ledger).await;
        let arrived = ledger.arrived();
        ledger.next(faults);

        ledger.let_through(1_000);

        assert_eq!(confirmed(anna.await.unwrap()).unwrap().booked.len(), 2);
        assert_eq!(confirmed(ben.await.unwrap()).unwrap().booked.len(), 2);
        assert_eq!(ledger.arrived(), arrived + left, "only what was not stored is decided again");
        assert_eq!(booked_spots(&studio, studio.yoga[1]).await, 2);
        assert_clean(&studio).await;
    }
}

async fn a_23_whoever_asks_again_while_it_is_on_its_way_hears_the_original_answer() {
    let (studio, ledger) = double(Studio::open().await).await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let one = studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await;
    let again = studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await;
    let one = send_off(&studio, &ledger, one).await;
    let arrived = ledger.arrived();
    let again = hand_in(&studio, again).await;
    a_while().await;

    ledger.let_through(1_000);

    let (one, again) = (one.await.unwrap().unwrap(), again.await.unwrap().unwrap());
    assert_eq!((one.replayed, again.replayed), (false, true));
    assert_eq!((one.answer, one.position), (again.answer, again.position));
    assert_eq!(ledger.arrived(), arrived);
}

async fn a_batch_leaves_the_store_as_much_as_it_takes() {
    let (studio, ledger) = double(Studio::open().await).await;
    let mut asked = busy(&studio, &ledger).await;
    for n in 0..7 {
        asked.push(send(&studio, Actor::Staff, change(&studio, n)).await);
    }

    ledger.let_through(1);
    ledger.has_seen(3).await;
    ledger.let_through(1_000);

    all_done(asked).await;
    let sizes: Vec<_> = ledger.stored().iter().map(|facts| facts.len()).collect();
    assert_eq!(sizes, [1, 1, 4, 3], "one under way and seven waiting, then four and three");
}

async fn what_is_on_its_way_stays_in_memory_whatever_else_is_loaded() {
    let (studio, ledger) = double(Studio::open().await).await;
    let event = studio.yoga[0];
    let staging = Arc::new(Staging::new(BRANCH, Arc::clone(&studio.app.ledger), &Budget::default()));
    staging.begin();
    cartwheel::unit::perform(&staging, &studio.envelope(Actor::Staff, None, change(&studio, 0)))
        .await
        .unwrap();
    staging.expect(staging.take());

    staging.clear();
    assert_eq!(staging.version::<Activity>(event.0).await.unwrap(), 2);
    staging.absorb();
    assert_eq!(staging.version::<Activity>(event.0).await.unwrap(), 2, "and after it was stored");

    studio.staff(change(&studio, 0)).await.unwrap();
    let facts = studio.app.ledger.history(BRANCH, "activity", event.0).await.unwrap();
    let facts: Vec<_> = facts.iter().map(|entry| entry.read().unwrap()).collect();
    let mut rows = RowCache::new(BRANCH, Arc::clone(&studio.app.ledger), &Budget::default());
    let folded = rows.fold(&facts[..1]).await.unwrap();
    rows.expect(folded);
    rows.clear();
    ledger.calls();
    rows.fold(&facts[1..]).await.unwrap();
    assert_eq!(ledger.calls(), [], "no row is asked of the store before it is there");
    rows.take_back();
    rows.fold(&facts[1..]).await.unwrap();
    assert_eq!(ledger.calls().len(), 1, "what was not stored is loaded");
}

async fn while_other_lanes_give_the_store_enough_to_do_what_arrives_is_one_batch() {
    let (studio, ledger) = double(Studio::open().await).await;
    let mut held = vec![];
    for n in 0..3 {
        let open = studio.envelope(Actor::Staff, None, Command::OpenBranch(Studio::details()));
        let branch = BranchId(Uuid::from_u128(0xd0 + n));
        held.push(send_off(&studio, &ledger, Envelope { branch, ..open }).await);
    }
    held.push(send_off(&studio, &ledger, studio.envelope(Actor::Staff, None, change(&studio, 0))).await);
    let arrived = ledger.arrived();
    for n in 1..4 {
        held.push(send(&studio, Actor::Staff, change(&studio, n)).await);
        a_while().await;
    }
    assert_eq!(ledger.arrived(), arrived, "nothing is decided ahead");

    ledger.let_through(1_000);

    all_done(held).await;
    assert_eq!(ledger.arrived(), arrived + 1);
    assert_eq!(ledger.stored().last().unwrap().len(), 3);
    let last = studio.yoga.len() - 1;
    let first = send_off(&studio, &ledger, studio.envelope(Actor::Staff, None, change(&studio, last))).await;
    let second = send(&studio, Actor::Staff, change(&studio, last - 1)).await;
    a_while().await;
    assert_eq!(ledger.arrived(), arrived + 3, "with the others idle it decides ahead again");
    ledger.let_through(1_000);
    all_done(vec![first, second]).await;
    assert_clean(&studio).await;
}
