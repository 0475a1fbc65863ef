//! Points 8 and 9: lost answers, refused appends, panics.

use aggregates::appointment::By;
use aggregates::cart::Mode;
use cartwheel::app::reading::Journal;
use cartwheel::command::{Actor, Command, Failure, Requester};
use cartwheel::ledger::AppendError;

use super::double::{Call, Fault, double};
use super::{ANNA, BEN, all_done, assert_clean, booked_spots, busy, change, hand_in, send};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio, confirmed};

on_every_store!(
    a_commit_whose_answer_was_lost_is_found_stored_and_answered_as_usual,
    a_commit_that_did_not_happen_is_decided_again,
    an_append_that_arrives_after_the_fence_was_raised_does_not_fit_any_more,
    a_store_that_cannot_take_an_append_is_away_and_the_lane_goes_on_when_it_is_back,
    b_17_whoever_could_not_be_erased_books_on,
    a_store_that_contradicts_itself_is_never_tried_again,
    a_panic_ends_its_own_command_only_and_what_it_touched_is_loaded_anew,
    a_lane_that_came_to_grief_with_the_turn_to_write_is_replaced_and_the_store_goes_on,
);

/// Both ways of appending: in the belief that nobody else writes, and with the turn to write.
const WAYS: [&[Fault]; 2] = [&[], &[Fault::Moved]];

async fn a_commit_whose_answer_was_lost_is_found_stored_and_answered_as_usual() {
    for way in WAYS {
        let (studio, ledger) = double(Studio::open().await).await;
        let cart = studio.select(&studio.yoga[..2]).await.unwrap();
        ledger.next(way.iter().copied().chain([Fault::Stored]));
        ledger.calls();

        let booked = studio.confirm(cart, ANNA).await.unwrap();

        assert_eq!(booked.booked.len(), 2);
        assert_eq!(ledger.calls().iter().filter(|it| **it == Call::Fence).count(), 1);
        studio.staff(change(&studio, 0)).await.unwrap();
        assert_eq!(booked_spots(&studio, studio.yoga[0]).await, 1, "it was not decided twice");
        assert_clean(&studio).await;
    }
}

async fn a_commit_that_did_not_happen_is_decided_again() {
    for way in WAYS {
        let (studio, ledger) = double(Studio::open().await).await;
        let cart = studio.select(&studio.yoga[..2]).await.unwrap();
        ledger.next(way.iter().copied().chain([Fault::Lost]));
        ledger.calls();

        studio.confirm(cart, ANNA).await.unwrap();

        assert_eq!(ledger.calls().iter().filter(|it| **it == Call::Fence).count(), 1);
        assert_eq!(booked_spots(&studio, studio.yoga[0]).await, 1);
        assert_clean(&studio).await;
    }
}

async fn an_append_that_arrives_after_the_fence_was_raised_does_not_fit_any_more() {
    let (studio, ledger) = double(Studio::open().await).await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    ledger.next([Fault::Late, Fault::Refused]);

    let failed = studio.confirm(cart, ANNA).await.unwrap_err();

    assert!(matches!(failed, Failure::Away(_)), "the second round found the store away: {failed:?}");
    let arrived = studio.app.ledger.append(ledger.late()).await;
    assert!(matches!(arrived, Err(AppendError::Moved)), "{arrived:?}");
    assert_eq!(booked_spots(&studio, studio.yoga[0]).await, 0, "nothing was changed, as was said");
}

async fn b_17_whoever_could_not_be_erased_books_on() {
    let (studio, ledger) = double(Studio::open().await).await;
    let other = studio.another_process().await;
    let cart = studio.select(&studio.yoga[..1]).await.unwrap();
    studio.confirm(cart, ANNA).await.unwrap();
    let first = studio.app.journal(BRANCH, Journal::default()).await.unwrap().remove(0);
    let cancel = Command::CancelAppointment {
        appointment: first.appointment_id,
        by: Requester::Staff { force: false },
    };
    studio.staff(cancel).await.unwrap();
    let cart = studio.select(&studio.yoga[1..2]).await.unwrap();
    let erasure = studio.app.erasure(BRANCH, first.client_id, By::Staff, false).await.unwrap().unwrap();

    // While the erasure is on its way, its client books through another process.
    ledger.hold();
    let arrived = ledger.arrived();
    let erased = send(&studio, Actor::Staff, erasure).await;
    ledger.has_seen(arrived + 1).await;
    let booking = studio.confirmation_through(&other, cart, ANNA, None, Mode::AllOrNothing).await;
    other.ask(booking).await.unwrap();
    ledger.let_through(1_000);

    let refused = erased.await.unwrap().unwrap_err();
    assert!(matches!(refused, Failure::Refused(_)), "{refused:?}");
    let cart = studio.select(&studio.yoga[2..3]).await.unwrap();
    assert_eq!(studio.confirm(cart, ANNA).await.unwrap().booked.len(), 1);
    assert_clean(&studio).await;
}

