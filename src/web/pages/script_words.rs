//! What scripts say: sentences that are in every language already, handed over as JSON.

use serde_json::{Value, json};

use super::contact::ContactPage;
use super::event_page::EventPage;
use super::language::Language;
use super::shell::Shell;

/// More spots for one date than anybody steps up to one by one.
const STEPS: u8 = 20;

/// How far ahead of the reader the branch's clock is; the script knows the reader's.
fn zone_words(language: Language) -> Value {
    let line = |name| language.say_with(name, [("hours", "{hours}".into())]);
    json!({ "ahead": line("zone-ahead"), "behind": line("zone-behind") })
}

/// What scripts say on every page.
pub(super) fn of_every_page(language: Language) -> String {
    written(&zone_words(language))
}

/// The same, and more.
pub(super) fn with(language: Language, more: Value) -> String {
    let mut all = zone_words(language);
    if let (Some(all), Value::Object(more)) = (all.as_object_mut(), more) {
        all.extend(more);
    }
    written(&all)
}

impl Shell {
    /// What scripts say on every page.
    #[must_use]
    pub fn words_for_scripts(&self) -> String {
        self.words_and(json!({}))
    }

    pub(super) fn words_and(&self, mut more: Value) -> String {
        let lost = [self.say("no-connection"), self.say("nothing-was-booked"), self.say("try-again")];
        if let Value::Object(more) = &mut more {
            more.insert("lost".to_owned(), json!(lost));
        }
        with(self.language, more)
    }

    /// Sending a confirmation, and an answer that never came.
    pub(super) fn words_of_sending(&self, dates: usize) -> Value {
        let unsure = ["not-sure", "unsure-booking", "check-again"].map(|name| self.say(name));
        json!({
            "booking": self.say("booking-now"),
            "sending": self.language.say_with("booking-dates", [("n", dates.into())]),
            "unsure": unsure,
        })
    }
}

impl EventPage {
    /// The count, the limit, and the stepper.
    pub(super) fn words_for_scripts(&self) -> String {
        let language = self.shell.language;
        let max = self.max_events;
        let selected: Vec<_> = (0..=max).map(|n| language.selected_count(n, max)).collect();
        let spots: Vec<_> = (0..=self.max_spots.min(STEPS)).map(|n| language.spots_per_date(n)).collect();
        self.shell.words_and(json!({
            "selected": selected,
            "limit": language.say_with("limit-reached", [("max", max.into())]),
            "less": language.say("one-spot-less"),
            "more": language.say("one-spot-more"),
            "most": self.too_many_spots(),
            "spots": spots,
        }))
    }
}

impl ContactPage {
    pub(super) fn words_for_scripts(&self) -> String {
        self.shell.words_and(self.shell.words_of_sending(self.lines.len()))
    }
}

/// JSON that can stand between `<script>` and `</script>`.
pub(super) fn written(words: &Value) -> String {
    words.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;

    #[test]
    fn what_scripts_say_cannot_end_their_block() {
        let words = written(&json!({ "name": samples::HOSTILE }));

        assert!(!words.contains('<'), "{words}");
        assert_eq!(serde_json::from_str::<Value>(&words).unwrap()["name"], samples::HOSTILE);
    }

    #[test]
    fn s_41_the_count_speaks_of_dates_and_the_stepper_of_spots() {
        let page = samples::event_page(3, "");

        let words: Value = serde_json::from_str(&page.words_for_scripts()).unwrap();

        assert_eq!(words["selected"][3], "3 of 10 selected");
        assert_eq!(words["spots"][2], "2 spots per date");
        assert_eq!(
            words["limit"],
            "10 of 10 selected. That is the most in one booking; clear one to choose another."
        );
    }
}
