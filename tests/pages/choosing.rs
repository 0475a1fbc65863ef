//! From the list to the contact step and on: choosing dates and spots, and what stands in the way at the end.

use aggregates::booking_link::{Field, Kind, Settings};
use aggregates::branch::MembershipBooking;
use aggregates::ids::{ActivityId, LinkId};
use aggregates::values::Money;
use axum::http::{StatusCode, header};
use cartwheel::command::Command;
use chrono::TimeDelta;

use crate::studio::pages::{boxes, confirmation, value};
use crate::studio::{BRANCH, LINK, Studio, YOGA};

const TYPED: &str = "name=Anna+Berg&phone=030+23125014&key=k1";

fn list() -> String {
    format!("/w/{BRANCH}/{LINK}")
}

fn ticks(events: &[ActivityId]) -> String {
    let each: Vec<String> = events.iter().map(|id| format!("&event={id}")).collect();
    each.concat()
}

/// How often a box for this date stands on the page, and whether it is ticked.
fn box_of(page: &str, event: ActivityId) -> (usize, bool) {
    let inputs: Vec<&str> =
        page.split("<input type=\"checkbox\"").skip(1).map(|it| it.split('>').next().unwrap()).collect();
    let own: Vec<&&str> = inputs.iter().filter(|input| input.contains(&event.to_string())).collect();
    (own.len(), own.iter().any(|input| input.contains("checked")))
}

#[tokio::test]
async fn s_17_book_another_never_offers_the_picked_one_as_a_new_choice() {
    let studio = Studio::open().await;
    let yoga = &studio.yoga[..5];
    let first = yoga[0];

    let page = studio.page(&format!("{}?event={first}", list())).await.body;
    let (_, another) = page.split_once("Book another").unwrap();
    let offered: Vec<bool> = yoga.iter().map(|id| another.contains(&id.to_string())).collect();
    assert_eq!(offered, [false, true, true, true, false]);

    let page = studio.page(&format!("{}?like={first}{}", list(), ticks(&[first, yoga[2]]))).await.body;
    let boxes: Vec<(usize, bool)> = yoga[..4].iter().map(|id| box_of(&page, *id)).collect();
    assert_eq!(boxes, [(1, true), (1, false), (1, true), (1, false)]);
    assert!(!page.contains(&studio.boxing[0].to_string()), "similar ones only");
}

#[tokio::test]
async fn s_19_a_ticked_box_selects_and_a_cleared_one_unselects() {
    let studio = Studio::open().await;
    let [a, b, c] = [0, 1, 2].map(|place| studio.yoga[place]);
    let contact = studio.go_on(&[a, b, c]).await;

    let form = format!("{TYPED}&like={a}{}&continue=1", ticks(&[a, c]));
    let after = studio.submit(&format!("{contact}/selection"), &form).await;

    assert!(after.body.contains("2 dates, 2 spots in all"), "{}", after.body);
    assert!(!after.body.contains("Thu 7 Jan"), "the cleared one is gone");
    studio.confirm_typed(&contact).await;
    let taken = studio.app.activities(BRANCH, [a, b, c]).await.unwrap();
    assert_eq!(taken.iter().map(|row| row.vacancy.taken).collect::<Vec<_>>(), [1, 0, 1]);
}

#[tokio::test]
async fn s_21_a_date_tapped_filters_by_its_weekday_and_tapped_again_does_not() {
    let studio = Studio::open().await;
    let opened = format!("{}?like={}{}", list(), studio.yoga[0], ticks(&studio.yoga[..1]));
    let thursdays = studio.page(&format!("{opened}&dow=4")).await.body;
    let again = studio.page(&format!("{opened}&dow=4&dow=")).await.body;

    assert!(thursdays.contains("Thursdays only") && !thursdays.contains("View all dates"));
    assert_eq!(boxes(&thursdays), 11, "the opened one and every Thursday of ten weeks");
    assert_eq!(boxes(&again), 4);
}

