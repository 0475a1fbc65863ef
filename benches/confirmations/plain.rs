//! Plain transactions: the same facts, rows and records, decided beforehand, through one connection, each table with
//! one statement. Nothing is judged, so this is what the store costs by itself.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use aggregates::ids::BranchId;
use cartwheel::cache::Budget;
use cartwheel::capability::Kind;
use cartwheel::command::{Command, Confirm};
use cartwheel::ledger::Entry;
use cartwheel::ledger::query::Select;
use cartwheel::ledger::table::{CAPABILITIES, COMMANDS, CONTACTS, Cell, EVENTS, Table};
use cartwheel::read_models::RowCache;
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Sqlite};
use tokio::sync::Mutex;

use crate::measuring::{self, Measured};
use crate::studios::DATES;
use crate::world::World;

/// What one confirmation stores, table by table.
pub struct Transaction {
    branch: BranchId,
    pub entries: Vec<Entry>,
    pub rows: Vec<(&'static Table, Vec<Vec<Cell>>)>,
}

/// Confirms one after another, and takes down what was stored.
pub async fn record(world: &World, count: usize) -> Vec<Transaction> {
    let app = world.app(&world.place.copy("opened", "confirmed").await).await;
    for booking in &world.bookings[..count] {
        app.ask(booking.confirmation.clone()).await.unwrap();
    }
    app.close().await;

    let before = world.place.address("opened").open(false).await.unwrap();
    let after = world.place.address("confirmed").open(false).await.unwrap();
    let mut studios = vec![];
    let mut answers = HashMap::new();
    for studio in &world.studios {
        let head = before.tail(studio.branch).await.unwrap().head;
        let entries: VecDeque<Entry> = after.read(studio.branch, head, 1_000_000).await.unwrap().into();
        studios.push((entries, RowCache::new(studio.branch, Arc::clone(&before), &Budget::default())));
        for row in after.select(&Select::of(&COMMANDS, studio.branch)).await.unwrap() {
            if let Cell::Text(cart) = row[1].clone() {
                answers.insert(cart, row);
            }
        }
    }
    let mut transactions = vec![];
    for (n, booking) in world.bookings[..count].iter().enumerate() {
        let branch = world.studio(n).branch;
        let among = n % studios.len();
        let (entries, cache) = &mut studios[among];
        let entries: Vec<Entry> = entries.drain(..=2 * DATES).collect();
        let recorded: Vec<_> = entries.iter().map(|entry| entry.read().unwrap()).collect();
        let folded = cache.fold(&recorded).await.unwrap();
        let mut rows = folded.changed(branch);
        rows.extend(folded.begun(branch));
        cache.expect(folded);
        cache.absorb();
        rows.retain(|(_, rows)| !rows.is_empty());
        let Command::ConfirmMultiBooking(confirm) = &booking.confirmation.command else { continue };
        rows.extend(records(confirm, answers.remove(&booking.cart.to_string()).unwrap()));
        transactions.push(Transaction { branch, entries, rows });
    }
    before.close().await;
    after.close().await;
    transactions
}

fn records(confirm: &Confirm, answer: Vec<Cell>) -> [(&'static Table, Vec<Vec<Cell>>); 3] {
    let tokens = confirm.tokens.iter().map(|token| token.record(Kind::Appointment, confirm.cart.0));
    let tokens = tokens.chain([confirm.result.record(Kind::Result, confirm.cart.0)]).collect();
    [(&CAPABILITIES, tokens), (&CONTACTS, vec![confirm.typed.clone()]), (&COMMANDS, vec![answer])]
}

pub async fn confirm(world: &World, callers: usize, count: usize) -> Measured {
    world.place.copy("opened", "run").await;
    let connection = SqliteConnectOptions::new()
        .filename(world.place.file("run"))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await
        .unwrap();
    let prepared: VecDeque<_> = world.transactions[..count].iter().map(statements).collect();
    let desk = Arc::new(Mutex::new((connection, prepared)));
    let shared = Arc::clone(&desk);
    let measured = measuring::callers(callers, count, move |_| {
        let desk = Arc::clone(&shared);
        async move {
            let mut desk = desk.lock().await;
            let (connection, prepared) = &mut *desk;
            let statements = prepared.pop_front().unwrap();
            store(connection, statements).await.unwrap();
        }
    })
    .await;
    let (connection, _) = Arc::into_inner(desk).unwrap().into_inner();
    connection.close().await.unwrap();
    measured
}

/// What a transaction says, in order.
type Statements = Vec<(Arc<str>, Vec<Cell>)>;

async fn store(connection: &mut SqliteConnection, statements: Statements) -> sqlx::Result<()> {
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await?;
    for (sql, cells) in statements {
        let query = cells.into_iter().fold(sqlx::query(&sql), bind);
        query.execute(&mut *connection).await?;
    }
    sqlx::query("COMMIT").execute(&mut *connection).await?;
    Ok(())
}

fn statements(Transaction { branch, entries, rows }: &Transaction) -> Statements {
    let (first, last) = (entries.first().unwrap(), entries.last().unwrap());
    let moved =
        "UPDATE ledgers SET head = ?, head_hash = ?, recorded_at = ? WHERE branch_id = ? AND head = ?";
    let cells: Vec<Cell> = vec![
        last.position.into(),
        last.hash.0.to_vec().into(),
        last.recorded_at.into(),
        (*branch).into(),
        (first.position - 1).into(),
    ];
    let facts: Vec<Vec<Cell>> = entries.iter().map(|entry| fact(*branch, entry)).collect();
    let tables = std::iter::once((&EVENTS, &facts)).chain(rows.iter().map(|(table, rows)| (*table, rows)));
    let inserts = tables.map(|(table, rows)| (insert(table, rows.len()).into(), rows.concat()));
    std::iter::once((moved.into(), cells)).chain(inserts).collect()
}

fn fact(branch: BranchId, entry: &Entry) -> Vec<Cell> {
    vec![
        entry.aggregate_type.as_str().into(),
        entry.aggregate_id.as_str().into(),
        entry.sequence.into(),
        entry.event_type.as_str().into(),
        entry.event_version.as_str().into(),
        entry.payload.as_str().into(),
        entry.metadata.as_str().into(),
        branch.into(),
        entry.position.into(),
        entry.recorded_at.into(),
        entry.hash.0.to_vec().into(),
    ]
}

fn insert(table: &Table, rows: usize) -> String {
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    let sets: Vec<String> = columns
        .iter()
        .filter(|column| !table.key.contains(column))
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    format!(
        "INSERT INTO {} ({}) VALUES {} ON CONFLICT ({}) DO UPDATE SET {}",
        table.name,
        columns.join(", "),
        vec![row; rows].join(", "),
        table.key.join(", "),
        sets.join(", ")
    )
}

fn bind<'q>(
    query: Query<'q, Sqlite, SqliteArguments<'q>>,
    cell: Cell,
) -> Query<'q, Sqlite, SqliteArguments<'q>> {
    match cell {
        Cell::Null => query.bind(None::<i64>),
        Cell::Id(id) => query.bind(id.as_bytes().to_vec()),
        Cell::Int(int) => query.bind(int),
        Cell::Text(text) => query.bind(text),
        Cell::Bytes(bytes) => query.bind(bytes),
    }
}
