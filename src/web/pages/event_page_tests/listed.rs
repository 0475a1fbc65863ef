//! Which dates stand on the page, and in what order.

use super::*;

#[test]
fn s_02_a_group_named_book_another_offers_more_dates() {
    let html = html(&event_page(2, "event=@0"));

    assert!(html.contains("<legend>Book another</legend>"));
    assert!(html.contains("More dates for Yoga with Sofie. Tap a date to see only that weekday."));
    assert!(is_ticked(&html, 0) && !is_ticked(&html, 1) && tick_box(&html, 2).is_some());
}

#[test]
fn s_14_another_team_member_is_a_separate_booking() {
    let html = html(&event_page(2, "event=@0"));

    assert!(html.contains("For another team member or service, make a separate booking."));
}

#[test]
fn s_18_view_all_dates_appears_only_beyond_three() {
    let three = html(&event_page(3, "event=@0"));
    let four = html(&event_page(4, "event=@0"));

    assert!(!three.contains("View all dates") && tick_box(&three, 3).is_some());
    assert!(four.contains(">View all dates</button> <span id=\"all-count\">4 dates</span>"));
    assert!(tick_box(&four, 3).is_some() && tick_box(&four, 4).is_none());
}

#[test]
fn s_18_all_dates_come_twenty_at_a_time() {
    let first = html(&event_page(30, "like=@0&event=@0&all=1"));
    let second = html(&event_page(30, "like=@0&event=@0&all=1&show=40"));

    assert!(first.contains("Show fewer dates") && first.contains("value=\"40\">Show 20 more"));
    assert!(tick_box(&first, 20).is_some() && tick_box(&first, 21).is_none());
    assert!(tick_box(&second, 30).is_some() && !second.contains("Show 20 more"));
}

#[test]
fn s_10_one_date_at_a_time_leaves_no_word_about_more() {
    let mut page = event_page(4, "event=@0");
    page.max_events = 1;

    let html = html(&page);

    for word in ["Book another", "View all dates", "checkbox", "You can choose", "separate booking"] {
        assert!(!html.contains(word), "{word}");
    }
    assert!(html.contains(&format!("<input type=\"hidden\" name=\"event\" value=\"{}\">", activity(100))));
    assert!(html.contains(">Continue</button>") && html.contains("9 spots left"));
}

#[test]
fn s_10_nothing_else_that_fits_leaves_no_block_either() {
    let mut page = event_page(2, "event=@0");
    page.similar.iter_mut().for_each(|date| date.free = 0);

    assert!(!html(&page).contains("Book another"));
}

#[test]
fn a_07_sold_out_dates_are_counted_and_not_listed() {
    let mut page = event_page(4, "event=@0");
    page.similar[0].free = 0;

    let html = html(&page);

    assert!(tick_box(&html, 1).is_none() && tick_box(&html, 4).is_some());
    assert!(html.contains("1 date is sold out and not listed.") && !html.contains("View all dates"));
}

#[test]
fn e_02_dates_with_fewer_spots_than_asked_for_are_not_listed() {
    let mut page = event_page(3, "like=@0&event=@0&spots=3");
    page.similar[1].free = 2;

    let html = html(&page);

    assert!(tick_box(&html, 2).is_none());
    assert!(html.contains("1 date has fewer than 3 spots left and is not listed."));
}

#[test]
fn s_20_the_filter_shows_every_date_of_that_weekday() {
    let html = html(&event_page(12, "like=@0&event=@0&dow=4"));

    for n in [1, 3, 5, 7, 9, 11] {
        assert!(tick_box(&html, n).is_some(), "Thursday {n}");
    }
    assert!(tick_box(&html, 2).is_none() && !html.contains("View all dates"));
    assert!(html.contains("<span>Thursdays only</span>") && html.contains("Show all weekdays"));
    assert!(html.contains("<input type=\"hidden\" name=\"dow\" value=\"4\">"));
}

#[test]
fn s_21_tapping_the_date_again_clears_the_filter() {
    let open = html(&event_page(4, "event=@0"));
    let filtered = html(&event_page(4, "like=@0&event=@0&dow=4"));

    assert!(open.contains("name=\"dow\" value=\"4\" aria-pressed=\"false\""));
    assert!(open.contains("Thu 14 Jan</time><span class=\"clipped\"> show only Thursdays</span>"));
    assert!(filtered.contains("name=\"dow\" value=\"\" aria-pressed=\"true\""));
    assert!(filtered.contains("Thu 14 Jan</time><span class=\"clipped\"> Thursdays only</span>"));
}

#[test]
fn s_20_a_weekday_without_a_free_date_says_so() {
    let html = html(&event_page(4, "like=@0&event=@0&dow=7"));

    assert!(html.contains("No Sundays are free.") && html.contains("Show all weekdays"));
}

#[test]
fn s_25_what_is_ticked_is_shown_whatever_the_three_hide() {
    let html = html(&event_page(8, "like=@0&event=@0&event=@2&event=@7"));

    let also = html.find("<legend>Also selected</legend>").unwrap();
    assert!(is_ticked(&html, 2) && is_ticked(&html, 7));
    assert!(html.find(&format!("b-{}", activity(107))).unwrap() > also);
    assert!(html.find(&format!("b-{}", activity(102))).unwrap() < also);
}

#[test]
fn s_25_what_is_ticked_is_shown_whatever_the_filter_hides() {
    assert!(is_ticked(&html(&event_page(8, "like=@0&event=@0&event=@1&dow=2")), 1));
}

#[test]
fn s_25_every_date_stands_once_in_every_arrangement() {
    for query in ["event=@0", "like=@0&event=@1&event=@6", "like=@0&event=@6&all=1", "like=@0&event=@3&dow=2"]
    {
        let page = event_page(9, query);
        let mut ids: Vec<_> = page.arranged().rows().map(|row| row.id).collect();
        let rows = ids.len();
        ids.sort();
        ids.dedup();

        assert_eq!(ids.len(), rows, "{query}");
        for ticked in &page.query.ticked {
            assert!(ids.contains(ticked), "{query}");
        }
    }
}
