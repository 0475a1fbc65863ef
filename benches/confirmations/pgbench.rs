//! `pgbench`, the client that comes with PostgreSQL: plain transactions with the same facts, rows and records, prepared,
//! through one connection for each caller up to 32. Nothing is judged, and every connection writes to a ledger of its own, so that
//! none waits for another.

use std::fmt::Write;
use std::process::Command;

use cartwheel::ledger::table::{Cell, Kind, Table};
use cartwheel::ledger::{Address, Entry};

use crate::measuring::{self, Measured};
use crate::place::Place;
use crate::plain::Transaction;
use crate::world::World;

/// How long it runs.
const SECONDS: u32 = 4;

/// What each transaction stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stores {
    /// The facts, and everything else that ours stores with them.
    FactsAndRows,
    /// The facts alone.
    Facts,
    /// One fact, in a transaction of its own.
    OneFact,
}

/// More connections than this make it slower.
const MOST_CONNECTIONS: usize = 32;

pub async fn run(world: &World, callers: usize, stores: Stores) -> Measured {
    let callers = callers.min(MOST_CONNECTIONS);
    let Place::Server(server, folder) = &world.place else { panic!("pgbench needs a server") };
    let Address::Postgres(_) = world.place.copy("opened", "run").await else { panic!("not a database") };
    let script = folder.join("pgbench.sql");
    std::fs::write(&script, script_of(&world.transactions[0], stores)).unwrap();
    let mut pgbench = Command::new(crate::postgres_server::bin("pgbench"));
    pgbench.args(["-n", "-M", "prepared", "-D", "n=0", "-U", "cartwheel", "-f"]).arg(&script);
    pgbench.args(["-c", &callers.to_string(), "-j", &callers.min(2).to_string()]);
    pgbench.args(["-T", &SECONDS.to_string(), "-P", &SECONDS.to_string(), "-h"]).arg(server.folder());
    let cpu = measuring::cpu();
    let output = pgbench.arg("run").output().unwrap();
    let cpu = measuring::cpu() - cpu;
    let said = String::from_utf8(output.stdout).unwrap();
    let number = |name: &str| -> f64 {
        let line = said.lines().find_map(|line| line.split_once(name));
        let number = line.and_then(|(_, rest)| rest.split_whitespace().next());
        let missing = || panic!("no {name} in {said}{}", String::from_utf8_lossy(&output.stderr));
        number.and_then(|number| number.parse().ok()).unwrap_or_else(missing)
    };
    let mean = number("latency average = ");
    Measured {
        per_second: number("tps = "),
        cpu: cpu * 1e3 / number("number of transactions actually processed: "),
        p50: mean,
        p99: f64::NAN,
    }
}

/// The ledger of each connection. `n` counts its transactions, so that every id and position is new, and as near to
/// the one before as ours are.
const BRANCH: &str = "('00000000-0000-7000-8000-' || lpad(to_hex(:client_id::bigint), 12, '0'))";

fn script_of(transaction: &Transaction, stores: Stores) -> String {
    if stores == Stores::OneFact {
        return format!("\\set n :n + 1\n{};\n", facts(&transaction.entries[1..2]));
    }
    let mut script = String::from("\\set n :n + 1\nBEGIN;\n");
    let _ = writeln!(
        script,
        "INSERT INTO ledgers AS l VALUES ({BRANCH}::uuid, :n::bigint, {hash}, 1, 0, 1) \
         ON CONFLICT (branch_id) DO UPDATE SET head = l.head + 21, head_hash = excluded.head_hash;",
        hash = bytes(&transaction.entries[0].hash.0),
    );
    let _ = writeln!(script, "{};", facts(&transaction.entries));
    if stores == Stores::FactsAndRows {
        for (table, rows) in &transaction.rows {
            let rows: Vec<String> =
                rows.iter().enumerate().map(|(place, cells)| row(table, place, cells)).collect();
            let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
            let _ = writeln!(
                script,
                "INSERT INTO {} ({}) VALUES {}{};",
                table.name,
                columns.join(", "),
                rows.join(", "),
                replacing(table)
            );
        }
    }
    script.push_str("COMMIT;\n");
    script
}

