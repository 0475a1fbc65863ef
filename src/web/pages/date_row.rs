//! Which dates stand where on the event page. Every date stands once, and what is ticked is always there (S-25).

use aggregates::ids::ActivityId;
use chrono::Weekday;

use super::dates::Moment;
use super::event_page::{DateOffer, EventPage};
use super::event_query::PAGE;
use super::language::Language;

/// How many dates are shown before *View all dates* (S-18).
const SHOWN: usize = 3;

/// The fieldsets of the page.
#[derive(Debug)]
pub(super) struct Arranged {
    /// How many dates are ticked.
    pub ticked: usize,
    /// One date at a time: no box, no Book another, no word about it (S-10, A-09).
    pub single: bool,
    pub opened: DateRow,
    pub another: Option<Another>,
    /// Ticked, and hidden by the three, the filter or paging.
    pub also: Vec<DateRow>,
    /// Whether any ticked date asks for more spots than one booking takes.
    pub too_many_spots: bool,
    /// Whether each ticked date has its own number of spots.
    pub each: bool,
}

/// The block *Book another*.
#[derive(Debug)]
pub(super) struct Another {
    language: Language,
    pub rows: Vec<DateRow>,
    pub filter: Option<Weekday>,
    pub paging: Paging,
    /// Why dates are missing, in sentences.
    pub not_listed: Vec<String>,
}

/// What stands under the rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Paging {
    /// Everything is shown.
    Nothing,
    /// *View all dates*, and how many there are.
    ViewAll(usize),
    /// *Show fewer dates*, and how many are shown after *Show 20 more*.
    Opened { more: Option<usize> },
}

/// One date.
#[derive(Debug)]
pub(super) struct DateRow {
    language: Language,
    pub id: ActivityId,
    pub starts: Moment,
    /// Only where it differs from the opened date's.
    pub ends: Option<Moment>,
    pub free: u16,
    pub left: String,
    pub ticked: bool,
    pub boxed: bool,
    /// Whether its weekday is the filter.
    pub pressed: bool,
    /// How many spots of any date one booking takes.
    most: u8,
    /// Its own field of spots.
    pub spots: Option<u8>,
    pub standing: Standing,
}

/// How a date stands for the spots asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Fits,
    SoldOut,
    TooFew { left: u16, asked: u8 },
    Moved(Moment),
    Cancelled,
    Closed,
    AlreadyYours,
    NotOffered,
}

impl Arranged {
    pub(super) fn of(page: &EventPage) -> Self {
        let query = &page.query;
        // A date that was full when it was opened was never chosen.
        let never_chosen = query.fresh && !page.opened.fits_one();
        let is_ticked = |date: &DateOffer| {
            query.ticked.contains(&date.activity) && !(never_chosen && date.activity == page.opened.activity)
        };
        let others_ticked = page.similar.iter().filter(|date| is_ticked(date)).count();
        let offered = 1 < page.max_events && page.similar.iter().any(DateOffer::fits_one);
        let single = !offered && others_ticked == 0;
        let ticked = if single {
            usize::from(!never_chosen)
        } else {
            others_ticked + usize::from(is_ticked(&page.opened))
        };

        let row = |date: &DateOffer| {
            let ticked = if single { !never_chosen } else { is_ticked(date) };
            DateRow::of(page, date, ticked, !single)
        };
        let another = offered.then(|| Another::of(page, &row));
        let stands = |date: &DateOffer| {
            another.as_ref().is_some_and(|block| block.rows.iter().any(|row| row.id == date.activity))
        };
        let also = page.similar.iter().filter(|date| is_ticked(date) && !stands(date)).map(row).collect();
        let mut opened = row(&page.opened);
        opened.boxed &= !never_chosen;
        let mut arranged = Self {
            ticked,
            single,
            opened,
            another,
            also,
            too_many_spots: false,
            each: query.spots.is_each() && 1 < page.max_spots,
        };
        arranged.too_many_spots = if arranged.each {
            arranged.rows().any(|row| row.ticked && page.max_spots < query.spots.of(row.id))
        } else {
            page.max_spots < query.spots.otherwise()
        };
        arranged
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &DateRow> {
        let listed = self.another.iter().flat_map(|block| &block.rows);
        std::iter::once(&self.opened).chain(listed).chain(&self.also)
    }

    /// Where somebody who has to tick or clear something starts.
    pub(super) fn first_box(&self) -> String {
        self.rows().find(|row| row.boxed).map_or_else(|| "dates".to_owned(), DateRow::box_id)
    }

    pub(super) fn spots_field(&self) -> String {
        let own = self.rows().find(|row| row.spots.is_some());
        own.map_or_else(|| "spots".to_owned(), |row| format!("spots-{}", row.id))
    }

    /// Whether there is anything to continue with.
    pub(super) fn can_continue(&self) -> bool {
        !self.single || self.ticked != 0
    }
}

impl Another {
    fn of(page: &EventPage, row: &dyn Fn(&DateOffer) -> DateRow) -> Self {
        let query = &page.query;
        let on_that_day =
            |date: &DateOffer| query.dow.is_none_or(|dow| page.calendar.at(date.starts_at).weekday() == dow);
        // Ticked dates stay where they are even if they have become too few for what is asked.
        let listed = |date: &DateOffer| match page.standing(date) {
            Standing::Fits => true,
            Standing::TooFew { .. } => query.ticked.contains(&date.activity),
            _ => false,
        };
        let of_the_day = page.similar.iter().filter(|date| on_that_day(date));
        let base: Vec<&DateOffer> = of_the_day.clone().filter(|date| listed(date)).collect();

        let (shown, paging) = if query.dow.is_some() || base.len() <= SHOWN {
            (base.len(), Paging::Nothing)
        } else if query.all {
            let more = (query.show < base.len()).then_some(query.show + PAGE);
            (query.show, Paging::Opened { more })
        } else {
            (SHOWN, Paging::ViewAll(base.len()))
        };
        let count = |test: &dyn Fn(&DateOffer) -> bool| of_the_day.clone().filter(|date| test(date)).count();
        let sold_out =
            count(&|date| page.standing(date) == Standing::SoldOut && !query.ticked.contains(&date.activity));
        let too_few = count(&|date| matches!(page.standing(date), Standing::TooFew { .. }) && !listed(date));
        let (language, spots) = (page.shell.language, query.spots.otherwise());
        let not_listed = [
            (sold_out != 0).then(|| language.not_listed_sold_out(sold_out)),
            (too_few != 0).then(|| language.not_listed_too_few(too_few, spots)),
        ];
        Self {
            language,
            rows: base.into_iter().take(shown).map(row).collect(),
            filter: query.dow,
            paging,
            not_listed: not_listed.into_iter().flatten().collect(),
        }
    }

