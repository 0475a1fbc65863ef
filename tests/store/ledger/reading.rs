//! What can be asked of a ledger.

use aggregates::Decider;
use aggregates::activity::Activity;
use aggregates::cart::BookingCart;
use cartwheel::ledger::change::Change;
use cartwheel::ledger::query::Select;
use cartwheel::ledger::table::{CAPABILITIES, Cell};
use cartwheel::ledger::{Tail, stored_id};
use cartwheel::read_models::tables::LINKS;
use uuid::Uuid;

use super::facts::{append, branch, record, row, sequel};
use super::{Store, every_store};

every_store!(
    facts_are_read_in_pages_in_order,
    the_history_of_one_thing_is_that_of_its_branch_and_kind_alone,
    streams_of_several_aggregates_are_loaded_at_once_and_never_from_another_branch,
    a_row_that_is_there_already_stays,
    rows_are_selected_by_conditions_in_order_and_by_pages,
    rows_that_are_no_facts_change_only_as_long_as_they_are_what_was_read,
);

async fn facts_are_read_in_pages_in_order(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 10);
    ledger.append(first.clone()).await.unwrap();

    assert_eq!(ledger.read(branch(1), 0, 4).await.unwrap(), first.entries[..4]);
    assert_eq!(ledger.read(branch(1), 8, 4).await.unwrap(), first.entries[8..]);
    assert_eq!(ledger.read(branch(1), 10, 4).await.unwrap(), []);
    assert_eq!(ledger.read(branch(2), 0, 4).await.unwrap(), []);
}

async fn the_history_of_one_thing_is_that_of_its_branch_and_kind_alone(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 2);
    let between = append(branch(1), first.tail(), 8, 2);
    let later = sequel(branch(1), between.tail(), 7, 3, 1);
    let elsewhere = append(branch(2), Tail::empty(branch(2)), 7, 1);
    for append in [&first, &between, &later, &elsewhere] {
        ledger.append(append.clone()).await.unwrap();
    }

    let history = ledger.history(branch(1), Activity::NAME, Uuid::from_u128(7)).await.unwrap();

    assert_eq!(history, [first.entries.as_slice(), &later.entries].concat());
    assert_eq!(ledger.history(branch(1), BookingCart::NAME, Uuid::from_u128(7)).await.unwrap(), []);
}

async fn streams_of_several_aggregates_are_loaded_at_once_and_never_from_another_branch(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 2);
    let second = append(branch(1), first.tail(), 8, 1);
    let elsewhere = append(branch(2), Tail::empty(branch(2)), 9, 1);
    for append in [&first, &second, &elsewhere] {
        ledger.append(append.clone()).await.unwrap();
    }
    let key = |id| (Activity::NAME, Uuid::from_u128(id));
    let mut wanted: Vec<_> = (1_000..4_000).map(key).collect();
    wanted.extend([key(7), key(8), key(9)]);

    let events = ledger.streams(branch(1), &wanted).await.unwrap();

    let found: Vec<_> = events.iter().map(|event| (event.aggregate_id.clone(), event.sequence)).collect();
    let id = |id| stored_id(branch(1), Uuid::from_u128(id));
    assert_eq!(found, [(id(7), 1), (id(7), 2), (id(8), 1)]);
    assert!(ledger.streams(branch(2), &[key(7)]).await.unwrap().is_empty(), "an id of another branch");
    assert_eq!(ledger.streams(branch(1), &[(BookingCart::NAME, Uuid::from_u128(7))]).await.unwrap().len(), 0);
}

async fn a_row_that_is_there_already_stays(store: Store) {
    let ledger = store.ledger.as_ref();
    let cart = record(branch(1), 1);
    let mut other = cart.clone();
    other[2] = "result".into();

    ledger.insert_new(&CAPABILITIES, cart.clone()).await.unwrap();
    ledger.insert_new(&CAPABILITIES, other).await.unwrap();

    assert_eq!(ledger.select(&Select::of(&CAPABILITIES, branch(1))).await.unwrap(), [cart]);
}

