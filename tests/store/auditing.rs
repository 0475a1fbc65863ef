//! What is exported can be checked by anybody, and whatever was changed in it is found and named.

use cartwheel::audit::{Anchors, Checked, SignedManifest, check, export};
use cartwheel::ledger::{Entry, Hash};
use cartwheel::signing::{PublicKey, Signer};
use serde_json::{Value, json};

use crate::studio::http::{anna, ben};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(b_09_what_is_exported_is_what_the_ledger_holds_and_checks_without_it,);

/// An export with a text of it, line by line.
struct Export {
    lines: Vec<String>,
    signed: SignedManifest,
    key: PublicKey,
}

async fn exported() -> (Studio, Export) {
    let studio = Studio::open().await;
    studio.book(&studio.yoga[..3], anna()).await;
    studio.book(&studio.yoga[1..4], ben()).await[0].cancel().await.accepted();
    for n in 0..8 {
        let someone = json!({"name": format!("Client {n}"), "phone": format!("030 2312 500{n}")});
        studio.book(&studio.yoga[4..7], someone).await;
    }
    let signer = studio.app.vault.signer().unwrap();
    let mut file = vec![];
    let (ledger, now) = (studio.app.ledger.as_ref(), studio.clock.now());
    let exported = export(ledger, &[], &signer, now, &mut file, &|_| ()).await.unwrap();
    let lines: Vec<String> = String::from_utf8(file).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(exported.facts, lines.len() as u64);
    (studio, Export { lines, signed: exported.signed, key: signer.public_key() })
}

impl Export {
    fn check(&self) -> Checked {
        self.check_lines(&self.lines)
    }

    fn check_lines(&self, lines: &[String]) -> Checked {
        let file = lines.iter().map(|line| format!("{line}\n")).collect::<Vec<_>>().concat();
        check(file.as_bytes(), &self.signed, Some(self.key), &Anchors::default(), &|_| ()).unwrap()
    }

    /// What is found after something was done to the lines.
    fn found(&self, tamper: impl Fn(&mut Vec<String>)) -> String {
        let mut lines = self.lines.clone();
        tamper(&mut lines);
        self.check_lines(&lines).difference.unwrap_or_else(|| "nothing".to_owned())
    }
}

/// Numbers, sequences and hashes as if nothing had happened: what somebody does who can write to the store.
fn chained_anew(lines: &mut [String]) {
    let mut hash = Hash::of_branch(BRANCH);
    let mut sequences = std::collections::HashMap::new();
    for (position, text) in (1..).zip(lines) {
        let (head, data) = text.split_once(",\"data\":").unwrap();
        let (data, mut line) = (data.strip_suffix('}').unwrap(), parsed(text));
        let word = |name: &str| line[name].as_str().unwrap().to_owned();
        let (aggregate_type, aggregate_id) =
            word("subject").split_once('/').map(|(kind, id)| (kind.to_owned(), id.to_owned())).unwrap();
        let sequence = sequences.entry(aggregate_id.clone()).or_insert(0);
        *sequence += 1;
        let recorded_at = word("time").parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_micros();
        let entry = Entry {
            position,
            recorded_at,
            aggregate_type,
            aggregate_id,
            sequence: *sequence,
            event_type: word("type"),
            event_version: word("factversion"),
            payload: data.to_owned(),
            metadata: word("metadata"),
            hash,
        };
        hash = hash.then(&entry);
        let old = (word("id"), word("sequence"), word("hash"));
        line["id"] = position.to_string().into();
        let head = head
            .replacen(&format!("\"id\":\"{}\"", old.0), &format!("\"id\":\"{position}\""), 1)
            .replacen(&format!("\"sequence\":\"{}\"", old.1), &format!("\"sequence\":\"{sequence}\""), 1)
            .replacen(&old.2, &hash.to_string(), 1);
        *text = format!("{head},\"data\":{data}}}");
    }
}

