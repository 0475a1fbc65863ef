//! Booking through the lane on a real SQLite file.

use std::collections::BTreeSet;

use aggregates::Obstacle;
use aggregates::cart::{CartRefusal, Mode};
use cartwheel::command::{Command, Failure, Refusal, Requester};
use cartwheel::ledger::{Hash, Position};

use crate::studio::{BRANCH, Studio, confirmed};

const ANNA: &str = "030 2312 5014";
const BEN: &str = "030 2312 5015";

#[tokio::test]
async fn s_01_one_confirmation_creates_as_many_appointments_as_events_were_selected() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..10]).await.unwrap();
    let before = studio.facts().await.len();

    let booked = studio.confirm(cart, ANNA).await.unwrap();

    assert_eq!(booked.booked.len(), 10);
    let facts = studio.facts().await;
    assert_eq!(facts.len() - before, 21, "one for the cart, and two for each event");
    let ids: BTreeSet<_> = booked.booked.iter().map(|it| it.appointment).collect();
    let tokens: BTreeSet<_> = booked.booked.iter().map(|it| it.token.to_string()).collect();
    assert_eq!((ids.len(), tokens.len()), (10, 10));
}

#[tokio::test]
async fn the_ledger_is_dense_and_every_hash_follows_from_the_one_before() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..3]).await.unwrap();
    studio.confirm(cart, ANNA).await.unwrap();

    let mut hash = Hash::of_branch(BRANCH);
    for (position, entry) in (1..).zip(studio.facts().await) {
        let position: Position = position;
        assert_eq!(entry.position, position);
        hash = hash.then(&entry);
        assert_eq!(entry.hash, hash);
    }
    let tail = studio.app.ledger.tail(BRANCH).await.unwrap();
    assert_eq!(tail.hash, hash);
}

#[tokio::test]
async fn s_04_an_event_of_another_team_member_needs_another_booking() {
    let studio = Studio::open().await;

    let refused = studio.select(&[studio.yoga[0], studio.boxing[0]]).await.unwrap_err();

    assert_eq!(cart_refusal(refused), CartRefusal::DifferentTeamMembers);
    assert!(studio.facts().await.iter().all(|entry| entry.aggregate_type != "cart"), "nothing was stored");
}

#[tokio::test]
async fn a_10_one_full_event_leaves_everything_unbooked_and_names_itself() {
    let studio = Studio::with_capacity(1).await;
    let [tuesday, thursday, next] = [0, 1, 2].map(|n| studio.yoga[n]);
    let late = studio.select(&[tuesday, thursday, next]).await.unwrap();
    let early = studio.select(&[thursday]).await.unwrap();
    studio.confirm(early, BEN).await.unwrap();
    let before = studio.facts().await;

    let refused = studio.confirm(late, ANNA).await.unwrap_err();

    let Failure::Refused(refusal) = refused else { panic!("{refused:?}") };
    let Refusal::NotBooked { items, .. } = *refusal else { panic!("{refusal:?}") };
    assert_eq!(items.len(), 3, "one entry per item");
    let in_the_way: Vec<_> =
        items.iter().filter_map(|it| Some((it.activity, it.left, it.obstacle.as_ref()?))).collect();
    assert!(
        matches!(in_the_way[..], [(full, 0, Obstacle::NotEnoughSpots { left: 0, .. })] if full == thursday),
        "{in_the_way:?}"
    );
    assert_eq!(studio.facts().await, before, "e_04: nothing was stored");
}

#[tokio::test]
async fn a_10_best_effort_books_the_rest_and_says_what_it_could_not_book() {
    let studio = Studio::with_capacity(1).await;
    let [tuesday, thursday] = [0, 1].map(|n| studio.yoga[n]);
    let late = studio.select(&[tuesday, thursday]).await.unwrap();
    let early = studio.select(&[thursday]).await.unwrap();
    studio.confirm(early, BEN).await.unwrap();

    let envelope = studio.confirmation(late, ANNA, None, Mode::BestEffort).await;
    let booked = confirmed(studio.app.ask(envelope).await).unwrap();

    assert_eq!(booked.booked.iter().map(|it| it.activity).collect::<Vec<_>>(), [tuesday]);
    assert_eq!(booked.refused.iter().map(|it| it.activity).collect::<Vec<_>>(), [thursday]);
    assert_eq!(studio.facts().await.last().unwrap().event_type, "cart.items-refused.v1");
}

