//! What a lane keeps in memory: only the next fact is applied, a gap drops the entry, and there is a limit.

use std::sync::Arc;

use aggregates::activity::Activity;
use aggregates::cart::BookingCart;
use aggregates::{Decider, Fact};
use cartwheel::cache::Budget;
use cartwheel::read_models::RowCache;
use cartwheel::unit::staging::Staging;
use projections::Recorded;
use uuid::Uuid;

use super::change;
use super::double::{Call, double};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(
    of_the_facts_that_others_stored_a_cached_aggregate_takes_the_next_one_only,
    of_the_facts_that_others_stored_a_cached_row_takes_the_next_one_only,
    aggregates_in_memory_stay_below_their_limit_and_those_in_use_stay,
);

/// The facts of one event: scheduled, then three capacities.
async fn facts_of_one_event(studio: &Studio) -> Vec<Recorded> {
    for n in [0, 20, 40] {
        studio.staff(change(studio, n)).await.unwrap();
    }
    let history = studio.app.ledger.history(BRANCH, Activity::NAME, studio.yoga[0].0).await.unwrap();
    let facts: Vec<_> = history.iter().map(|entry| entry.read().unwrap()).collect();
    assert_eq!(facts.len(), 4);
    facts
}

async fn of_the_facts_that_others_stored_a_cached_aggregate_takes_the_next_one_only() {
    let studio = Studio::open().await;
    let id = studio.yoga[0].0;
    let staging = Staging::new(BRANCH, Arc::clone(&studio.app.ledger), &Budget::default());
    assert_eq!(staging.version::<Activity>(id).await.unwrap(), 1);
    let facts = facts_of_one_event(&studio).await;
    let tell = |n: usize| {
        let Fact::Activity(fact) = &facts[n].fact else { panic!("{:?}", facts[n]) };
        staging.evolve::<Activity>(id, facts[n].sequence, fact);
    };
    let capacity = async || staging.get::<Activity>(id).await.unwrap().vacancy().unwrap().plan.capacity.get();

    tell(0);
    assert_eq!((staging.version::<Activity>(id).await.unwrap(), capacity().await), (1, 12), "known already");
    tell(1);
    assert_eq!((staging.version::<Activity>(id).await.unwrap(), capacity().await), (2, 20));
    tell(3);
    assert_eq!(staging.missing([(Activity::NAME, id)]).len(), 1, "a gap drops it");
    assert_eq!((staging.version::<Activity>(id).await.unwrap(), capacity().await), (4, 22), "loaded anew");
}

async fn of_the_facts_that_others_stored_a_cached_row_takes_the_next_one_only() {
    let (studio, ledger) = double(Studio::open().await).await;
    let facts = facts_of_one_event(&studio).await;
    let mut rows = RowCache::new(BRANCH, Arc::clone(&studio.app.ledger), &Budget::default());
    let first = rows.fold(&facts[..1]).await.unwrap();
    rows.expect(first);
    rows.absorb();
    let loads = || ledger.calls().iter().filter(|it| matches!(it, Call::Select(_))).count();
    loads();

    rows.evolve(&facts[0]);
    rows.evolve(&facts[1]);
    rows.fold(&facts[2..3]).await.unwrap();
    assert_eq!(loads(), 0, "the second fact was the next one");
    rows.evolve(&facts[3]);
    rows.fold(&facts[3..]).await.unwrap();
    assert_eq!(loads(), 1, "a gap drops it");
}

async fn aggregates_in_memory_stay_below_their_limit_and_those_in_use_stay() {
    const MANY: u128 = 60_000;
    let studio = Studio::open().await;
    let staging = Staging::new(BRANCH, Arc::clone(&studio.app.ledger), &Budget::default());
    let used = studio.yoga[0].0;
    staging.get::<Activity>(used).await.unwrap();
    let carts: Vec<_> = (0..MANY).map(|n| (BookingCart::NAME, Uuid::from_u128(n))).collect();

    for page in carts.chunks(1_000) {
        staging.prefetch(page).await.unwrap();
        for (_, id) in page {
            staging.get::<BookingCart>(*id).await.unwrap();
        }
        assert_eq!(staging.missing([(Activity::NAME, used)]).len(), 0, "it was used just now");
    }

    let kept = carts.len() - staging.missing(carts.clone()).len();
    let each = size_of::<BookingCart>() + 10 * 64 + 128;
    assert!((8 << 20..=16 << 20).contains(&(kept * each)), "{kept} carts of {each} bytes");
    let again = staging.missing(carts.clone()).len();
    for (_, id) in carts.iter().rev().take(2_000) {
        staging.get::<BookingCart>(*id).await.unwrap();
    }
    assert_eq!(staging.missing(carts).len(), again, "using what is there costs nothing");
}
