//! A store that was made before there were accounts.

use cartwheel::app::{App, AppError, StoreAt};
use cartwheel::ledger::OpenError;

use super::browser::{ANNA, Browser, account};
use crate::studio::Studio;
use crate::studio::store::on_every_store;

on_every_store!(an_older_store_waits_for_the_word_and_then_has_accounts,);

async fn an_older_store_waits_for_the_word_and_then_has_accounts() {
    let mut studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[2..4]).await.unwrap();
    studio.confirm(cart, ANNA).await.unwrap();
    studio.app.close().await;
    let undo = "DROP TABLE codes; DROP TABLE sessions; DROP TABLE feeds; DROP TABLE uploads; DROP TABLE followers; \
                DROP TABLE endpoints; DROP TABLE deliveries; DROP TABLE attempts; DROP TABLE deadlines; \
                DROP TABLE staff_users; DROP TABLE staff_roles; DROP TABLE staff_sessions; DROP TABLE staff_invitations; \
                DROP TABLE api_tokens; DROP TABLE checkpoints; DROP TABLE refusals; DROP INDEX appointments_by_client; \
                ALTER TABLE appointments DROP COLUMN attendance; \
                ALTER TABLE appointments DROP COLUMN booked_by_staff; \
                DELETE FROM _sqlx_migrations WHERE version >= 2";
    studio.store.tamper(undo).await;

    let refused = App::open(&studio.store.place(), studio.clock.clone()).await;
    let migrated = StoreAt { migrate: true, ..studio.store.place() };
    studio.app = App::open(&migrated, studio.clock.clone()).await.unwrap().with_mailbox();

    assert!(matches!(refused, Err(AppError::Open(OpenError::Older { .. }))));
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    assert_eq!(browser.see(&account("")).await.body.matches("class=\"opener\"").count(), 2);
}
