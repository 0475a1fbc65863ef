//! Wherever the write-ahead log of a store is cut off, the rest opens, verifies, and is a prefix of history.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cartwheel::audit::verify;
use cartwheel::ledger::sqlite::SqliteLedger;
use cartwheel::ledger::{Entry, Ledger};
use futures::StreamExt;

use crate::studio::{BRANCH, Studio};

/// Bytes before the first frame, and before the page of each (sqlite.org, "WAL-mode File Format").
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

/// Every border of frames, and within each frame one place or another: at its first byte, within its header, right
/// after that, in the middle of its page, before its last byte.
fn cuts(log: &[u8]) -> Vec<usize> {
    let page = u32::from_be_bytes(log[8..12].try_into().unwrap()) as usize;
    let frame = FRAME_HEADER + page;
    assert_eq!((log.len() - HEADER) % frame, 0);
    let within = [1, 12, FRAME_HEADER, FRAME_HEADER + page / 2, frame - 1];
    let frames = (0..(log.len() - HEADER) / frame)
        .flat_map(|n| [0, within[n % within.len()]].map(|at| HEADER + n * frame + at));
    [0, 1, HEADER - 1].into_iter().chain(frames).chain([log.len()]).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e_04_every_prefix_of_the_write_ahead_log_is_a_prefix_of_history() {
    let studio = Studio::open().await;
    for n in 0..3 {
        let cart = studio.select(&studio.yoga[n..n + 4]).await.unwrap();
        studio.confirm(cart, &format!("030 2312 50{n:02}")).await.unwrap();
    }
    let history = studio.facts().await;
    let file = std::fs::read(studio.path()).unwrap();
    let log = std::fs::read(beside(&studio.path(), "-wal")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let cuts = cuts(&log);
    assert!(100 < cuts.len(), "{} cuts", cuts.len());

    let mut lengths: Vec<usize> = futures::stream::iter(cuts.iter().enumerate())
        .map(async |(n, cut)| {
            let path = folder.path().join(format!("{n}.db"));
            std::fs::write(&path, &file).unwrap();
            std::fs::write(beside(&path, "-wal"), &log[..*cut]).unwrap();
            let facts = facts_of(&path).await;
            assert_eq!(facts, history[..facts.len()], "cut at {cut}");
            std::fs::remove_file(&path).unwrap();
            facts.len()
        })
        .buffered(8)
        .collect()
        .await;
    assert!(lengths.is_sorted(), "more log is more history: {lengths:?}");
    assert_eq!(*lengths.last().unwrap(), history.len());
    lengths.dedup();
    assert!(7 < lengths.len(), "one length per transaction: {lengths:?}");
}

/// Opens a store as after a crash, verifies it, and reads its one ledger.
async fn facts_of(path: &Path) -> Vec<Entry> {
    let ledger: Arc<dyn Ledger> = Arc::new(SqliteLedger::open(path, false).await.unwrap());
    let verdict = verify(&ledger, Arc::new(|_| ())).await.unwrap();
    assert_eq!(verdict.difference.map(|it| it.to_string()), None);
    let facts = ledger.read(BRANCH, 0, 100_000).await.unwrap();
    ledger.close().await;
    facts
}
