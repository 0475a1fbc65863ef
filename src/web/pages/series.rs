//! "Every Tuesday at 18:30 for 4 weeks": several dates in one tap (B-10).

use chrono::{DateTime, Utc};
use projections::series::weekly;

use super::date_row::Standing;
use super::event_page::{DateOffer, EventPage};

/// Weeks that are suggested, and the most that the field takes: the hard limit of a booking (S-05).
const SUGGESTED: u8 = 4;

/// The offer of a series.
pub(super) struct Series {
    /// "Every Tuesday at 18:30 for".
    pub every: String,
    pub weeks: u8,
    /// What the limit leaves.
    pub most: u8,
}

impl EventPage {
    /// Ticks what was asked for, as far as it can be booked and the limit leaves room, and says what was done.
    pub fn add_series(&mut self) {
        let Some(weeks) = self.query.series else { return };
        let language = self.shell.language;
        let (mut added, mut sentences) = (0, vec![]);
        for starts in self.of_series(weeks) {
            let Some(date) = self.similar.iter().find(|date| date.starts_at == starts) else { continue };
            let room = self.query.ticked.len() < self.max_events.into();
            if self.query.ticked.contains(&date.activity) {
                continue;
            }
            let moment = self.calendar.at(starts).date();
            match self.standing(date) {
                Standing::Fits if room => {
                    self.query.ticked.push(date.activity);
                    added += 1;
                }
                Standing::Fits => {}
                Standing::SoldOut => {
                    sentences.push(language.say_with("not-added-sold-out", [("date", moment.into())]));
                }
                Standing::TooFew { left, .. } => sentences.push(
                    language.say_with("not-added-too-few", [("date", moment.into()), ("n", left.into())]),
                ),
                _ => sentences.push(language.say_with("not-added-closed", [("date", moment.into())])),
            }
        }
        sentences.insert(0, language.say_with("series-added", [("n", added.into())]));
        self.added = Some(sentences.join(" "));
    }

    /// The offer, if anything could be added.
    pub(super) fn series(&self) -> Option<Series> {
        let most = u8::try_from(usize::from(self.max_events).saturating_sub(self.query.ticked.len())).ok()?;
        let open = |date: &DateOffer| date.fits_one() && !self.query.ticked.contains(&date.activity);
        let starts: Vec<_> = self.of_series(most).collect();
        let any = self.similar.iter().any(|date| starts.contains(&date.starts_at) && open(date));
        let first = self.calendar.at(self.opened.starts_at);
        let every = || {
            let dow = first.weekday().number_from_monday();
            self.shell.language.say_with("series-every", [("dow", dow.into()), ("time", first.time().into())])
        };
        (0 < most && any).then(|| Series { every: every(), weeks: SUGGESTED.min(most), most })
    }

    fn of_series(&self, weeks: u8) -> impl Iterator<Item = DateTime<Utc>> + use<> {
        let mut starts: Vec<_> = self.similar.iter().map(|date| date.starts_at).collect();
        starts.dedup();
        weekly(self.calendar.zone, self.opened.starts_at, weeks, starts)
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use crate::web::pages::samples::{activity, event_page, starts};

    /// Tue 12 opened; of every even date, which is a Tuesday, that many spots.
    fn added(weeks: u8, change: impl FnOnce(&mut super::EventPage)) -> super::EventPage {
        let mut page = event_page(12, &format!("like=@0&event=@0&series=1&weeks={weeks}"));
        change(&mut page);
        page.add_series();
        page
    }

    #[test]
    fn b_10_one_tap_adds_the_same_weekday_for_some_weeks() {
        let page = added(3, |_| ());

        assert_eq!(page.query.ticked, [0, 2, 4, 6].map(|n| activity(100 + n)));
        assert_eq!(page.added.as_deref(), Some("3 dates added."));
        assert!(page.render().unwrap().contains("Every Tuesday at 18:30 for"));
    }

    #[test]
    fn b_10_what_could_not_be_added_is_named() {
        let page = added(3, |page| {
            let sold_out = page.similar.iter_mut().find(|date| date.starts_at == starts(4)).unwrap();
            sold_out.free = 0;
        });

        assert_eq!(page.added.as_deref(), Some("2 dates added. Tue 26 Jan is sold out and was not added."));
    }

    #[test]
    fn s_13_a_series_ends_at_the_limit_and_offers_no_more_than_it_leaves() {
        let page = added(6, |page| page.max_events = 3);

        assert_eq!(page.query.ticked.len(), 3);
        assert!(page.series().is_none());
        assert_eq!(added(1, |page| page.max_events = 4).series().unwrap().most, 2);
    }
}
