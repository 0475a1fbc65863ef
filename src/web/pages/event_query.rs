//! What an address or a form of the event page says: which dates are ticked, for how many, and what is shown.

use std::collections::BTreeMap;

use aggregates::ids::ActivityId;
use chrono::Weekday;

use super::form::Pairs;
use super::shell::Shell;
use super::urls::{self, Address};

/// How many dates *View all dates* shows at first, and how many more each time.
pub const PAGE: usize = 20;

/// More ids than any page ticks; what comes after them is not read.
const MOST_IDS: usize = 50;

/// A selection in the making, and how it is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPageQuery {
    /// The event that was opened; it fixes service and team member.
    pub opened: Option<ActivityId>,
    /// Whether the page was just opened from a list, so that nobody has chosen yet.
    pub fresh: bool,
    /// In the order in which they were sent, each once.
    pub ticked: Vec<ActivityId>,
    pub spots: SpotsAsked,
    /// Only this weekday.
    pub dow: Option<Weekday>,
    /// *View all dates* is open.
    pub all: bool,
    /// How many of all dates are shown.
    pub show: usize,
    /// The same weekday and time, for so many more weeks.
    pub series: Option<u8>,
}

/// Spots as typed, so possibly more than anybody may take; never 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpotsAsked {
    /// The same number for all dates.
    All(u8),
    /// A number per date; `otherwise` for dates that have none yet.
    Each { numbers: BTreeMap<ActivityId, u8>, otherwise: u8 },
}

impl SpotsAsked {
    #[must_use]
    pub fn of(&self, activity: ActivityId) -> u8 {
        match self {
            Self::All(spots) => *spots,
            Self::Each { numbers, otherwise } => numbers.get(&activity).copied().unwrap_or(*otherwise),
        }
    }

    /// For dates that are not ticked yet.
    #[must_use]
    pub fn otherwise(&self) -> u8 {
        match self {
            Self::All(spots) | Self::Each { otherwise: spots, .. } => *spots,
        }
    }

    #[must_use]
    pub fn is_each(&self) -> bool {
        matches!(self, Self::Each { .. })
    }
}

impl EventPageQuery {
    /// Reads a query or a posted form; the buttons `clear` and `fewer` have been pressed when this returns.
    #[must_use]
    pub fn parse(pairs: &Pairs) -> Self {
        let mut ticked: Vec<ActivityId> = Vec::new();
        for (_, value) in pairs.iter().filter(|(name, _)| matches!(*name, "event" | "also")) {
            if let Ok(activity) = value.trim().parse()
                && !ticked.contains(&activity)
                && ticked.len() < MOST_IDS
            {
                ticked.push(activity);
            }
        }
        let like = pairs.read("like");
        let otherwise = pairs.last("spots").and_then(number).unwrap_or(1);
        let mut query = Self {
            opened: like.or(ticked.first().copied()),
            fresh: like.is_none(),
            ticked,
            spots: SpotsAsked::All(otherwise),
            dow: pairs.last("dow").and_then(weekday),
            all: pairs.is_on("all"),
            show: pairs.read("show").unwrap_or(PAGE).clamp(PAGE, 1_000),
            series: pairs.is_on("series").then(|| pairs.last("weeks").and_then(number)).flatten(),
        };
        if pairs.is_on("each") {
            query.tell_apart(pairs);
        }
        if let Some(activity) = pairs.read("clear") {
            query.clear(activity);
        }
        if let Some((activity, spots)) = pairs.last("fewer").and_then(fewer) {
            query.set_spots(activity, spots);
        }
        query
    }

    /// The selection of a cart, as the pencil opens it; the first is the opened one.
    #[must_use]
    pub fn of_selection(selection: &[(ActivityId, u8)]) -> Self {
        let first = selection.first().map_or(1, |(_, spots)| *spots);
        let spots = if selection.iter().all(|(_, spots)| *spots == first) {
            SpotsAsked::All(first)
        } else {
            SpotsAsked::Each { numbers: selection.iter().copied().collect(), otherwise: 1 }
        };
        Self {
            opened: selection.first().map(|(activity, _)| *activity),
            fresh: false,
            ticked: selection.iter().map(|(activity, _)| *activity).collect(),
            spots,
            dow: None,
            all: false,
            show: PAGE,
            series: None,
        }
    }

