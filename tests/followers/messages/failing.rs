//! Servers that do not take messages, clients who are gone, processes that stop.

use std::sync::Arc;

use cartwheel::followers;
use cartwheel::read_models::rebuild;
use chrono::TimeDelta;

use super::{Post, a_while, anna_with_mail, sending};
use crate::mail_server::Manner;
use crate::studio::store::on_every_store;

on_every_store!(
    a_18_what_the_server_does_not_take_now_is_handed_to_it_later_under_the_same_id,
    a_18_what_the_server_refuses_is_not_tried_again,
    a_18_whoever_was_erased_meanwhile_is_told_nothing,
    a_18_a_restart_a_rebuild_and_a_second_process_tell_nobody_twice,
    a_18_old_news_is_no_news,
);

async fn a_18_what_the_server_does_not_take_now_is_handed_to_it_later_under_the_same_id() {
    let post = Post::open().await;
    post.mail.behaves(Manner::Busy);
    post.studio.book(&post.studio.yoga[2..4], anna_with_mail()).await;
    a_while().await;
    assert_eq!((post.mail.asked(), post.mail.taken().len()), (1, 0));

    post.mail.behaves(Manner::Takes);
    post.studio.clock.advance(TimeDelta::seconds(13));
    let mail = post.mail.has(1).await.remove(0);

    post.following.stop().await;
    assert!(mail.id().ends_with("@example.org"), "{}", mail.id());
}

async fn a_18_what_the_server_refuses_is_not_tried_again() {
    let post = Post::open().await;
    post.mail.behaves(Manner::Refuses);
    post.studio.book(&post.studio.yoga[2..4], anna_with_mail()).await;
    a_while().await;

    post.studio.clock.advance(TimeDelta::days(1));
    a_while().await;

    post.following.stop().await;
    assert_eq!(post.mail.asked(), 1);
}

async fn a_18_whoever_was_erased_meanwhile_is_told_nothing() {
    let post = Post::open().await;
    post.mail.behaves(Manner::Busy);
    post.studio.book(&post.studio.yoga[2..4], anna_with_mail()).await;
    a_while().await;
    assert_eq!(post.mail.asked(), 1);

    post.studio.store.tamper("DELETE FROM clients; DELETE FROM contacts").await;
    post.mail.behaves(Manner::Takes);
    post.studio.clock.advance(TimeDelta::seconds(13));
    a_while().await;

    post.following.stop().await;
    assert_eq!((post.mail.asked(), post.mail.taken().len()), (1, 0));
}

async fn a_18_a_restart_a_rebuild_and_a_second_process_tell_nobody_twice() {
    let post = Post::open().await;
    let other = sending(post.studio.another_process().await, &post.mail, &post.gateway);
    let others = followers::start(&other).unwrap();
    for n in 0..5 {
        let mut person = anna_with_mail();
        person["phone"] = format!("030 2312 501{n}").into();
        post.studio.book(&post.studio.yoga[2..4], person).await;
    }
    post.mail.has(5).await;
    post.following.stop().await;
    others.stop().await;

    rebuild::all(&post.studio.app.ledger, 2, Arc::new(|_| ())).await.unwrap();
    let again = followers::start(&post.studio.app).unwrap();
    a_while().await;
    again.stop().await;

    let mut ids: Vec<String> = post.mail.taken().iter().map(crate::mail_server::Taken::id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((post.mail.taken().len(), ids.len()), (5, 5));
}

async fn a_18_old_news_is_no_news() {
    let post = Post::open().await;
    post.following.stop().await;
    post.studio.book(&post.studio.yoga[2..4], anna_with_mail()).await;

    post.studio.clock.advance(TimeDelta::hours(25));
    let late = followers::start(&post.studio.app).unwrap();
    a_while().await;

    late.stop().await;
    assert_eq!(post.mail.asked(), 0);
}
