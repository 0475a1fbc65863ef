use cartwheel::command::Command;

use super::{journal, of_event};
use crate::studio::{MARCO, SOFIE, Studio};

crate::studio::store::on_every_store!(expectation_20_a_page_is_told_how_much_was_booked_since_it_was_loaded,);

#[tokio::test]
async fn j1_a_day_shows_each_team_members_events_with_free_and_taken_spots() {
    let studio = Studio::with_capacity(2).await;
    studio.schedule(crate::studio::BOXING, MARCO, &["2027-01-05T09:00:00"], 3).await;
    studio.booked_by("030 23125 014", &studio.yoga[..1]).await;

    let page = studio.staff_page(&journal("?day=2027-01-05")).await.body;

    assert!(page.contains("Journal, Tuesday 5 January 2027"));
    let columns: Vec<&str> = page.split("class=\"column\"").skip(1).collect();
    assert_eq!(columns.len(), 2, "{page}");
    assert!(columns[0].contains(">Marco</h2>") && columns[0].contains("class=\"h09\""), "{}", columns[0]);
    assert!(columns[1].contains(">Sofie</h2>") && columns[1].contains("class=\"h18\""), "{}", columns[1]);
    assert!(columns[1].contains("1 of 2 taken"));
    let by_time = page.split("class=\"by-time\"").nth(1).unwrap();
    assert!(by_time.find("09:00").unwrap() < by_time.find("18:30").unwrap());
}

#[tokio::test]
async fn j1_a_week_goes_from_monday_to_sunday_and_shows_one_team_member_alone() {
    let studio = Studio::open().await;

    let week = studio.staff_page(&journal("?day=2027-01-06&view=week")).await.body;
    let of_sofie =
        studio.staff_page(&journal(&format!("?day=2027-01-06&view=week&member={SOFIE}"))).await.body;

    assert_eq!(week.matches("class=\"column\"").count(), 7);
    assert!(week.contains("Mon 4 Jan") && week.contains("Sun 10 Jan") && week.contains("Boxing"));
    assert!(week.contains("day=2027-01-13") && week.contains("day=2026-12-30"), "a week further and back");
    assert!(of_sofie.contains("Yoga") && !of_sofie.contains("<strong>Boxing"));
}

#[tokio::test]
async fn j1_an_empty_day_leads_to_the_next_one_with_events() {
    let studio = Studio::open().await;

    let page = studio.staff_page(&journal("?day=2027-01-04")).await.body;
    let week = studio.staff_page(&journal("?day=2026-12-28&view=week")).await.body;

    assert!(page.contains("No events on this day.") && page.contains("Next day with events"));
    assert!(page.contains("day=2027-01-05"));
    assert!(week.contains("No events in this week."));
    for odd in ["?day=now", "?day=-262143-01-01", "?day=262142-12-31&view=week", "?member=x&view=year"] {
        assert_eq!(studio.staff_page(&journal(odd)).await.status, 200, "{odd}");
    }
}

async fn expectation_20_a_page_is_told_how_much_was_booked_since_it_was_loaded() {
    let studio = Studio::open().await;
    let since =
        |page: &str| page.split("data-since=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let day = journal("?day=2027-01-05");
    let loaded = since(&studio.staff_page(&day).await.body);
    studio.clock.advance(chrono::TimeDelta::seconds(1));
    for phone in ["030 23125 014", "030 23125 015"] {
        studio.booked_by(phone, &studio.yoga[..1]).await;
    }

    let later = studio.staff_page(&format!("{day}&since={loaded}")).await.body;
    let event = studio.staff_page(&of_event(studio.yoga[0], &format!("?since={loaded}"))).await.body;
    let latest = studio.staff_page(&format!("{day}&since={}", since(&later))).await.body;

    assert!(later.contains("2 new bookings"), "{later}");
    assert!(event.contains("2 new bookings"));
    assert!(!latest.contains("new booking"));
    assert!(!studio.staff_page(&day).await.body.contains("new booking"), "silent at load");
}

#[tokio::test]
async fn j1_the_list_for_paper_has_everybody_who_comes() {
    let studio = Studio::open().await;
    studio.booked_by("030 23125 014", &studio.yoga[..2]).await;
    let cart = studio.select(&studio.yoga[..1]).await.unwrap();
    let gone = studio.confirm(cart, "030 23125 015").await.unwrap().booked[0].appointment;
    let by = cartwheel::command::Requester::Staff { force: false };
    studio.staff(Command::CancelAppointment { appointment: gone, by }).await.unwrap();

    let page = studio.staff_page(&journal("/print?day=2027-01-05")).await.body;

    assert_eq!(page.matches("class=\"to-tick\"").count(), 1, "{page}");
    assert!(page.contains("18:30 Yoga, Sofie, 1 of 12 taken") && page.contains("030 23125014"), "{page}");
}