fn facts(entries: &[Entry]) -> String {
    let facts: Vec<String> = entries.iter().enumerate().map(|(place, entry)| fact(place, entry)).collect();
    format!(
        "INSERT INTO events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, \
         branch_id, position, recorded_at, hash) VALUES {}",
        facts.join(", ")
    )
}

/// Rows of events are there from the first transaction on; all others are new.
fn replacing(table: &Table) -> String {
    if table.name != "availability" {
        return String::new();
    }
    let sets: Vec<String> = table
        .columns
        .iter()
        .filter(|(name, _)| !table.key.contains(name))
        .map(|(name, _)| format!("{name} = excluded.{name}"))
        .collect();
    format!(" ON CONFLICT ({}) DO UPDATE SET {}", table.key.join(", "), sets.join(", "))
}

/// An id that is new with every transaction, and sorts after those of the ones before.
fn fresh(place: usize) -> String {
    let n = "lpad(to_hex(:n::bigint), 7, '0')";
    let rest = format!("lpad(to_hex({place} * 1024 + :client_id::bigint), 8, '0')");
    format!(
        "('00000000-0000-7' || substr({n}, 1, 3) || '-8' || substr({n}, 4, 3) || '-' || substr({n}, 7) || '000' || {rest})"
    )
}

/// An id that is the same with every transaction of a connection.
fn lasting(place: usize) -> String {
    format!("('00000000-0000-7000-9000-' || lpad(to_hex({place} * 1024 + :client_id::bigint), 12, '0'))")
}

fn fact(place: usize, entry: &Entry) -> String {
    let (id, sequence) = match entry.aggregate_type.as_str() {
        "activity" => (lasting(place), ":n::bigint + 1".to_owned()),
        _ => (fresh(place), entry.sequence.to_string()),
    };
    format!(
        "('{}', {BRANCH} || '/' || {id}, {sequence}, '{}', '1', '{}', '{}', {BRANCH}::uuid, :n::bigint * 21 + {place}, 1, {})",
        entry.aggregate_type,
        entry.event_type,
        quoted(&entry.payload),
        quoted(&entry.metadata),
        bytes(&entry.hash.0)
    )
}

fn row(table: &Table, place: usize, cells: &[Cell]) -> String {
    let own = table.key.last().copied().unwrap_or_default();
    let values = table.columns.iter().zip(cells).map(|((name, kind), cell)| match (*name, kind) {
        ("branch_id", _) => format!("{BRANCH}::uuid"),
        ("activity_id", _) if table.name == "availability" => format!("{}::uuid", lasting(place)),
        (name, Kind::Id) if name == own => format!("{}::uuid", fresh(place)),
        // As far from each other as the hashes of tokens are.
        (name, Kind::Bytes) if name == own => {
            "uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())".to_owned()
        }
        ("scope", _) => fresh(place),
        _ => value(cell),
    });
    format!("({})", values.collect::<Vec<_>>().join(", "))
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Null => "NULL".to_owned(),
        Cell::Id(id) => format!("'{id}'"),
        Cell::Int(int) => int.to_string(),
        Cell::Text(text) => format!("'{}'", quoted(text)),
        Cell::Bytes(value) => bytes(value),
    }
}

/// Text within quotes. A colon before a letter would name a variable of pgbench.
fn quoted(text: &str) -> String {
    text.replace('\'', "''").replace(':', ": ")
}

fn bytes(bytes: &[u8]) -> String {
    let mut quoted = String::from("'\\x");
    for byte in bytes {
        let _ = write!(quoted, "{byte:02x}");
    }
    quoted.push('\'');
    quoted
}