fn parsed(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

async fn b_09_what_is_exported_is_what_the_ledger_holds_and_checks_without_it() {
    let (studio, export) = exported().await;

    let checked = export.check();

    assert_eq!((checked.difference, checked.branches), (None, 1));
    assert_eq!(checked.facts, studio.app.ledger.tail(BRANCH).await.unwrap().head);
    assert_eq!(checked.exported_at, Some(studio.clock.now()));
    let facts = studio.facts().await;
    for (line, fact) in export.lines.iter().map(|line| parsed(line)).zip(&facts) {
        assert_eq!((&line["type"], &line["specversion"]), (&fact.event_type.as_str().into(), &"1.0".into()));
        assert_eq!(line["source"], format!("urn:uuid:{BRANCH}"));
        assert_eq!(line["data"], serde_json::from_str::<Value>(&fact.payload).unwrap());
    }
    let text = export.lines.concat();
    for secret in ["Anna", "Berg", "+4930", "Client 7"] {
        assert!(!text.contains(secret), "{secret} is nobody's business");
    }
}

#[tokio::test]
async fn b_09_a_fact_that_was_changed_left_out_put_in_or_moved_is_found_at_its_place() {
    let (_studio, export) = exported().await;
    let last = export.lines.len();
    let change =
        |lines: &mut Vec<String>| lines[20] = lines[20].replacen("\"data\":{", "\"data\":{\"x\":1,", 1);

    assert_eq!(export.found(|_| ()), "nothing");
    for (tamper, at) in [
        (&change as &dyn Fn(&mut Vec<String>), "line 21: "),
        (&|lines: &mut Vec<String>| drop(lines.remove(20)), "line 21: "),
        (&|lines: &mut Vec<String>| lines.swap(20, 21), "line 21: "),
        (&|lines: &mut Vec<String>| lines.insert(20, lines[20].clone()), "line 22: "),
        (&|lines: &mut Vec<String>| lines[20].truncate(40), "line 21: "),
        (&|lines: &mut Vec<String>| lines[20].push(' '), "the file: "),
        (&|lines: &mut Vec<String>| lines[20] = lines[20].replacen("\"1.0\"", "\"1.1\"", 1), "line 21: "),
    ] {
        let found = export.found(tamper);
        assert!(found.starts_with(at), "{at}: {found}");
    }
    let cut = export.found(|lines| lines.truncate(30));
    let should = format!("position 31: is missing; should be a fact, since {last} were signed");
    assert!(cut.ends_with(&should), "{cut}");
}

#[tokio::test]
async fn b_09_hashes_that_were_computed_anew_are_not_those_that_were_signed() {
    let (_studio, export) = exported().await;
    let facts = export.lines.len();
    assert!(100 < facts, "there is a waypoint: {facts}");
    let same = export.found(|lines| chained_anew(lines));
    assert_eq!(same, "nothing", "the test computes hashes as the ledger does");

    for tamper in [
        &(|lines: &mut Vec<String>| lines[20] = lines[20].replacen("\"data\":{", "\"data\":{\"x\":1,", 1))
            as &dyn Fn(&mut Vec<String>),
        &|lines| drop(lines.remove(20)),
        &|lines| lines.swap(20, 21),
        &|lines| lines.insert(20, lines[20].clone()),
    ] {
        let found = export.found(|lines| {
            tamper(lines);
            chained_anew(lines);
        });
        assert!(found.starts_with("line 100: ") && found.contains("positions 1 to 100"), "{found}");
    }
    let late = export.found(|lines| {
        lines.swap(facts - 2, facts - 1);
        chained_anew(lines);
    });
    let narrowed = format!("positions 101 to {facts}");
    assert!(late.starts_with(&format!("line {facts}: ")) && late.contains(&narrowed), "{late}");
    let longer = export.found(|lines| {
        lines.push(lines[facts - 1].clone());
        chained_anew(lines);
    });
    assert!(longer.contains(&format!("position {}: ", facts + 1)), "{longer}");
}

#[tokio::test]
async fn b_09_a_manifest_is_what_was_signed_and_by_whom() {
    let (_studio, mut export) = exported().await;
    let found = |export: &Export| export.check().difference.unwrap();
    let honest = export.signed.clone();

    export.signed.manifest = honest.manifest.replacen("\"facts\":", "\"facts\": ", 1);
    assert_eq!(found(&export), "the manifest is not what was signed");
    let stranger = Signer::from_seed(&[7; 32]).unwrap();
    export.signed = SignedManifest {
        signature: stranger.sign(&honest.manifest),
        public_key: stranger.public_key().to_string(),
        manifest: honest.manifest.clone(),
    };
    assert_eq!(found(&export), "the manifest was signed with another key");
    export.key = stranger.public_key();
    assert_eq!(export.check().difference, None, "whoever asks for no key, or another, trusts another");
    let odd = honest.manifest.replace("cartwheel-audit-v1", "cartwheel-audit-v9");
    export.signed = SignedManifest { signature: stranger.sign(&odd), manifest: odd, ..export.signed };
    assert!(
        check("".as_bytes(), &export.signed, None, &Anchors::default(), &|_| ()).is_err(),
        "another format says nothing"
    );
}