#[tokio::test]
async fn s_22_e_22_spots_for_all_or_for_each_date_reach_the_appointments() {
    let studio = Studio::open().await;
    let [a, b] = [0, 1].map(|place| studio.yoga[place]);

    let all = studio.submit(&list(), &format!("like={a}{}&spots=2", ticks(&[a, b]))).await;
    let all = studio.page(all.headers[header::LOCATION].to_str().unwrap()).await.body;
    let each = format!("like={a}{}&spots=2&each=1&spots-{a}=3&spots-{b}=1", ticks(&[a, b]));
    let each = studio.submit(&list(), &each).await;
    let contact = each.headers[header::LOCATION].to_str().unwrap();
    let shown = studio.page(contact).await.body;
    studio.confirm_typed(contact).await;

    assert!(all.contains("2 dates, 4 spots in all"));
    assert!(shown.contains("2 dates, 4 spots in all") && shown.contains("3 spots</span>"));
    let rows = studio.app.activities(BRANCH, [a, b]).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.vacancy.taken).collect::<Vec<_>>(), [3, 1]);
}

#[tokio::test]
async fn s_38_a_link_that_books_no_events_or_is_switched_off_says_so() {
    let studio = Studio::open().await;
    let link = LinkId(uuid::Uuid::from_u128(0x77));
    let single = Settings::named(crate::studio::name("Single"));
    studio.staff(Command::CreateLink(link, Kind::Individual, Box::new(single))).await.unwrap();

    let individual = studio.page(&format!("/w/{BRANCH}/{link}")).await.body;
    studio.set_up_link(|settings| settings.active = false).await;
    let off = studio.page(&list()).await.body;

    assert!(individual.contains("No events are booked on this page."));
    assert!(
        off.contains("This booking page is closed.")
            && off.contains("Please call the studio: 030 2312 5014.")
    );
}

#[tokio::test]
async fn s_16_a_filter_that_finds_nothing_says_of_what_and_leads_back() {
    let studio = Studio::open().await;
    let filter = format!("{}?service={YOGA}&member={}", list(), crate::studio::MARCO);

    let page = studio.page(&filter).await.body;

    assert!(page.contains("No events for Yoga with Marco.") && page.contains(">Clear filters</a>"), "{page}");
}

#[tokio::test]
async fn a_27_before_confirm_every_date_its_spots_place_price_deadline_and_all_or_nothing_are_shown() {
    let studio = Studio::open().await;
    let price = Money { minor: 1500, currency: "EUR".to_owned().try_into().unwrap() };
    studio.set_yoga(|yoga| yoga.price = Some(price)).await;
    let [a, b] = [0, 2].map(|place| studio.yoga[place]);
    studio.clock.advance(TimeDelta::hours(12));
    let opened = studio.submit(&list(), &format!("like={a}{}&spots=2", ticks(&[a, b]))).await;

    let page = studio.page(opened.headers[header::LOCATION].to_str().unwrap()).await.body;

    for shown in [
        "Tue 5 Jan, 18:30</time> <span class=\"spots\">2 spots",
        "Online cancelling has closed for this date.",
        "Tue 12 Jan, 18:30</time> <span class=\"spots\">2 spots",
        "cancel online until Mon 11 Jan, 18:30",
        "2 dates, 4 spots in all",
        "12 Quay Street, 15 EUR per spot at the studio",
        "Nothing is booked if one of these dates is full.",
    ] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    studio.set_rules(|rules| rules.cancellation.allowed = false).await;
    let page = studio.page(opened.headers[header::LOCATION].to_str().unwrap()).await.body;
    assert!(page.contains("To cancel or move a date, please call the studio: 030 2312 5014."));
    assert!(!page.contains("cancel online until"));
}

#[tokio::test]
async fn e_17_a_selection_that_has_ended_says_so_and_leads_to_the_same_dates() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[4..6]).await;
    studio.clock.advance(TimeDelta::hours(25));

    for page in [
        studio.page(&contact).await.body,
        studio.submit(&contact, TYPED).await.body,
        studio.submit(&contact, &format!("{TYPED}&fix=drop&failed={}", studio.yoga[4])).await.body,
    ] {
        assert!(
            page.contains("This selection has ended. Nothing was booked. Selections stay open for 24 hours.")
        );
        let again =
            crate::studio::pages::hrefs(&page, "=1").into_iter().find(|href| href.contains("like=")).unwrap();
        let choice = studio.page(&again.replace("&#38;", "&").replace("&amp;", "&")).await.body;
        assert_eq!([4, 5].map(|place| box_of(&choice, studio.yoga[place]).1), [true, true], "{again}");
    }
    let form = format!("{TYPED}&like={}{}&continue=1", studio.yoga[4], ticks(&studio.yoga[4..7]));
    let pencil = studio.submit(&format!("{contact}/selection"), &form).await;
    assert_eq!(pencil.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(pencil.body.contains("Choose these dates again"), "the pencil does not lead around in circles");
}