#[tokio::test]
async fn e_06_a_retried_confirmation_creates_nothing_twice_and_answers_the_same() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let first = studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await;
    let again = studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await;

    let [one, other] = [studio.app.ask(first).await.unwrap(), studio.app.ask(again).await.unwrap()];

    assert_eq!(one.answer, other.answer);
    assert_eq!((one.replayed, other.replayed), (false, true));
    assert_eq!(one.position, other.position);

    let appointment = confirmed(Ok(one.clone())).unwrap().booked[0].appointment;
    studio
        .staff(Command::CancelAppointment { appointment, by: Requester::Staff { force: false } })
        .await
        .unwrap();
    let restarted = studio.another_process().await;
    let later = studio.confirmation_through(&restarted, cart, ANNA, Some("once"), Mode::AllOrNothing).await;
    assert_eq!(
        restarted.ask(later).await.unwrap().answer,
        one.answer,
        "the original answer, also after changes"
    );
}

#[tokio::test]
async fn a_23_the_same_key_with_another_request_is_refused_and_another_key_finds_the_cart_confirmed() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let first = studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await;
    studio.app.ask(first).await.unwrap();

    let other_person = studio.confirmation(cart, BEN, Some("once"), Mode::AllOrNothing).await;
    let other_key = studio.confirmation(cart, ANNA, Some("twice"), Mode::AllOrNothing).await;

    let reused = studio.app.ask(other_person).await.unwrap_err();
    assert!(matches!(reused, Failure::Refused(refusal) if *refusal == Refusal::KeyReused));
    assert_eq!(cart_refusal(studio.app.ask(other_key).await.unwrap_err()), CartRefusal::AlreadyConfirmed);
}

#[tokio::test]
async fn a_23_a_refusal_is_not_kept() {
    let studio = Studio::with_capacity(1).await;
    let early = studio.select(&studio.yoga[..1]).await.unwrap();
    let late = studio.select(&studio.yoga[..1]).await.unwrap();
    let booked = studio.confirm(early, BEN).await.unwrap();
    let ask = || studio.confirmation(late, ANNA, Some("once"), Mode::AllOrNothing);

    studio.app.ask(ask().await).await.unwrap_err();
    let appointment = booked.booked[0].appointment;
    studio
        .staff(Command::CancelAppointment { appointment, by: Requester::Staff { force: false } })
        .await
        .unwrap();

    assert_eq!(confirmed(studio.app.ask(ask().await).await).unwrap().booked.len(), 1);
}

#[tokio::test]
async fn e_01_two_clients_confirm_the_last_spot_in_two_processes_and_exactly_one_wins() {
    let studio = Studio::with_capacity(1).await;
    let other = studio.another_process().await;
    for event in &studio.yoga {
        let [mine, theirs] =
            [studio.select(&[*event]).await.unwrap(), studio.select(&[*event]).await.unwrap()];
        let mine = studio.confirmation(mine, ANNA, None, Mode::AllOrNothing).await;
        let theirs = studio.confirmation_through(&other, theirs, BEN, None, Mode::AllOrNothing).await;

        let (mine, theirs) = tokio::join!(studio.app.ask(mine), other.ask(theirs));

        assert!(mine.is_ok() != theirs.is_ok(), "{mine:?} {theirs:?}");
    }
}

#[tokio::test]
async fn s_31_moving_one_appointment_leaves_the_others_where_they_are() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..3]).await.unwrap();
    let booked = studio.confirm(cart, ANNA).await.unwrap().booked;

    let to = studio.yoga[5];
    studio
        .client(Command::RescheduleAppointment {
            appointment: booked[1].appointment,
            to,
            by: Requester::Client,
        })
        .await
        .unwrap();

    let facts = studio.facts().await;
    let names: Vec<_> = facts[facts.len() - 3..].iter().map(|entry| entry.event_type.as_str()).collect();
    assert_eq!(
        names,
        ["appointment.rescheduled.v1", "activity.spots-taken.v1", "activity.spots-released.v1"],
        "a_13: the new spots are taken before the old are given back"
    );
    let touched = |id| facts.iter().filter(|entry| entry.aggregate_id.ends_with(&format!("{id}"))).count();
    assert_eq!(touched(booked[0].appointment), 1);
    assert_eq!(touched(booked[2].appointment), 1);
}

fn cart_refusal(failure: Failure) -> CartRefusal {
    let Failure::Refused(refusal) = failure else { panic!("{failure:?}") };
    let Refusal::Cart { refusal, .. } = *refusal else { panic!("{refusal:?}") };
    refusal
}
