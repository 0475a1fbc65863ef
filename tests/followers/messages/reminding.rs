//! Reminders, where the branch wants them.

use chrono::TimeDelta;

use super::{Post, a_while, anna_with_mail};
use crate::mail_server::MailServer;
use crate::studio::store::on_every_store;

on_every_store!(
    reminders_come_once_and_only_for_what_still_stands_when_it_stood,
    reminders_follow_their_rule_also_for_what_is_booked,
    without_the_rule_nobody_is_reminded,
);

impl Post {
    async fn remind_a_day_before(&self) {
        self.studio.set_rules(|rules| rules.reminder = Some(1440.try_into().unwrap())).await;
    }
}

/// The subjects of what came after the first so many.
fn subjects(mail: &MailServer, after: usize) -> Vec<String> {
    mail.taken()[after..].iter().map(crate::mail_server::Taken::subject).collect()
}

async fn reminders_come_once_and_only_for_what_still_stands_when_it_stood() {
    let post = Post::open().await;
    post.remind_a_day_before().await;
    // Tue 12, Thu 14, Tue 19 January.
    let booked = post.studio.book(&post.studio.yoga[2..5], anna_with_mail()).await;
    post.mail.has(1).await;
    booked[1].cancel().await.accepted();
    booked[2].reschedule(post.studio.yoga[6]).await.accepted();
    post.mail.has(3).await;

    // From Mon 4 January, 09:00.
    post.studio.clock.advance(TimeDelta::days(7) + TimeDelta::hours(9));
    a_while().await;
    assert_eq!(post.mail.taken().len(), 3, "half an hour too early");
    post.studio.clock.advance(TimeDelta::hours(1));
    post.mail.has(4).await;
    post.studio.clock.advance(TimeDelta::days(8));
    a_while().await;
    assert_eq!(subjects(&post.mail, 3), ["Reminder: Yoga with Sofie, Tue 12 Jan, 18:30"]);
    post.studio.clock.advance(TimeDelta::days(6));
    post.mail.has(5).await;
    a_while().await;
    post.following.stop().await;

    assert_eq!(subjects(&post.mail, 4), ["Reminder: Yoga with Sofie, Tue 26 Jan, 18:30"]);
    assert!(post.mail.taken()[4].text().contains("We look forward to seeing you"));
    assert!(post.mail.taken()[4].calendars().is_empty());
}

async fn reminders_follow_their_rule_also_for_what_is_booked() {
    let post = Post::open().await;
    post.studio.book(&post.studio.yoga[2..4], anna_with_mail()).await;
    post.mail.has(1).await;

    post.remind_a_day_before().await;
    a_while().await;
    post.studio.clock.advance(TimeDelta::days(7) + TimeDelta::hours(10));
    post.mail.has(2).await;
    post.studio.set_rules(|rules| rules.reminder = None).await;
    a_while().await;
    post.studio.clock.advance(TimeDelta::days(2));
    a_while().await;

    post.following.stop().await;
    assert_eq!(subjects(&post.mail, 1), ["Reminder: Yoga with Sofie, Tue 12 Jan, 18:30"]);
}

async fn without_the_rule_nobody_is_reminded() {
    let post = Post::open().await;
    post.studio.book(&post.studio.yoga[2..4], anna_with_mail()).await;
    post.mail.has(1).await;

    post.studio.clock.advance(TimeDelta::days(7) + TimeDelta::hours(10));
    a_while().await;

    post.following.stop().await;
    assert_eq!(post.mail.taken().len(), 1);
}
