//! What is ticked and typed, what is wrong with it, and what goes along.

use super::*;

#[test]
fn s_25_the_opened_date_can_be_unticked_and_stays() {
    let html = html(&event_page(2, "like=@0&event=@1"));

    assert!(tick_box(&html, 0).is_some() && !is_ticked(&html, 0) && is_ticked(&html, 1));
}

#[test]
fn s_25_continue_with_nothing_ticked_says_so_in_words() {
    let mut page = event_page(2, "like=@0");
    page.continued = true;

    let html = html(&page);

    assert!(html.contains("No date is selected. Please tick at least one to continue."));
    assert!(html.contains(&format!("href=\"#b-{}\"", activity(100))));
    assert!(html.contains("<title>Problem: Yoga with Sofie · Riverside Studio</title>"));
}

#[test]
fn s_13_too_many_dates_are_told_and_all_ticks_stay() {
    let mut page = event_page(5, "like=@0&event=@0&event=@1&event=@2&event=@3&event=@4&event=@5");
    page.max_events = 4;
    page.continued = true;

    let html = html(&page);

    assert!(html.contains("One booking takes up to 4 dates and 6 are ticked. Please clear 2."));
    assert!((0..=5).all(|n| is_ticked(&html, n)));
}

#[test]
fn s_09_ticks_of_before_prepayment_can_be_cleared_although_the_block_is_gone() {
    let mut page = event_page(3, "like=@0&event=@0&event=@1");
    page.max_events = 1;
    page.continued = true;

    let html = html(&page);

    assert!(!html.contains("Book another") && is_ticked(&html, 0) && is_ticked(&html, 1));
    assert!(html.contains("One booking takes 1 date and 2 are ticked. Please clear 1."));
}

#[test]
fn s_42_the_field_of_spots_exists_only_if_the_branch_allows_several() {
    let mut page = event_page(2, "event=@0");
    assert!(html(&page).contains("<label for=\"spots\">Spots</label>"));

    page.max_spots = 1;
    assert!(!html(&page).contains("Spots"));
}

#[test]
fn s_41_the_limit_of_dates_says_nothing_of_spots() {
    let html = html(&event_page(2, "event=@0&spots=4"));

    assert!(html.contains("You can choose up to 10 dates."));
}

#[test]
fn s_42_more_spots_than_allowed_are_told_and_kept_as_typed() {
    let mut page = event_page(2, "like=@0&event=@0&spots=7");
    page.continued = true;

    let html = html(&page);

    assert!(html.contains("One booking takes up to 4 spots per date."));
    assert!(html.contains("name=\"spots\" min=\"1\" max=\"4\" value=\"7\""));
    assert!(html.contains("aria-invalid=\"true\""));
}

#[test]
fn a_21_too_few_spots_left_offer_what_is_left_and_are_never_clamped() {
    let mut page = event_page(4, "like=@0&event=@0&event=@3&spots=2");
    page.similar[2].free = 1;

    let html = html(&page);

    assert!(html.contains("Only 1 spot is left on Thu 21 Jan, and you asked for 2."));
    assert!(html.contains(&format!("name=\"fewer\" value=\"{}:1\">Take 1 spot", activity(103))));
    assert!(html.contains(&format!("name=\"clear\" value=\"{}\">Clear this date", activity(103))));
    assert!(is_ticked(&html, 3));
}

#[test]
fn e_22_each_ticked_date_can_have_its_own_number() {
    let same = html(&event_page(2, "like=@0&event=@0&event=@1"));
    let each = html(&event_page(2, "like=@0&event=@0&event=@1&each=1&spots-@1=3"));

    assert!(same.contains("name=\"each\" value=\"1\">Different number per date"));
    assert!(each.contains(&format!("name=\"spots-{}\" min=\"1\" max=\"4\" value=\"3\"", activity(101))));
    assert!(each.contains("name=\"each\" value=\"\">Same for all dates"));
    assert!(!each.contains(&format!("name=\"spots-{}\"", activity(102))), "only ticked dates have one");
}

#[test]
fn a_03_one_date_alone_needs_no_number_of_its_own() {
    assert!(html(&event_page(2, "event=@0")).contains("id=\"apart\" hidden"));
}

#[test]
fn a_21_what_became_of_a_ticked_date_stands_in_its_row_and_the_tick_stays() {
    let moved = Obstacle::ActivityMoved { was: starts(1), is: starts(1) + chrono::TimeDelta::hours(1) };
    for (obstacle, words, stops) in [
        (Obstacle::ActivityCancelled, "Cancelled by the studio", true),
        (Obstacle::BookingClosed, "Booking has closed", true),
        (moved, "Moved, now Thu 14 Jan, 19:30", false),
        (Obstacle::AlreadyBooked, "You already have this date", true),
    ] {
        let mut page = event_page(3, "like=@0&event=@0&event=@1");
        page.similar[0].obstacle = Some(obstacle);

        let html = html(&page);

        assert!(html.contains(words) && is_ticked(&html, 1), "{words}");
        assert_eq!(!page.problems().is_empty(), stops, "{words}");
    }
}

