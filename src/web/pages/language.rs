//! The languages that pages speak: which there are, which one a visitor gets, and what each says under a name.
//!
//! Messages are [Project Fluent](https://projectfluent.org) files, one for each language, all with the same names.
//! Sentences with something in them are functions in [`super::words`]; templates say the others by name.

use std::sync::LazyLock;

use chrono::Locale;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// A language, and two that nobody speaks, to try pages with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    German,
    Spanish,
    Russian,
    /// English with accents and a third more letters: what is cut off, or was never given to translators, shows.
    Accented,
    /// English from right to left.
    Mirrored,
}

impl Language {
    /// What a studio or a client may choose.
    pub const SPOKEN: [Self; 4] = [Self::English, Self::German, Self::Spanish, Self::Russian];

    const ALL: [Self; 6] =
        [Self::English, Self::German, Self::Spanish, Self::Russian, Self::Accented, Self::Mirrored];

    /// Two letters, as they stand in addresses: ISO 639-1, or invented.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Russian => "ru",
            Self::Accented => "xa",
            Self::Mirrored => "xb",
        }
    }

    /// The language of a [`Language::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// What a browser would like best (RFC 9110, section 12.5.4), if it is spoken.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        let spoken = Self::SPOKEN.map(Self::code);
        let wanted = accept_language::parse(header);
        wanted.iter().find_map(|tag| {
            let language = tag.split('-').next()?;
            Self::parse(language).filter(|language| spoken.contains(&language.code()))
        })
    }

    /// For `<html lang>` (BCP 47; the invented ones as the Unicode CLDR names them).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Accented => "en-XA",
            Self::Mirrored => "ar-XB",
            _ => self.code(),
        }
    }

    /// For `<html dir>`.
    #[must_use]
    pub fn direction(self) -> &'static str {
        if self == Self::Mirrored { "rtl" } else { "ltr" }
    }

    /// What its speakers call it.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English | Self::Accented | Self::Mirrored => "English",
            Self::German => "Deutsch",
            Self::Spanish => "Español",
            Self::Russian => "Русский",
        }
    }

    /// Names of weekdays and months.
    pub(super) fn locale(self) -> Locale {
        match self {
            Self::English | Self::Accented | Self::Mirrored => Locale::en_GB,
            Self::German => Locale::de_DE,
            Self::Spanish => Locale::es_ES,
            Self::Russian => Locale::ru_RU,
        }
    }

    fn messages(self) -> &'static str {
        match self {
            Self::English | Self::Accented | Self::Mirrored => include_str!("words/en.ftl"),
            Self::German => include_str!("words/de.ftl"),
            Self::Spanish => include_str!("words/es.ftl"),
            Self::Russian => include_str!("words/ru.ftl"),
        }
    }

    /// What is said under this name.
    #[must_use]
    pub fn say(self, name: &str) -> String {
        self.say_with(name, [])
    }

    /// The same with something in it: texts, and numbers that choose a plural form.
    #[must_use]
    pub fn say_with<'a, const N: usize>(self, name: &str, of: [(&'a str, FluentValue<'a>); N]) -> String {
        let bundle = BUNDLES.iter().find(|(language, _)| *language == self).map(|(_, bundle)| bundle);
        let Some((bundle, pattern)) =
            bundle.and_then(|bundle| Some((bundle, bundle.get_message(name)?.value()?)))
        else {
            // A test looks up every name that the sources contain.
            tracing::error!(name, language = self.code(), "nothing is said under this name");
            return name.to_owned();
        };
        let arguments = FluentArgs::from_iter(of);
        bundle.format_pattern(pattern, Some(&arguments), &mut vec![]).into_owned()
    }
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(Language, Bundle)>> =
    LazyLock::new(|| Language::ALL.map(|language| (language, bundle(language))).into());

fn bundle(language: Language) -> Bundle {
    let rules = language.locale().to_string();
    let rules = rules.split('_').next().and_then(|code| code.parse().ok());
    let mut bundle = Bundle::new_concurrent(rules.into_iter().collect());
    // Marks around every name would stand in calendar files and addresses too; only right to left needs them.
    bundle.set_use_isolating(language == Language::Mirrored);
    if language == Language::Accented {
        bundle.set_transform(Some(accented));
    }
    // What could be read of a file with a mistake is used; a test reads every file.
    let resource = FluentResource::try_new(language.messages().to_owned()).unwrap_or_else(|(read, _)| read);
    bundle.add_resource_overriding(resource);
    bundle
}

/// "Book" becomes "Ɓööķ~"; a third longer, as translations of English tend to be at most (W3C, "Text size in
/// translation").
fn accented(text: &str) -> std::borrow::Cow<'_, str> {
    let letters = text.chars().map(|letter| match letter {
        'a' => 'ä',
        'c' => 'ç',
        'e' => 'é',
        'i' => 'ï',
        'k' => 'ķ',
        'n' => 'ñ',
        'o' => 'ö',
        's' => 'š',
        'u' => 'ü',
        'y' => 'ý',
        'A' => 'Å',
        'B' => 'Ɓ',
        'S' => 'Š',
        'T' => 'Ţ',
        'Y' => 'Ý',
        other => other,
    });
    let longer = text.chars().filter(|letter| letter.is_alphabetic()).count().div_ceil(3);
    letters.chain(std::iter::repeat_n('~', longer)).collect::<String>().into()
}

#[cfg(test)]
mod tests;