#[tokio::test]
async fn a_10_a_lost_race_for_a_single_date_offers_another_and_keeps_what_was_typed() {
    let studio = Studio::with_capacity(1).await;
    let contact = studio.go_on(&studio.yoga[..1]).await;
    let early = studio.select(&studio.yoga[..1]).await.unwrap();
    studio.confirm(early, "030 2312 5099").await.unwrap();

    let lost = studio.submit(&contact, TYPED).await.body;
    let choice = studio.submit(&format!("{contact}/selection"), &format!("{TYPED}&pencil=1")).await.body;

    let button = format!("formaction=\"{contact}/selection\" formnovalidate>Choose another date</button>");
    assert!(lost.contains(&button), "{lost}");
    assert!(choice.contains("name=\"name\" value=\"Anna Berg\""));
}

#[tokio::test]
async fn a_10_fewer_spots_are_taken_by_the_button_that_offers_them() {
    let studio = Studio::with_capacity(3).await;
    let event = studio.yoga[0];
    let opened = studio.submit(&list(), &format!("like={event}&event={event}&spots=3")).await;
    let contact = opened.headers[header::LOCATION].to_str().unwrap();
    let early = studio.select(&[event]).await.unwrap();
    studio.confirm(early, "030 2312 5099").await.unwrap();

    let lost = studio.submit(contact, TYPED).await.body;
    assert!(lost.contains("Take 2 spots on Tue 5 Jan, 18:30"), "e_02: {lost}");
    let fewer = studio.submit(contact, &format!("{TYPED}&fewer={event}:2")).await;
    assert_eq!(fewer.status, StatusCode::OK, "nothing is booked by it");
    assert!(fewer.body.contains("1 date, 2 spots in all"));
    studio.confirm_typed(contact).await;
}

#[tokio::test]
async fn a_24_without_a_membership_that_applies_the_page_says_so_and_offers_what_helps() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..1]).await;
    let with = format!("{TYPED}&membership=1");

    studio.set_yoga(|yoga| yoga.membership_booking = MembershipBooking::Required).await;
    let required = studio.submit(&contact, TYPED).await.body;
    studio.set_yoga(|yoga| yoga.membership_booking = MembershipBooking::Optional).await;
    let optional = studio.submit(&contact, &with).await.body;
    let without = studio.submit(&contact, &format!("{with}&fix=plain")).await;

    let none = "Nothing is booked yet: we found no membership for Yoga under this number.";
    assert!(required.contains(&format!("{none} Please call the studio: 030 2312 5014.")), "{required}");
    assert!(!required.contains("Book without membership"));
    assert!(optional.contains(none) && optional.contains("Book without membership"));
    assert_eq!(without.status, StatusCode::SEE_OTHER, "{}", without.body);
}

#[tokio::test]
async fn a_15_a_date_that_the_client_has_already_is_named_and_the_others_can_be_booked() {
    let studio = Studio::open().await;
    let first = studio.select(&studio.yoga[..1]).await.unwrap();
    studio.confirm(first, "030 23125014").await.unwrap();
    let contact = studio.go_on(&studio.yoga[..3]).await;

    let page = studio.submit(&contact, TYPED).await.body;

    assert!(page.contains("Nothing is booked yet: you already have Tue 5 Jan, 18:30."));
    assert!(page.contains("Book the other 2 dates"));
}