    /// "Tuesdays only".
    pub(super) fn filter_line(&self) -> Option<String> {
        Some(self.language.weekday_only(self.filter?))
    }

    /// "No Tuesdays are free."
    pub(super) fn nothing_free(&self) -> Option<String> {
        let weekday = self.filter.filter(|_| self.rows.is_empty())?;
        Some(self.language.of_weekday("none-free", weekday))
    }
}

impl DateRow {
    fn of(page: &EventPage, date: &DateOffer, ticked: bool, boxed: bool) -> Self {
        let lasts = |date: &DateOffer| date.ends_at - date.starts_at;
        let starts = page.moment(date);
        let asked = page.query.spots.of(date.activity);
        Self {
            language: page.shell.language,
            id: date.activity,
            starts,
            ends: (lasts(date) != lasts(&page.opened)).then(|| page.calendar.at(date.ends_at)),
            free: date.free,
            left: page.shell.language.left(date.free),
            most: page.max_spots,
            ticked,
            boxed,
            pressed: page.query.dow == Some(starts.weekday()),
            spots: (ticked && page.query.spots.is_each() && 1 < page.max_spots).then_some(asked),
            standing: page.standing(date),
        }
    }

    /// Which number of spots it limits before the branch does: "Only 3 spots are left on Tue 19 Jan."
    pub(super) fn only(&self) -> Option<String> {
        let limits = self.free < u16::from(self.most);
        let of = || [("n", self.free.into()), ("date", self.starts.date().into())];
        limits.then(|| self.language.say_with("only-spots-on", of()))
    }

    /// "18:30", and until when if the opened date lasts another time.
    pub(super) fn times(&self) -> String {
        let from = self.starts.time();
        match self.ends {
            Some(ends) => {
                self.language.say_with("time-to", [("from", from.into()), ("to", ends.time().into())])
            }
            None => from,
        }
    }

    pub(super) fn box_id(&self) -> String {
        format!("b-{}", self.id)
    }

    /// The value of its date button: tapping again clears the filter.
    pub(super) fn dow(&self) -> String {
        if self.pressed { String::new() } else { self.starts.weekday().number_from_monday().to_string() }
    }

    /// What its date button does, for the ear: "show only Tuesdays", and once pressed "Tuesdays only".
    pub(super) fn filters(&self) -> String {
        let weekday = self.starts.weekday();
        let name = if self.pressed { "weekday-only" } else { "show-only" };
        self.language.of_weekday(name, weekday)
    }

    /// What happened to a date that was chosen.
    pub(super) fn trouble(&self) -> Option<String> {
        if !self.ticked {
            return None;
        }
        let language = self.language;
        Some(match self.standing {
            Standing::Fits => return None,
            Standing::SoldOut => language.say("since-sold-out"),
            Standing::TooFew { left, asked } => language.only_left(left, &self.starts.date(), asked),
            Standing::Moved(is) => language.of_date("moved-now", is),
            Standing::Cancelled => language.say("cancelled-by-studio"),
            Standing::Closed => language.say("booking-has-closed"),
            Standing::AlreadyYours => language.say("already-yours"),
            Standing::NotOffered => language.say("not-offered"),
        })
    }

    /// Why *Continue* stops at this date. A moved date does not stop it: its new time is in view.
    pub(super) fn refusal(&self) -> Option<String> {
        if !self.ticked {
            return None;
        }
        let name = match self.standing {
            Standing::Fits | Standing::Moved(_) => return None,
            Standing::TooFew { .. } => return self.trouble(),
            Standing::SoldOut => "clear-sold-out",
            Standing::Cancelled => "clear-cancelled",
            Standing::Closed => "clear-closed",
            Standing::AlreadyYours => "clear-already-yours",
            Standing::NotOffered => "clear-not-offered",
        };
        Some(self.language.of_date(name, self.starts))
    }

    /// How many spots are left if that is fewer than asked for, so that they can be taken instead.
    pub(super) fn fewer(&self) -> Option<u16> {
        match self.standing {
            Standing::TooFew { left, .. } if self.ticked => Some(left),
            _ => None,
        }
    }

    /// "Take 1 spot".
    pub(super) fn take_fewer(&self) -> Option<String> {
        self.fewer().map(|left| self.language.say_with("take-spots", [("n", left.into())]))
    }

    pub(super) fn sold_out(&self) -> bool {
        self.standing == Standing::SoldOut
    }
}
