//! A copy of a store in which one fact was changed, left out, exchanged, put in, or everything after it cut off: with its
//! hashes as they were, and with all of them computed anew. Whatever was signed before finds each, and says where.

use std::collections::HashMap;
use std::sync::Arc;

use cartwheel::audit::{
    Anchors, CHECKPOINTS, NotExported, NotSigned, SignedCheckpoint, check, export, keep, sign, standing,
    verify, verify_against,
};
use cartwheel::ledger::query::Select;
use cartwheel::ledger::{Append, Entry, Hash, Ledger, Tail};
use cartwheel::read_models::rebuild;
use cartwheel::signing::Signer;
use chrono::TimeDelta;

use crate::studio::http::{anna, ben};
use crate::studio::store::{Store, on_every_store};
use crate::studio::{BRANCH, Studio};

on_every_store!(
    b_09_whatever_was_done_to_a_fact_is_found_at_its_place,
    b_09_hashes_computed_anew_are_found_by_the_checkpoints_of_the_store,
    b_09_without_those_by_the_ones_that_were_kept_elsewhere,
    b_09_only_what_moved_and_agrees_is_signed_again,
);

/// What somebody does to the facts, at one of them.
type Tampering = fn(&mut Vec<Entry>, usize);

/// What is done to the facts; all of it in the second part, between the two checkpoints.
const WAYS: [(&str, Tampering); 5] = [
    ("changed", |facts, at| {
        facts[at].payload = facts[at].payload.replacen("\"capacity\":12", "\"capacity\":13", 1);
    }),
    ("left out", |facts, at| drop(facts.remove(at))),
    ("exchanged", |facts, at| facts.swap(at, at + 1)),
    ("put in", |facts, at| facts.insert(at, facts[at].clone())),
    ("cut off", |facts, at| facts.truncate(at)),
];

/// A studio that was signed twice, and went on.
struct Signed {
    studio: Studio,
    signer: Signer,
    checkpoints: Vec<SignedCheckpoint>,
    /// Where it ended each time.
    ends: [usize; 2],
    /// A place between the two of a fact whose capacity can be changed, before another of its kind.
    at: usize,
}

async fn signed() -> Signed {
    let studio = Studio::open().await;
    let signer = studio.app.vault.signer().unwrap();
    let mut checkpoints = sign(studio.app.ledger.as_ref(), &signer, studio.clock.now()).await.unwrap();
    let first = end(&studio).await;
    studio.schedule(crate::studio::YOGA, crate::studio::SOFIE, &["2027-02-06T10:00:00"], 12).await;
    studio.book(&studio.yoga[..2], anna()).await;
    studio.clock.advance(TimeDelta::hours(1));
    checkpoints.extend(sign(studio.app.ledger.as_ref(), &signer, studio.clock.now()).await.unwrap());
    let second = end(&studio).await;
    studio.book(&studio.yoga[2..4], ben()).await;
    assert_eq!(checkpoints.len(), 2);
    Signed { studio, signer, checkpoints, ends: [first, second], at: first + 2 }
}

async fn end(studio: &Studio) -> usize {
    usize::try_from(studio.head().await).unwrap()
}

/// Positions, sequences and hashes as if nothing had happened: what somebody does who can write to the store.
fn chained_anew(facts: &mut [Entry]) {
    let mut hash = Hash::of_branch(BRANCH);
    let mut sequences = HashMap::new();
    for (position, fact) in (1..).zip(facts) {
        let sequence = sequences.entry(fact.aggregate_id.clone()).or_insert(0);
        *sequence += 1;
        (fact.position, fact.sequence) = (position, *sequence);
        hash = hash.then(fact);
        fact.hash = hash;
    }
}

/// Only what keeps the facts apart in a store.
fn numbered_anew(facts: &mut [Entry]) {
    let hashes: Vec<Hash> = facts.iter().map(|fact| fact.hash).collect();
    chained_anew(facts);
    facts.iter_mut().zip(hashes).for_each(|(fact, hash)| fact.hash = hash);
}