async fn rows_are_selected_by_conditions_in_order_and_by_pages(store: Store) {
    let ledger = store.ledger.as_ref();
    for n in [3, 1, 2, 5, 4] {
        ledger.insert_new(&LINKS, row(branch(1), n, u64::try_from(n).unwrap())).await.unwrap();
    }
    ledger.insert_new(&LINKS, row(branch(2), 9, 9)).await.unwrap();
    let versions = async |select: Select| -> Vec<i64> {
        let rows = ledger.select(&select).await.unwrap();
        rows.iter().map(|row| if let Cell::Int(version) = row[3] { version } else { 0 }).collect()
    };
    let all = || Select::of(&LINKS, branch(1)).by(&["version", "link_id"]);

    assert_eq!(versions(all()).await, [1, 2, 3, 4, 5]);
    assert_eq!(versions(all().at_least("version", 2_i64).below("version", 5_i64)).await, [2, 3, 4]);
    assert_eq!(versions(all().is("link_id", Uuid::from_u128(4))).await, [4]);
    assert_eq!(versions(all().one_of("version", [5_i64, 1, 7])).await, [1, 5]);
    assert_eq!(versions(all().one_of("version", Vec::<i64>::new())).await.len(), 0);
    let both = |id, version: i64| [Uuid::from_u128(id).into(), Cell::Int(version)];
    let pairs = [both(2, 2), both(3, 4), both(4, 3), both(5, 5)];
    assert_eq!(
        versions(all().one_of_pairs(["link_id", "version"], pairs)).await,
        [2, 5],
        "not each with each"
    );
    assert_eq!(versions(all().limit(2)).await, [1, 2]);
    let cursor: Vec<Cell> = vec![2_i64.into(), Uuid::from_u128(2).into()];
    assert_eq!(versions(all().after(Some(cursor.clone())).limit(2)).await, [3, 4]);
    assert_eq!(versions(all().descending()).await, [5, 4, 3, 2, 1]);
    assert_eq!(versions(all().descending().after(Some(cursor))).await, [1]);
}

async fn rows_that_are_no_facts_change_only_as_long_as_they_are_what_was_read(store: Store) {
    let ledger = store.ledger.as_ref();
    for n in 1..=3 {
        ledger.insert_new(&LINKS, row(branch(1), n, 1)).await.unwrap();
    }
    ledger.insert_new(&LINKS, row(branch(2), 1, 1)).await.unwrap();
    let version = async |of, id: u128| -> Option<Cell> {
        let found = ledger.select(&Select::of(&LINKS, branch(of)).is("link_id", Uuid::from_u128(id))).await;
        found.unwrap().into_iter().next().map(|mut row| row.remove(3))
    };
    let replace = |version| Change::replace(&LINKS, row(branch(1), 1, version));

    assert_eq!(ledger.change(replace(2).is("version", 1_i64)).await.unwrap(), 1);
    assert_eq!(ledger.change(replace(9).is("version", 1_i64)).await.unwrap(), 0, "it is another by now");
    assert_eq!(version(1, 1).await, Some(Cell::Int(2)));
    assert_eq!(version(1, 2).await, Some(Cell::Int(1)));
    assert_eq!(version(2, 1).await, Some(Cell::Int(1)));
    let nobody = Change::replace(&LINKS, row(branch(3), 1, 1));
    assert_eq!(ledger.change(nobody).await.unwrap(), 0);
    assert_eq!(version(3, 1).await, None);

    let old = Change::delete(&LINKS).is("branch_id", branch(1)).below("version", 2_i64);
    assert_eq!(ledger.change(old).await.unwrap(), 2);
    assert_eq!(version(1, 1).await, Some(Cell::Int(2)));
    assert_eq!(version(2, 1).await, Some(Cell::Int(1)));
}