/// Time that stands still would pass while a server is asked.
#[tokio::test]
async fn an_outcome_that_cannot_be_found_out_is_unknown_and_resolved_before_anything_else() {
    for (fault, replayed) in [(Fault::Stored, true), (Fault::Lost, false)] {
        let (studio, ledger) = double(Studio::open().await).await;
        let cart = studio.select(&studio.yoga[..2]).await.unwrap();
        let [first, second, third] = [
            studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await,
            studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await,
            studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await,
        ];
        ledger.hold();
        ledger.next([fault]);
        ledger.fence_is_away(true);
        let arrived = ledger.arrived();
        let first = hand_in(&studio, first).await;
        ledger.has_seen(arrived + 1).await;
        ledger.let_through(1);
        ledger.has_tried_the_fence().await;

        // From here on nobody but the lane's own patience is waited for.
        tokio::time::pause();
        assert!(matches!(first.await.unwrap(), Err(Failure::Unknown)));
        ledger.calls();
        assert!(matches!(studio.app.ask(second).await, Err(Failure::Unknown)));
        assert!(ledger.calls().iter().all(|it| *it == Call::Fence), "nothing else was even looked at");
        tokio::time::resume();

        ledger.fence_is_away(false);
        ledger.let_through(1_000);
        let third = studio.app.ask(third).await.unwrap();
        assert_eq!(third.replayed, replayed);
        assert_eq!(confirmed(Ok(third)).unwrap().booked.len(), 2);
        assert_eq!(booked_spots(&studio, studio.yoga[0]).await, 1);
        assert_clean(&studio).await;
    }
}

async fn a_store_that_cannot_take_an_append_is_away_and_the_lane_goes_on_when_it_is_back() {
    for way in WAYS {
        let (studio, ledger) = double(Studio::open().await).await;
        let cart = studio.select(&studio.yoga[..2]).await.unwrap();
        let before = studio.facts().await.len();
        ledger.next(way.iter().copied().chain([Fault::Refused]));

        assert!(matches!(studio.confirm(cart, ANNA).await, Err(Failure::Away(_))));
        assert_eq!(studio.facts().await.len(), before);
        studio.confirm(cart, ANNA).await.unwrap();
        assert_clean(&studio).await;
    }
}

async fn a_store_that_contradicts_itself_is_never_tried_again() {
    for way in WAYS {
        let (studio, ledger) = double(Studio::open().await).await;
        let cart = studio.select(&studio.yoga[..2]).await.unwrap();
        let arrived = ledger.arrived();
        ledger.next(way.iter().copied().chain([Fault::Fatal]));

        assert!(matches!(studio.confirm(cart, ANNA).await, Err(Failure::Broken(_))));
        assert_eq!(ledger.arrived(), arrived + way.len() + 1);
    }
}

async fn a_panic_ends_its_own_command_only_and_what_it_touched_is_loaded_anew() {
    let (studio, ledger) = double(Studio::open().await).await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let appointment = studio.confirm(cart, ANNA).await.unwrap().booked[0].appointment;
    let mut studio = studio;
    let fresh = double(studio).await;
    studio = fresh.0;
    let ledger = {
        drop(ledger);
        fresh.1
    };
    let moving = |to| Command::RescheduleAppointment { appointment, to, by: Requester::Client };
    let held = busy(&studio, &ledger).await;
    // The appointment has answered, and its old event is loaded to give back its spots: there it happens.
    ledger.panics_over(Some(studio.yoga[0].0));
    let before = send(&studio, Actor::Staff, change(&studio, 4)).await;
    let panicking = send(&studio, Actor::Client, moving(studio.yoga[5])).await;
    let after = send(&studio, Actor::Staff, change(&studio, 5)).await;
    let more = [
        send(&studio, Actor::Staff, change(&studio, 6)).await,
        send(&studio, Actor::Staff, change(&studio, 7)).await,
    ];
    ledger.let_through(1_000);
    all_done(held).await;

    assert!(matches!(panicking.await.unwrap(), Err(Failure::Broken(_))));
    before.await.unwrap().unwrap();
    after.await.unwrap().unwrap();
    all_done(more.into()).await;
    let sizes: Vec<_> = ledger.stored().iter().map(|facts| facts.len()).collect();
    // Half of what waits while the second of those held is on its way, or all of it if that was stored just before.
    let together = [&[1, 1, 2, 2][..], &[1, 1, 4]];
    assert!(together.contains(&&sizes[..]), "in one batch with those before and after it: {sizes:?}");

    ledger.panics_over(None);
    ledger.calls();
    studio.client(moving(studio.yoga[5])).await.unwrap();
    let loaded = ledger.calls().into_iter().any(|call| match call {
        Call::Streams(ids) => ids.contains(&appointment.0),
        _ => false,
    });
    assert!(loaded, "the appointment had left the cache");
    assert_eq!(booked_spots(&studio, studio.yoga[0]).await, 0);
    assert_eq!(booked_spots(&studio, studio.yoga[5]).await, 1);
    assert_clean(&studio).await;
}

async fn a_lane_that_came_to_grief_with_the_turn_to_write_is_replaced_and_the_store_goes_on() {
    let (studio, ledger) = double(Studio::open().await).await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let (studio, ledger) = {
        drop(ledger);
        double(studio).await
    };
    // After a conflict the lane decides with the turn in its hands; loading the cart alone happens outside any unit.
    ledger.next([Fault::Moved]);
    studio.select(&studio.yoga[2..3]).await.unwrap();
    ledger.panics_over(Some(cart.0));

    assert!(matches!(studio.confirm(cart, BEN).await, Err(Failure::Unknown)));

    ledger.panics_over(None);
    studio.confirm(cart, BEN).await.unwrap();
    assert_clean(&studio).await;
}