#[tokio::test]
async fn a_26_the_contact_form_asks_for_what_the_link_says_and_records_the_consent() {
    let studio = Studio::open().await;
    studio
        .set_up_link(|link| {
            link.email = Field::Required;
            link.comment = Field::Required;
            link.consent = Some("I agree to the privacy notice".to_owned());
        })
        .await;
    let contact = studio.go_on(&studio.yoga[..1]).await;

    let page = studio.page(&contact).await.body;
    let nothing = studio.submit(&contact, "name=&phone=&key=k1").await.body;
    let unasked = studio.submit(&contact, TYPED).await.body;
    let whole = format!("{TYPED}&email=anna@example.org&comment=Hello&consent=1&consent_version=1");
    let confirmed = studio.submit(&contact, &whole).await;
    studio.set_up_link(|link| (link.email, link.comment) = (Field::Off, Field::Off)).await;
    let bare = studio.page(&studio.go_on(&studio.yoga[1..2]).await).await.body;

    assert!(page.contains("I agree to the privacy notice</label>") && !page.contains("(optional)"));
    assert!(
        nothing.contains("Please enter a name.") && nothing.contains("Please enter a phone number, like")
    );
    for (page, problems) in [(nothing, 5), (unasked, 3)] {
        assert!(page.contains(&format!("There are {problems} problems")), "all at once: {page}");
        assert!(page.contains("Please enter an e-mail address; the studio asks for one."));
        assert!(page.contains("Please add a comment; the studio asks for one."));
        assert!(page.contains("Please agree to the privacy notice to book."));
    }
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.body);
    let facts = studio.facts().await;
    let fact = facts.iter().find(|it| it.event_type == "cart.confirmed.v1").unwrap();
    assert!(
        fact.payload.contains("\"consent_version\":1,\"confirmed_at\":\"2027-01-04T08:00:00Z\""),
        "{}",
        fact.payload
    );
    assert!(!bare.contains("name=\"email\"") && !bare.contains("name=\"comment\""));
    assert!(!bare.contains("name=\"consent\""), "no text, nothing to agree to");
}

#[tokio::test]
async fn e_25_a_number_in_local_and_in_international_form_is_one_client() {
    let studio = Studio::open().await;
    studio.confirm_typed(&studio.go_on(&studio.yoga[..1]).await).await;
    let contact = studio.go_on(&studio.yoga[..1]).await;

    let again = studio.submit(&contact, "name=Anna+Berg&phone=%2B49+30+2312-5014&key=k2").await;

    assert!(again.body.contains("you already have Tue 5 Jan, 18:30."), "{}", again.body);
}

#[tokio::test]
async fn e_19_every_change_since_the_page_was_shown_is_one_sentence() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..3]).await;
    let form = confirmation(&studio.page(&contact).await.body);
    let answer = async || studio.submit(&contact, &form).await.body;

    studio.set_up_link(|link| link.multiple_events = limit(2)).await;
    assert!(answer().await.contains("One booking now takes up to 2 dates; you have 3."));
    studio.set_up_link(|_| {}).await;
    studio.set_rules(|rules| rules.prepayment = true).await;
    let prepaid = "The studio now takes payment online, so dates are booked one at a time.";
    assert!(answer().await.contains(prepaid));
    studio.set_rules(|_| {}).await;
    studio.staff(Command::SetOpen(studio.yoga[1], false)).await.unwrap();
    let closed = answer().await;
    assert!(closed.contains("booking has closed for Thu 7 Jan, 18:30."), "{closed}");
    studio.staff(Command::SetOpen(studio.yoga[1], true)).await.unwrap();
    studio.set_up_link(|link| link.consent = Some("New terms.".to_owned())).await;
    let reworded = answer().await;
    assert!(reworded.contains("Please agree to the privacy notice to book."), "{reworded}");
    assert_eq!(studio.facts().await.iter().filter(|it| it.event_type == "cart.confirmed.v1").count(), 0);
}

fn limit(max: u32) -> aggregates::values::MultipleEventBooking {
    aggregates::values::MultipleEventBooking::UpTo(max.try_into().unwrap())
}

#[tokio::test]
async fn s_32_staff_move_an_appointment_in_the_journal_whatever_the_notice_and_a_20_overbook_on_purpose() {
    let studio = Studio::with_capacity(1).await;
    let [from, full] = [studio.yoga[0], studio.yoga[1]];
    let cart = studio.select(&[from]).await.unwrap();
    let appointment = studio.confirm(cart, "030 2312 5014").await.unwrap().booked[0].appointment;
    let other = studio.select(&[full]).await.unwrap();
    studio.confirm(other, "030 2312 5099").await.unwrap();
    studio.set_rules(|rules| rules.rescheduling.allowed = false).await;
    let path = format!("/journal/{BRANCH}/appointments/{appointment}/move");
    let asked = studio.staff_page(&path).await.body;
    let form = format!("version={}&to={full}", value(&asked, "version"));

    let refused = studio.staff_submit(&path, &form).await;
    let forced = studio.staff_submit(&path, &format!("{form}&force=1")).await;

    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!(forced.status, StatusCode::SEE_OTHER, "{}", forced.body);
    let there = studio.staff_page(&format!("/journal/{BRANCH}/events/{full}")).await.body;
    assert!(there.contains("2 of 1 taken, 1 over") && there.contains("Anna Berg"));
}