impl Signed {
    /// A copy of the store with other facts, its rows folded anew, and its checkpoints if they are copied too.
    async fn copy(&self, facts: Vec<Entry>, with_checkpoints: bool) -> (Arc<Store>, Arc<dyn Ledger>) {
        let store = Arc::new(Store::new().await);
        let ledger = store.place().address.open(false).await.unwrap();
        let (branch, after) = (BRANCH, Tail::empty(BRANCH));
        let copy = Append {
            branch,
            after,
            entries: Arc::new(facts),
            rows: vec![],
            records: vec![],
            changes: vec![],
        };
        ledger.append(copy).await.unwrap();
        rebuild::branch(ledger.as_ref(), BRANCH, &|_| ()).await.unwrap();
        if with_checkpoints {
            for row in self.studio.app.ledger.select(&Select::of(&CHECKPOINTS, BRANCH)).await.unwrap() {
                ledger.insert_new(&CHECKPOINTS, row).await.unwrap();
            }
        }
        (store, ledger)
    }

    fn anchors(&self) -> Anchors {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &self.checkpoints[..1]).unwrap();
        keep(folder.path(), &self.checkpoints[1..]).unwrap();
        let text = std::fs::read_to_string(folder.path().join("checkpoints.jsonl")).unwrap();
        Anchors::read(&text, Some(self.signer.public_key())).unwrap()
    }

    /// What is found in a ledger by `verify`, and by `audit check` in what is exported of it by whoever has the key.
    async fn found(&self, ledger: &Arc<dyn Ledger>, anchors: &Anchors) -> [String; 2] {
        let nothing = || "nothing".to_owned();
        let verdict = verify_against(ledger, anchors, Arc::new(|_| ())).await.unwrap();
        let verified = verdict.difference.map_or_else(nothing, |it| it.to_string());
        let (mut file, now) = (vec![], self.studio.clock.now());
        let exported = export(ledger.as_ref(), &[], &self.signer, now, &mut file, &|_| ()).await;
        let checked = match exported {
            Ok(exported) => {
                let by = Some(self.signer.public_key());
                let checked = check(&file[..], &exported.signed, by, anchors, &|_| ()).unwrap();
                checked.difference.unwrap_or_else(nothing)
            }
            Err(NotExported::Differs(difference)) => difference.to_string(),
            Err(other) => panic!("{other}"),
        };
        [verified, checked]
    }
}

async fn b_09_whatever_was_done_to_a_fact_is_found_at_its_place() {
    let signed = signed().await;
    let facts = signed.studio.facts().await;
    let place = format!("position {}: is hash", signed.at + 1);
    for (way, tamper) in WAYS.iter().filter(|(way, _)| *way != "cut off") {
        let mut forged = facts.clone();
        tamper(&mut forged, signed.at);
        numbered_anew(&mut forged);
        let at =
            if *way == "put in" { format!("position {}: is hash", signed.at + 2) } else { place.clone() };

        let (_store, ledger) = signed.copy(forged, false).await;

        for found in signed.found(&ledger, &Anchors::default()).await {
            assert!(found.contains(&at), "{way}: {found}");
        }
    }
}

