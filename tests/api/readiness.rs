//! A process is ready only for what its release can read.

use aggregates::branch::Rules;
use cartwheel::command::{Command, Failure};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use crate::studio::Studio;
use crate::studio::http::Answered;

async fn tamper(studio: &Studio, sql: &str) {
    let mut door = SqliteConnectOptions::new().filename(studio.path()).connect().await.unwrap();
    sqlx::query(sql).execute(&mut door).await.unwrap();
}

async fn readyz(studio: &Studio) -> Answered {
    let public = studio.ask("GET", "/readyz", &[], None).await;
    let staff = studio.ask_staff("GET", "/readyz", &[], None).await;
    assert_eq!(public.status, staff.status);
    public
}

/// Some change that staff could make.
fn change() -> Command {
    Command::SetRules(Rules { prepayment: true, ..Studio::rules() })
}

#[tokio::test]
async fn a_process_is_ready_for_what_its_own_release_wrote() {
    let studio = Studio::open().await;

    assert_eq!(readyz(&studio).await.body, "ready\n");
}

#[tokio::test]
async fn rows_made_by_newer_folds_are_not_served_nor_written() {
    let studio = Studio::open().await;
    tamper(&studio, "UPDATE ledgers SET rows_version = rows_version + 1").await;

    let problem = readyz(&studio).await.problem(503, "not-ready");

    assert!(problem["detail"].as_str().unwrap().contains("newer release"), "{problem}");
    assert!(matches!(studio.staff(change()).await, Err(Failure::Away(_))));
    tamper(&studio, "UPDATE ledgers SET rows_version = rows_version - 1").await;
    assert_eq!(readyz(&studio).await.status, 200);
}

#[tokio::test]
async fn an_unknown_fact_anywhere_makes_the_process_not_ready_and_stops_its_writes() {
    for position in ["1", "(SELECT max(position) FROM events)"] {
        let studio = Studio::open().await;
        tamper(
            &studio,
            &format!("UPDATE events SET event_type = 'branch.blessed.v1' WHERE position = {position}"),
        )
        .await;
        let head = studio.head().await;

        let problem = readyz(&studio).await.problem(503, "not-ready");

        assert!(problem["detail"].as_str().unwrap().contains("branch.blessed.v1"), "{problem}");
        assert!(matches!(studio.staff(change()).await, Err(Failure::Away(_))));
        assert_eq!(studio.head().await, head);
    }
}

#[tokio::test]
async fn a_long_ledger_is_looked_at_from_its_end_and_in_the_end_as_a_whole() {
    let studio = Studio::open().await;
    for spots in 0..600 {
        let rules = Rules { prepayment: spots % 2 == 0, ..Studio::rules() };
        studio.staff(Command::SetRules(rules)).await.unwrap();
    }
    assert_eq!(readyz(&studio).await.status, 200);
    tamper(&studio, "UPDATE events SET event_type = 'branch.blessed.v1' WHERE position = 3").await;

    let another = studio.another_process().await;
    let told = another.ready().await.unwrap_err().to_string();

    assert!(told.contains("position 3"), "{told}");
    assert_eq!(readyz(&studio).await.status, 200, "what was read once is not read again");
    studio.staff(change()).await.unwrap();
    tamper(&studio, "UPDATE events SET event_type = 'branch.blessed.v1' WHERE position = (SELECT max(position) FROM events)").await;
    readyz(&studio).await.problem(503, "not-ready");
}