#[test]
fn a_21_a_ticked_date_that_sold_out_stops_continue_by_its_date() {
    let mut page = event_page(3, "like=@0&event=@0&event=@1");
    page.similar[0].free = 0;
    page.continued = true;

    let html = html(&page);

    assert!(html.contains("Sold out since you chose it") && is_ticked(&html, 1));
    assert!(html.contains("Thu 14 Jan, 18:30 is sold out. Please clear it to continue."));
}

#[test]
fn a_07_an_opened_date_that_is_full_has_no_box_and_book_another_stays() {
    let mut page = event_page(3, "event=@0");
    page.opened.free = 0;

    let html = html(&page);

    assert!(html.contains("Tue 12 Jan, 18:30 is sold out.") && tick_box(&html, 0).is_none());
    assert!(html.contains("Book another") && tick_box(&html, 1).is_some());
}

#[test]
fn a_07_a_full_date_without_others_offers_all_events_instead_of_continue() {
    let mut page = event_page(0, "event=@0");
    page.opened.free = 0;

    let html = html(&page);

    assert!(
        html.contains("is sold out.")
            && html.contains("See all events")
            && !html.contains("Continue</button>")
    );
}

#[test]
fn s_04_a_mix_made_by_hand_is_told() {
    let mut page = event_page(2, "like=@0&event=@0");
    page.mixed = true;

    assert!(html(&page).contains(
        "One booking is for one team member and one service. Please make a separate booking for the others."
    ));
}

#[test]
fn enter_presses_show_and_continue_posts_to_an_address_without_a_query() {
    let html = html(&event_page(4, "event=@0"));
    let address = page_address();

    let first = html.split("<button").nth(1).unwrap();
    assert!(first.starts_with(" class=\"clipped\" tabindex=\"-1\" aria-hidden=\"true\">Show"));
    assert!(html.contains(&format!("method=\"get\" action=\"{address}\"")));
    assert!(html.contains(&format!("formmethod=\"post\" formaction=\"{address}\">Continue")));
}

#[test]
fn kept_state_stands_before_the_buttons_of_its_name() {
    let html = html(&event_page(30, "like=@0&event=@0&event=@1&all=1&each=1"));
    let first_button = html.find("<button").unwrap();

    for name in ["all", "show", "each"] {
        let kept = html.find(&format!("<input type=\"hidden\" name=\"{name}\"")).unwrap();
        assert!(kept < first_button, "{name}");
    }
}

#[test]
fn s_24_from_the_pencil_everything_is_a_post_and_what_was_typed_rides_along() {
    let mut page = event_page(4, "like=@0&event=@0&event=@1");
    let typed = Typed { name: HOSTILE.to_owned(), phone: "030 23125 014".to_owned(), ..Typed::default() };
    page.origin = Origin::Cart { capability: "cap_1".to_owned(), typed };

    let html = html(&page);

    assert!(html.contains("method=\"post\" action=\"/c/cap_1/selection\""));
    assert!(html.contains("name=\"phone\" value=\"030 23125 014\""));
    assert!(html.contains("name=\"name\" value=\"&#60;script&#62;"));
    assert!(!html.contains("All events"), "a link would lose what was typed");
}

#[test]
fn language_and_theme_ride_along() {
    let mut page = event_page(1, "event=@0");
    page.shell.along = Along { language: Some(Language::English), theme: Some(Theme::Dark), accent: None };

    let html = html(&page);

    assert!(html.contains("data-theme=\"dark\"") && html.contains("name=\"theme\" value=\"dark\""));
    assert!(html.contains("?lang=en&#38;theme=dark"));
}

#[test]
fn hostile_names_are_text() {
    let mut page = event_page(1, "event=@0");
    page.service = HOSTILE.to_owned();
    page.shell.studio.name = HOSTILE.to_owned();

    assert!(html(&page).contains("&#60;script&#62;"));
}

#[test]
fn a_box_is_named_by_its_date_time_and_spots() {
    let id = activity(101);
    let html = html(&event_page(1, "event=@0"));

    assert!(tick_box(&html, 1).unwrap().contains(&format!("aria-labelledby=\"d-{id} l-{id}\"")));
}

#[test]
fn the_end_stands_in_a_row_only_where_it_differs() {
    let mut page = event_page(2, "event=@0");
    assert!(!html(&page).contains("18:30 to"));

    page.similar[0].ends_at += chrono::TimeDelta::minutes(30);
    assert!(html(&page).contains("18:30 to 20:00"));
}

#[test]
fn a_date_that_is_gone_leads_to_all_events() {
    let html = NotOffered { shell: super::super::super::samples::shell() }.render().unwrap();

    assert_sound(&html);
    assert!(html.contains("This date is not offered any more.") && html.contains("See all events"));
}

#[test]
fn numbers_of_spots_beyond_the_limit_do_not_empty_the_list() {
    let page = event_page(3, "like=@0&event=@0&spots=200");

    assert_eq!(page.standing(&offer(1, 9)), Standing::Fits);
}