    /// The ticked dates with the spots asked for: what *Continue* sends on.
    pub fn selection(&self) -> impl Iterator<Item = (ActivityId, u8)> {
        self.ticked.iter().map(|activity| (*activity, self.spots.of(*activity)))
    }

    /// The same page by its address.
    #[must_use]
    pub fn address(&self, shell: &Shell) -> Address {
        let mut address = urls::event_list(shell.branch, shell.link);
        if let Some(opened) = self.opened {
            address = address.with("like", opened);
        }
        for activity in &self.ticked {
            address = address.with("event", activity);
        }
        if self.spots.otherwise() != 1 {
            address = address.with("spots", self.spots.otherwise());
        }
        if let SpotsAsked::Each { numbers, .. } = &self.spots {
            address = address.with("each", 1);
            for (activity, spots) in numbers {
                address = address.with(format!("spots-{activity}"), spots);
            }
        }
        if let Some(dow) = self.dow {
            address = address.with("dow", dow.number_from_monday());
        }
        if self.all {
            address = address.with("all", 1);
        }
        if PAGE < self.show {
            address = address.with("show", self.show);
        }
        address.along(&shell.along)
    }

    fn clear(&mut self, activity: ActivityId) {
        self.ticked.retain(|ticked| *ticked != activity);
    }

    /// One date takes another number; the others keep theirs.
    fn set_spots(&mut self, activity: ActivityId, spots: u8) {
        if !self.ticked.contains(&activity) {
            return;
        }
        if self.ticked == [activity] {
            self.spots = SpotsAsked::All(spots);
            return;
        }
        let mut numbers: BTreeMap<_, _> = self.selection().collect();
        numbers.insert(activity, spots);
        self.spots = SpotsAsked::Each { numbers, otherwise: self.spots.otherwise() };
    }

    fn tell_apart(&mut self, pairs: &Pairs) {
        let otherwise = self.spots.otherwise();
        let typed = |activity: &ActivityId| pairs.last(&format!("spots-{activity}")).and_then(number);
        let numbers = self.ticked.iter().map(|activity| (*activity, typed(activity).unwrap_or(otherwise)));
        self.spots = SpotsAsked::Each { numbers: numbers.collect(), otherwise };
    }
}

/// A number of spots; what is too large stays too large, so that the page can say so.
fn number(text: &str) -> Option<u8> {
    let number: u64 = text.trim().parse().ok()?;
    (1 <= number).then(|| u8::try_from(number).unwrap_or(u8::MAX))
}

/// 1 is Monday.
fn weekday(text: &str) -> Option<Weekday> {
    let days =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let place: usize = text.trim().parse().ok()?;
    days.get(place.checked_sub(1)?).copied()
}

