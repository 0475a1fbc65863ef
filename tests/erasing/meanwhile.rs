//! Bookings and erasures of the same person that meet.

use std::sync::Arc;

use aggregates::appointment::By;
use aggregates::cart::Mode;
use aggregates::client::ClientRefusal;
use cartwheel::app::App;
use cartwheel::app::booking::{Asked, Caller};
use cartwheel::app::reading::Journal;
use cartwheel::audit::verify;
use cartwheel::command::{Actor, Failure, Refusal};
use cartwheel::contact::{Contact, Phone};
use cartwheel::ledger::query::Select;
use cartwheel::ledger::table::{CAPABILITIES, COMMANDS, CONTACTS, Cell};

use projections::appointments::AppointmentRow;

use crate::known;
use crate::studio::http::anna;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio, name};

on_every_store!(
    b_17_nobody_books_as_somebody_who_was_erased_since_they_were_looked_up,
    b_17_what_is_booked_between_looking_and_erasing_goes_with_the_rest,
    ;
    b_17_whoever_books_while_they_are_erased_is_known_or_has_not_booked,
);

const PHONE: &str = "030 2312 5014";

async fn erase(app: &App, studio: &Studio) {
    for client in known(app).await {
        let erasure = app.erasure(BRANCH, client, By::Staff, true).await.unwrap().unwrap();
        app.ask(studio.envelope(Actor::Staff, None, erasure)).await.unwrap();
    }
}

fn is_erased(failure: &Failure) -> bool {
    let Failure::Refused(refusal) = failure else { return false };
    matches!(**refusal, Refusal::Client(ClientRefusal::Erased))
}

async fn b_17_nobody_books_as_somebody_who_was_erased_since_they_were_looked_up() {
    let studio = Studio::open().await;
    let [one, two, three] = [0, 1, 2].map(|n| studio.yoga[n]);
    for (event, through) in [
        (one, studio.app.clone()),
        (two, studio.another_process().await),
        (three, studio.another_process().await),
    ] {
        let cart = studio.select(&[event]).await.unwrap();
        // The client is looked up here.
        let late = studio.confirmation(cart, PHONE, None, Mode::AllOrNothing).await;
        if event == two {
            // This process heard of the branch before the erasure.
            let other = studio.select(&[event]).await.unwrap();
            let envelope =
                studio.confirmation_through(&through, other, "030 2312 5015", None, Mode::AllOrNothing);
            through.ask(envelope.await).await.unwrap();
        }

        erase(&studio.app, &studio).await;

        assert!(is_erased(&through.ask(late).await.unwrap_err()));
        assert!(known(&studio.app).await.is_empty());
        studio.confirm(cart, PHONE).await.unwrap();
    }
    assert_eq!(verify(&studio.app.ledger, Arc::new(|_| ())).await.unwrap().difference, None);
}

async fn b_17_what_is_booked_between_looking_and_erasing_goes_with_the_rest() {
    let studio = Studio::open().await;
    let capabilities = async || studio.app.ledger.select(&Select::of(&CAPABILITIES, BRANCH)).await.unwrap();
    studio.book(&studio.yoga[..1], anna()).await;
    let client = *known(&studio.app).await.first().unwrap();
    let erasure = studio.app.erasure(BRANCH, client, By::Staff, true).await.unwrap().unwrap();
    studio.book(&studio.yoga[1..2], anna()).await;
    let cart = studio.select(&studio.yoga[2..3]).await.unwrap();
    let last = studio.confirmation(cart, PHONE, Some("k"), Mode::AllOrNothing).await;

    // The lane finds both in its mailbox at once.
    let (booked, erased) =
        tokio::join!(studio.app.ask(last), studio.app.ask(studio.envelope(Actor::Staff, None, erasure)));

    booked.unwrap();
    erased.unwrap();
    let all = Journal { client: Some(client), ..Journal::default() };
    let rows = studio.app.journal(BRANCH, all).await.unwrap();
    assert_eq!(rows.iter().map(AppointmentRow::is_cancelled).collect::<Vec<_>>(), [true; 3]);
    assert!(capabilities().await.is_empty(), "{:?}", capabilities().await);
    for table in [&CONTACTS, &COMMANDS] {
        assert!(studio.app.ledger.select(&Select::of(table, BRANCH)).await.unwrap().is_empty());
    }
    assert_eq!(verify(&studio.app.ledger, Arc::new(|_| ())).await.unwrap().difference, None);
}

async fn b_17_whoever_books_while_they_are_erased_is_known_or_has_not_booked() {
    let studio = Studio::with_capacity(200).await;
    let other = studio.another_process().await;
    let contact = Contact {
        name: name("Anna Berg"),
        phone: Phone::parse(PHONE, "DE".to_owned().try_into().unwrap()).unwrap(),
        email: None,
        comment: None,
    };
    let caller = Caller { actor: Actor::Client, request: "r".to_owned() };
    for round in 0..20 {
        let cart = studio.select(&studio.yoga[round..=round]).await.unwrap();
        let asked = Asked {
            contact: contact.clone(),
            mode: Mode::AllOrNothing,
            with_membership: false,
            consent: None,
            seen: None,
            code: None,
            language: None,
        };
        let through = if round % 2 == 0 { &studio.app } else { &other };
        let (booked, ()) = tokio::join!(
            through.confirm(&caller, BRANCH, cart, "k".to_owned(), asked),
            erase(&studio.app, &studio)
        );
        booked.unwrap();
    }

    let known = known(&studio.app).await;
    for event in &studio.yoga {
        let asked = Journal { activity: Some(*event), ..Journal::default() };
        for row in studio.app.journal(BRANCH, asked).await.unwrap() {
            assert!(row.is_cancelled() || known.contains(&row.client_id), "{row:?}");
        }
    }
    for row in studio.app.ledger.select(&Select::of(&CONTACTS, BRANCH)).await.unwrap() {
        assert!(matches!(row[2], Cell::Id(id) if known.iter().any(|client| client.0 == id)), "{row:?}");
    }
    assert_eq!(verify(&studio.app.ledger, Arc::new(|_| ())).await.unwrap().difference, None);
}
