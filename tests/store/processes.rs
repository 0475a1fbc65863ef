//! Several real processes on one store: this test program starts itself again.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command as Program, Stdio};
use std::sync::Arc;

use aggregates::cart::{Mode, Pick};
use aggregates::ids::{ActivityId, CartId};
use cartwheel::capability::Token;
use cartwheel::command::{Actor, Command, Failure};
use cartwheel::ledger::query::Select;
use cartwheel::ledger::table::Cell;
use cartwheel::read_models::tables::{APPOINTMENTS, AVAILABILITY};
use futures::StreamExt;
use uuid::Uuid;

use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, LINK, Studio, confirmed};

on_every_store!(
    e_01_three_processes_fight_for_the_same_spots_and_sell_each_of_them_once,
    e_01_of_all_clients_of_three_processes_one_gets_the_last_spot_and_nobody_half_a_booking,
);

const PROCESSES: u32 = 3;
const CLIENTS: u32 = 20;
const CAPACITY: u32 = 9;
/// Tells a started process where the store is.
const STORE: &str = "CARTWHEEL_TEST_STORE";

async fn e_01_three_processes_fight_for_the_same_spots_and_sell_each_of_them_once() {
    let studio = Studio::with_capacity(CAPACITY).await;
    let mut acknowledged = let_processes_book(&studio, &studio.yoga);

    let appointments = studio.app.ledger.select(&Select::of(&APPOINTMENTS, BRANCH)).await.unwrap();
    let mut stored: Vec<String> = appointments.iter().map(|row| text(&row[1])).collect();
    stored.sort_unstable();
    acknowledged.sort_unstable();
    assert_eq!(stored, acknowledged, "what was acknowledged is there, and nothing else");

    let mut sold: BTreeMap<String, i64> = BTreeMap::new();
    for row in &appointments {
        *sold.entry(text(&row[6])).or_default() += number(&row[11]);
    }
    assert!(sold.values().all(|spots| *spots <= i64::from(CAPACITY)), "{sold:?}");
    assert!(sold.values().any(|spots| *spots == i64::from(CAPACITY)), "they did fight: {sold:?}");
    for row in studio.app.ledger.select(&Select::of(&AVAILABILITY, BRANCH)).await.unwrap() {
        assert_eq!(number(&row[7]), sold.get(&text(&row[1])).copied().unwrap_or(0));
    }
    let verdict = cartwheel::audit::verify(&studio.app.ledger, Arc::new(|_| ())).await.unwrap();
    assert_eq!(verdict.difference.map(|it| it.to_string()), None, "dense, chained, and rows equal the folds");
}

async fn e_01_of_all_clients_of_three_processes_one_gets_the_last_spot_and_nobody_half_a_booking() {
    let studio = Studio::with_capacity(1).await;

    let acknowledged = let_processes_book(&studio, &studio.yoga[..2]);

    assert_eq!(acknowledged.len(), 2, "one client, both dates: {acknowledged:?}");
    let facts = studio.facts().await;
    assert_eq!(facts.iter().filter(|it| it.event_type == "cart.confirmed.v1").count(), 1);
    for row in studio.app.activities(BRANCH, studio.yoga[..2].iter().copied()).await.unwrap() {
        assert_eq!(row.vacancy.taken, 1);
    }
}

/// Starts the processes, waits for them, and gives the appointments that they were told of.
fn let_processes_book(studio: &Studio, events: &[ActivityId]) -> Vec<String> {
    let events: Vec<String> = events.iter().map(ToString::to_string).collect();
    let children: Vec<_> = (0..PROCESSES)
        .map(|process| {
            Program::new(std::env::current_exe().unwrap())
                .args(["processes::one_of_several_processes", "--exact", "--ignored", "--nocapture"])
                .env(STORE, studio.store.told())
                .env("CARTWHEEL_TEST_PROCESS", process.to_string())
                .env("CARTWHEEL_TEST_EVENTS", events.join(" "))
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();

    let mut acknowledged = vec![];
    for child in children {
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8(ended.stdout).unwrap();
        assert!(ended.status.success(), "{said}");
        acknowledged.extend(said.lines().filter_map(|line| Some(line.split_once("booked ")?.1.to_owned())));
    }
    acknowledged
}

fn text(cell: &Cell) -> String {
    if let Cell::Id(id) = cell { id.to_string() } else { panic!("{cell:?}") }
}

fn number(cell: &Cell) -> i64 {
    if let Cell::Int(number) = cell { *number } else { panic!("{cell:?}") }
}

/// What each process does: clients who all want some of the same events, at the same time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by the test above"]
async fn one_of_several_processes() {
    let Ok(store) = std::env::var(STORE) else { return };
    let process: u32 = std::env::var("CARTWHEEL_TEST_PROCESS").unwrap().parse().unwrap();
    let events = std::env::var("CARTWHEEL_TEST_EVENTS").unwrap();
    let events: Vec<ActivityId> =
        events.split(' ').map(|id| ActivityId(Uuid::parse_str(id).unwrap())).collect();
    let studio = Studio::joined(&store, events).await;

    futures::stream::iter(0..CLIENTS).for_each_concurrent(8, |client| book(&studio, process, client)).await;

    studio.app.close().await;
}

async fn book(studio: &Studio, process: u32, client: u32) {
    // Of few events everybody wants all or nothing, of many as many as there are of ten.
    let few = studio.yoga.len() < 10;
    let first = if few { 0 } else { (client * 3) as usize % (studio.yoga.len() - 10) };
    let mode = if few { Mode::AllOrNothing } else { Mode::BestEffort };
    let picks = studio.yoga[first..].iter().take(10).map(|id| Pick { activity: *id, spots: None }).collect();
    let cart = CartId(Uuid::now_v7());
    let opening = Command::OpenCart { cart, link: LINK, picks, token: Token::draw(BRANCH) };
    match insist(|| studio.app.ask(studio.envelope(Actor::Client, None, opening.clone()))).await {
        Ok(_) => {}
        Err(Failure::Refused(_)) => return,
        Err(other) => panic!("{other}"),
    }
    let phone = format!("030 2312 5{process}{client:02}");
    let confirmation = studio.confirmation(cart, &phone, Some("once"), mode).await;
    match insist(|| studio.app.ask(confirmation.clone())).await {
        Ok(reply) => {
            let mut out = std::io::stdout().lock();
            for booked in confirmed(Ok(reply)).unwrap().booked {
                writeln!(out, "booked {}", booked.appointment).unwrap();
            }
        }
        Err(Failure::Refused(_)) => {}
        Err(other) => panic!("{other}"),
    }
}

/// Asks again while the store is busy, as a client would.
async fn insist<F: Future<Output = Result<cartwheel::command::Reply, Failure>>>(
    ask: impl Fn() -> F,
) -> Result<cartwheel::command::Reply, Failure> {
    for _ in 0..20 {
        match ask().await {
            Err(Failure::Busy | Failure::Away(_) | Failure::Unknown) => {}
            answer => return answer,
        }
    }
    ask().await
}