/// "A:1": that date, with so many spots.
pub(super) fn fewer(text: &str) -> Option<(ActivityId, u8)> {
    let (activity, spots) = text.split_once(':')?;
    Some((activity.trim().parse().ok()?, number(spots)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn activity(n: u128) -> ActivityId {
        ActivityId(Uuid::from_u128(n))
    }

    fn read(query: &str) -> EventPageQuery {
        let query = ["A", "B", "C"]
            .iter()
            .zip(1..)
            .fold(query.to_owned(), |query, (name, n)| query.replace(name, &activity(n).to_string()));
        EventPageQuery::parse(&Pairs::parse(query.as_bytes()))
    }

    #[test]
    fn the_first_event_is_opened_and_ticked() {
        let query = read("event=A");

        assert_eq!((query.opened, query.fresh), (Some(activity(1)), true));
        assert_eq!(query.ticked, [activity(1)]);
    }

    #[test]
    fn s_25_like_without_an_event_means_that_nothing_is_selected() {
        let query = read("like=A");

        assert_eq!((query.opened, query.fresh), (Some(activity(1)), false));
        assert_eq!(query.ticked, []);
    }

    #[test]
    fn dates_are_ticked_in_the_order_sent_each_once() {
        assert_eq!(
            read("like=A&event=B&also=C&event=B&event=nonsense&event=A").ticked,
            [activity(2), activity(3), activity(1)]
        );
    }

    #[test]
    fn s_22_one_number_of_spots_serves_all_dates() {
        let query = read("event=A&event=B&spots=3&spots-A=2");

        assert_eq!(query.selection().collect::<Vec<_>>(), [(activity(1), 3), (activity(2), 3)]);
    }

    #[test]
    fn e_22_each_date_can_have_its_own_number() {
        let query = read("event=A&event=B&event=C&each=1&spots=3&spots-A=2&spots-B=x");

        assert_eq!(
            query.selection().collect::<Vec<_>>(),
            [(activity(1), 2), (activity(2), 3), (activity(3), 3)]
        );
    }

    #[test]
    fn a_21_a_number_that_is_too_large_is_not_clamped_to_one_that_fits() {
        assert_eq!(read("event=A&spots=99999999999").spots, SpotsAsked::All(255));
        assert_eq!(read("event=A&spots=0").spots, SpotsAsked::All(1));
    }

    #[test]
    fn s_21_an_empty_weekday_after_the_kept_one_clears_the_filter() {
        assert_eq!(read("event=A&dow=2").dow, Some(Weekday::Tue));
        assert_eq!(read("event=A&dow=2&dow=").dow, None);
        for wrong in ["0", "8", "-1", "x", "99999999999999999999"] {
            assert_eq!(read(&format!("event=A&dow={wrong}")).dow, None);
        }
    }

    #[test]
    fn fewer_spots_for_one_date_leaves_the_others_as_they_were() {
        let query = read("like=A&event=A&event=B&spots=2&fewer=B:1");

        assert_eq!(query.selection().collect::<Vec<_>>(), [(activity(1), 2), (activity(2), 1)]);
        assert_eq!(read("event=A&spots=2&fewer=A:1").spots, SpotsAsked::All(1));
        assert_eq!(read("event=A&spots=2&fewer=C:1").spots, SpotsAsked::All(2));
    }

    #[test]
    fn clear_takes_one_tick_away() {
        assert_eq!(read("like=A&event=A&event=B&clear=A").ticked, [activity(2)]);
    }

    #[test]
    fn s_24_a_cart_comes_back_as_it_was() {
        let same = EventPageQuery::of_selection(&[(activity(1), 2), (activity(2), 2)]);
        let different = EventPageQuery::of_selection(&[(activity(1), 2), (activity(2), 1)]);

        assert_eq!(same.spots, SpotsAsked::All(2));
        assert_eq!(different.selection().collect::<Vec<_>>(), [(activity(1), 2), (activity(2), 1)]);
        assert_eq!(different.opened, Some(activity(1)));
    }

    proptest! {
        #[test]
        fn whatever_is_sent_reading_it_does_not_panic(
            pairs in prop::collection::vec(("(event|also|like|spots|dow|all|show|each|fewer|clear)", ".*"), 0..30)
        ) {
            let query = EventPageQuery::parse(&pairs.into_iter().collect());

            prop_assert!(query.selection().all(|(_, spots)| 1 <= spots));
        }

        #[test]
        fn an_address_says_the_same_as_the_page_it_was_made_from(
            ticked in prop::collection::btree_set(1..9_u128, 1..6),
            spots in 1..9_u8, each: bool, dow in 0..9_u8, all: bool, show in 0..90_usize,
        ) {
            let ticked = ticked.iter().map(|n| format!("&event={}", activity(*n))).collect::<Vec<_>>().concat();
            let text = format!("like={}{ticked}&spots={spots}&each={}&dow={dow}&all={}&show={show}",
                activity(1), u8::from(each), u8::from(all));
            let query = EventPageQuery::parse(&Pairs::parse(text.as_bytes()));

            let address = query.address(&crate::web::pages::samples::shell()).to_string();
            let (_, again) = address.split_once('?').unwrap();

            prop_assert_eq!(EventPageQuery::parse(&Pairs::parse(again.as_bytes())), query);
        }
    }
}