async fn b_09_hashes_computed_anew_are_found_by_the_checkpoints_of_the_store() {
    let signed = signed().await;
    let facts = signed.studio.facts().await;
    let [first, second] = signed.ends;
    for (way, tamper) in WAYS {
        let mut forged = facts.clone();
        tamper(&mut forged, signed.at);
        chained_anew(&mut forged);

        let (_store, ledger) = signed.copy(forged, true).await;

        let [verified, _] = signed.found(&ledger, &Anchors::default()).await;
        let from = if way == "cut off" { signed.at + 1 } else { first + 1 };
        let place = format!("positions {from} to {second}: is ");
        assert!(verified.contains(&place), "{way}: {verified}");
        let standing = standing(ledger.as_ref(), BRANCH).await.unwrap().unwrap();
        let shown = standing.difference.unwrap().to_string();
        assert!(shown.contains(&format!("positions {} to {second}: is ", first + 1)), "{way}: {shown}");
        let (made, why) = sign(ledger.as_ref(), &signed.signer, signed.studio.clock.now()).await.unwrap_err();
        assert!(made.is_empty() && matches!(why, NotSigned::Differs(_)), "{way}: {why}");
    }
    // What was never signed, nobody can vouch for.
    let mut late = facts.clone();
    late.truncate(second + 3);
    chained_anew(&mut late);
    let (_store, ledger) = signed.copy(late, true).await;
    assert_eq!(signed.found(&ledger, &signed.anchors()).await, ["nothing", "nothing"]);
}

async fn b_09_without_those_by_the_ones_that_were_kept_elsewhere() {
    let signed = signed().await;
    let facts = signed.studio.facts().await;
    let [first, second] = signed.ends;
    let anchors = signed.anchors();
    let (_same, ledger) = signed.copy(facts.clone(), false).await;
    assert_eq!(signed.found(&ledger, &anchors).await, ["nothing", "nothing"], "a copy is no forgery");
    for (way, tamper) in WAYS {
        for (at, from, to) in [(signed.at, first + 1, second), (3, 1, first)] {
            let mut forged = facts.clone();
            if way == "changed" && at == 3 {
                forged[3].payload = forged[3].payload.replacen("Boxing", "Boxer", 1);
            } else {
                tamper(&mut forged, at);
            }
            chained_anew(&mut forged);

            let (_store, ledger) = signed.copy(forged, false).await;

            assert_eq!(signed.found(&ledger, &Anchors::default()).await, ["nothing", "nothing"], "{way}");
            // What was cut off is missing up to the last place that was signed.
            let (from, to) = if way == "cut off" { (at + 1, second) } else { (from, to) };
            for found in signed.found(&ledger, &anchors).await {
                assert!(found.contains(&format!("positions {from} to {to}: is ")), "{way} at {at}: {found}");
            }
        }
    }
}

async fn b_09_only_what_moved_and_agrees_is_signed_again() {
    let Signed { studio, signer, .. } = &signed().await;
    studio.another_branch().await;
    let ledger = studio.app.ledger.as_ref();

    let both = sign(ledger, signer, studio.clock.now()).await.unwrap();
    let none = sign(ledger, signer, studio.clock.now()).await.unwrap();
    studio.book(&studio.yoga[4..5], anna()).await;
    let one = sign(ledger, signer, studio.clock.now()).await.unwrap();

    assert_eq!((both.len(), none.len(), one.len()), (2, 0, 1));
    let statement = one[0].read(Some(signer.public_key())).unwrap();
    let tail = ledger.tail(BRANCH).await.unwrap();
    assert_eq!((statement.branch_id, statement.position), (BRANCH, tail.head));
    assert_eq!((statement.hash, statement.signed_at), (tail.hash.to_string(), studio.clock.now()));
    assert_eq!(verify(&studio.app.ledger, Arc::new(|_| ())).await.unwrap().difference, None);
    let stranger = Signer::from_seed(&[7; 32]).unwrap().public_key();
    assert!(one[0].read(Some(stranger)).unwrap_err().contains("another key"));
    let changed = SignedCheckpoint { statement: one[0].statement.replacen('1', "2", 1), ..one[0].clone() };
    assert!(changed.read(None).unwrap_err().contains("is not what was signed"));
    // Whoever changes a checkpoint in the store is found as well.
    studio.store.tamper("UPDATE checkpoints SET signature = 'AAAA'").await;
    let difference = verify(&studio.app.ledger, Arc::new(|_| ())).await.unwrap().difference.unwrap();
    assert!(difference.to_string().contains("table checkpoints, row"), "{difference}");
}
