//! Rows are made anew from the ledger while the service goes on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aggregates::cart::Mode;
use cartwheel::audit::verify;
use cartwheel::command::{Command, Failure};
use cartwheel::ledger::query::Select;
use cartwheel::read_models::{TABLES, rebuild};

use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio, confirmed};

on_every_store!(
    a_rebuild_gives_the_rows_that_the_appends_gave,
    wrong_rows_are_mended_also_those_that_a_lane_has_in_memory,
    a_lane_that_meets_older_rows_makes_them_anew_before_it_decides,
    a_process_that_meets_newer_rows_writes_nothing,
    ;
    clients_book_in_two_processes_while_rows_are_made_anew_again_and_again,
);

const ANNA: &str = "030 2312 5014";
const BEN: &str = "030 2312 5015";

async fn rows(studio: &Studio) -> Vec<String> {
    let mut all = vec![];
    for table in TABLES {
        let rows = studio.app.ledger.select(&Select::of(table, BRANCH).by(table.key)).await.unwrap();
        all.extend(rows.into_iter().map(|row| format!("{} {row:?}", table.name)));
    }
    all
}

async fn assert_clean(studio: &Studio) {
    let verdict = verify(&studio.app.ledger, Arc::new(|_| ())).await.unwrap();
    assert_eq!(verdict.difference.map(|it| it.to_string()), None);
}

async fn book(studio: &Studio, phone: &str) {
    let cart = studio.select(&studio.yoga[..3]).await.unwrap();
    studio.confirm(cart, phone).await.unwrap();
}

async fn a_rebuild_gives_the_rows_that_the_appends_gave() {
    let studio = Studio::open().await;
    book(&studio, ANNA).await;
    let before = rows(&studio).await;
    let told = Arc::new(AtomicU64::new(0));

    let counter = Arc::clone(&told);
    let folded = rebuild::all(
        &studio.app.ledger,
        rebuild::WORKERS,
        Arc::new(move |more| {
            counter.fetch_add(more, Ordering::Relaxed);
        }),
    )
    .await
    .unwrap();

    assert_eq!(rows(&studio).await, before);
    assert_eq!(folded, studio.facts().await.len() as u64);
    assert_eq!(told.load(Ordering::Relaxed), folded, "progress ends where the work ends");
}

async fn wrong_rows_are_mended_also_those_that_a_lane_has_in_memory() {
    let studio = Studio::open().await;
    studio.store.tamper("UPDATE availability SET taken = 5").await;
    let restarted = studio.another_process().await;
    let book_there = async |phone| {
        let cart = studio.select(&studio.yoga[..3]).await.unwrap();
        let confirmation =
            studio.confirmation_through(&restarted, cart, phone, None, Mode::AllOrNothing).await;
        confirmed(restarted.ask(confirmation).await).unwrap();
    };
    book_there(ANNA).await;

    rebuild::all(&restarted.ledger, rebuild::WORKERS, Arc::new(|_| ())).await.unwrap();
    assert_clean(&studio).await;
    book_there(BEN).await;

    assert_clean(&studio).await;
}

async fn a_lane_that_meets_older_rows_makes_them_anew_before_it_decides() {
    let studio = Studio::open().await;
    book(&studio, ANNA).await;
    studio.store.tamper("UPDATE ledgers SET rows_version = 0").await;
    studio.store.tamper("DELETE FROM availability").await;
    let updated = studio.another_process().await;

    let cart = studio.select(&studio.yoga[..3]).await;
    assert!(cart.is_ok(), "the lane that was open follows: {cart:?}");
    let confirmation =
        studio.confirmation_through(&updated, cart.unwrap(), BEN, None, Mode::AllOrNothing).await;
    confirmed(updated.ask(confirmation).await).unwrap();

    assert_clean(&studio).await;
}

async fn a_process_that_meets_newer_rows_writes_nothing() {
    let studio = Studio::open().await;
    studio.store.tamper("UPDATE ledgers SET rows_version = rows_version + 1").await;
    let before = studio.facts().await;
    let older = studio.another_process().await;

    let command = Command::SetTeamMember(crate::studio::SOFIE, crate::studio::name("Sophie"));
    let told = older.ask(studio.envelope(cartwheel::command::Actor::Staff, None, command)).await;
    let rebuilt = rebuild::all(&older.ledger, rebuild::WORKERS, Arc::new(|_| ())).await;

    assert!(
        matches!(&told, Err(Failure::Away(error)) if error.to_string().contains("newer release")),
        "{told:?}"
    );
    assert!(matches!(rebuilt, Err(rebuild::RebuildError::Newer)), "{rebuilt:?}");
    assert_eq!(studio.facts().await, before);
}

async fn clients_book_in_two_processes_while_rows_are_made_anew_again_and_again() {
    let studio = Arc::new(Studio::with_capacity(200).await);
    let other = studio.another_process().await;
    let clients: Vec<_> = (0..4)
        .map(|client| {
            let studio = Arc::clone(&studio);
            let app = if client % 2 == 0 { studio.app.clone() } else { other.clone() };
            tokio::spawn(async move {
                for n in 0..15 {
                    let cart = studio.select(&studio.yoga[..10]).await.unwrap();
                    let phone = format!("030 2312 5{client}{n:02}");
                    let asked =
                        studio.confirmation_through(&app, cart, &phone, None, Mode::AllOrNothing).await;
                    confirmed(app.ask(asked).await).unwrap();
                }
            })
        })
        .collect();

    let mut rebuilt = 0;
    while !clients.iter().all(tokio::task::JoinHandle::is_finished) {
        rebuild::all(&studio.app.ledger, rebuild::WORKERS, Arc::new(|_| ())).await.unwrap();
        rebuilt += 1;
    }

    for client in clients {
        client.await.unwrap();
    }
    assert!(2 < rebuilt, "rows were made anew {rebuilt} times");
    let booked = studio.facts().await.iter().filter(|it| it.event_type == "appointment.booked.v1").count();
    assert_eq!(booked, 4 * 15 * 10);
    assert_clean(&studio).await;
}
