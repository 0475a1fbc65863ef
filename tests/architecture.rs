//! The dependency rules, as a test.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests")]

use std::path::Path;
use std::process::Command;

#[test]
fn the_rules_know_no_framework() {
    let known = dependencies_of("aggregates");

    for framework in ["tokio", "axum", "sqlx", "cqrs-es", "serde-json", "projections", "getrandom"] {
        assert!(!known.contains(&framework.to_owned()), "aggregates depends on {framework}");
    }
}

#[test]
fn read_models_know_the_rules_and_nothing_that_does_io() {
    let known = dependencies_of("projections");

    assert!(known.contains(&"aggregates".to_owned()));
    for framework in ["tokio", "axum", "sqlx", "cqrs-es", "serde-json", "getrandom"] {
        assert!(!known.contains(&framework.to_owned()), "projections depends on {framework}");
    }
}

#[test]
fn the_pure_crates_have_no_clock() {
    for package in ["aggregates", "projections"] {
        let features = tree(&["-e", "features", "-p", package]);

        for feature in [
            "chrono feature \"clock\"",
            "chrono feature \"now\"",
            "uuid feature \"v4\"",
            "uuid feature \"v7\"",
        ] {
            assert!(!features.contains(feature), "{package} has {feature}");
        }
    }
}

#[test]
fn each_framework_stays_in_its_rooms() {
    for (framework, rooms) in [
        ("cqrs_es", &["src/hosting.rs", "src/unit.rs", "src/unit/", "src/ledger.rs", "src/ledger/"][..]),
        ("sqlx", &["src/ledger.rs", "src/ledger/", "src/read_models.rs", "src/vault.rs"]),
        ("rusqlite", &["src/ledger/sqlite.rs", "src/ledger/sqlite/"]),
        ("axum", &["src/web.rs", "src/web/", "src/serve.rs", "src/serve/"]),
        (
            "hyper",
            &[
                "src/serve.rs",
                "src/serve/",
                "src/outbound.rs",
                "src/webhooks/follower.rs",
                "src/messenger/texts.rs",
            ],
        ),
        ("opentelemetry", &["src/logging/otel.rs"]),
        ("prometheus", &["src/telemetry.rs"]),
        ("governor", &["src/limits.rs", "src/limits/"]),
        ("lettre", &["src/messenger/mail.rs"]),
        ("hyper_rustls", &["src/outbound.rs"]),
        ("eventstore", &["src/mirror.rs", "src/mirror/"]),
    ] {
        for (path, text) in sources(Path::new("src")) {
            let at_home = rooms.iter().any(|room| path.starts_with(room));
            assert!(at_home || !text.contains(&format!("{framework}::")), "{path} uses {framework}");
        }
    }
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = vec![];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

fn dependencies_of(package: &str) -> Vec<String> {
    let names = tree(&["-e", "normal", "--prefix", "none", "-f", "{lib}", "-p", package]);
    names.lines().map(|name| name.replace('_', "-")).collect()
}

fn tree(arguments: &[&str]) -> String {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline"])
        .args(arguments)
        .output()
        .expect("cargo tree runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    String::from_utf8(tree.stdout).expect("cargo writes UTF-8")
}
