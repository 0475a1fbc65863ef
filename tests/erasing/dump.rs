//! Every value of every table, read past the service.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use cartwheel::ledger::Address;
use sqlx::{ConnectOptions, Row};

use crate::studio::Studio;

/// Rows as text by table; bytes are hexadecimal digits.
pub struct Dump(BTreeMap<String, Vec<String>>);

impl Dump {
    pub async fn of(studio: &Studio) -> Self {
        Self(match studio.store.place().address {
            Address::Sqlite(path) => sqlite(&path).await,
            Address::Postgres(url) => postgres(&url).await,
        })
    }

    pub fn tables(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    /// All of a table, with what its bytes say as text.
    pub fn text(&self, table: &str) -> String {
        let rows = &self.0[table];
        let text = rows.join("\n");
        let spoken: Vec<String> = hexadecimal(&text).iter().map(|it| spoken(it)).collect();
        format!("{text}\n{}", spoken.join("\n"))
    }

    pub fn has(&self, table: &str, row: &str) -> bool {
        self.0[table].iter().any(|it| it == row)
    }

    /// Rows of these tables that another dump has not.
    pub fn beyond(&self, other: &Self, tables: &[&str]) -> Vec<(String, String)> {
        let mut new = vec![];
        for (table, rows) in self.0.iter().filter(|(table, _)| tables.contains(&table.as_str())) {
            let rows = rows.iter().filter(|row| !other.has(table, row));
            new.extend(rows.map(|row| (table.clone(), row.clone())));
        }
        new
    }
}

/// Bytes that stand in a text: values that are longer than an id.
pub fn hexadecimal(text: &str) -> Vec<Vec<u8>> {
    let runs = text.split(|letter: char| !letter.is_ascii_hexdigit());
    let runs = runs.filter(|run| 48 <= run.len() && run.len().is_multiple_of(2));
    runs.map(|run| {
        (0..run.len()).step_by(2).map(|at| u8::from_str_radix(&run[at..at + 2], 16).unwrap()).collect()
    })
    .collect()
}

fn spoken(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

async fn sqlite(path: &std::path::Path) -> BTreeMap<String, Vec<String>> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).read_only(true);
    let mut door = options.connect().await.unwrap();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut door).await.unwrap();
    let mut all = BTreeMap::new();
    for table in tables {
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns: Vec<String> = sqlx::query_scalar(&columns).fetch_all(&mut door).await.unwrap();
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
        let rows = format!("SELECT {} FROM \"{table}\"", quoted.join(" || ' | ' || "));
        let rows = sqlx::query(&rows).fetch_all(&mut door).await.unwrap();
        all.insert(table, rows.iter().map(|row| row.get::<String, _>(0)).collect());
    }
    all
}

async fn postgres(url: &str) -> BTreeMap<String, Vec<String>> {
    let mut door = url.parse::<sqlx::postgres::PgConnectOptions>().unwrap().connect().await.unwrap();
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut door).await.unwrap();
    let mut all = BTreeMap::new();
    for table in tables {
        let rows = format!("SELECT it::text FROM \"{table}\" AS it");
        all.insert(table, sqlx::query_scalar(&rows).fetch_all(&mut door).await.unwrap());
    }
    all
}

/// No file of the store holds these words or bytes, once the log is written back.
pub async fn assert_gone_from_files(studio: &Studio, words: &[&str], rows: &[(String, String)]) {
    let path = studio.path();
    let log = path.with_extension("db-wal");
    let began = Instant::now();
    while std::fs::metadata(&log).is_ok_and(|log| 0 < log.len()) {
        assert!(began.elapsed() < Duration::from_secs(10), "the log is not cut off");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let sealed: Vec<Vec<u8>> = rows.iter().flat_map(|(_, row)| hexadecimal(row)).collect();
    assert!(20 < sealed.len(), "there is something to look for: {}", sealed.len());
    for file in [path, log] {
        let Ok(bytes) = std::fs::read(&file) else { continue };
        let holds = |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
        for word in words {
            assert!(!holds(word.as_bytes()), "{} holds {word}", file.display());
        }
        for (n, wanted) in sealed.iter().enumerate() {
            assert!(!holds(&wanted[..24]), "{} holds value {n}", file.display());
        }
    }
}
