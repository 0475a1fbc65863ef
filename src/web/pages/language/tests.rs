use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

use super::*;

/// What a message is made with, and which forms each of its choices has.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shape {
    arguments: BTreeSet<String>,
    choices: BTreeMap<String, BTreeSet<String>>,
}

impl Shape {
    fn add(&mut self, pattern: &Pattern<String>) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            match expression {
                Expression::Inline(inline) => self.inline(inline),
                Expression::Select { selector, variants } => {
                    self.inline(selector);
                    let InlineExpression::VariableReference { id } = selector else { continue };
                    let key = |key: &VariantKey<String>| match key {
                        VariantKey::Identifier { name } => name.clone(),
                        VariantKey::NumberLiteral { value } => value.clone(),
                    };
                    let forms = variants.iter().map(|variant| key(&variant.key)).collect();
                    self.choices.insert(id.name.clone(), forms);
                    for variant in variants {
                        self.add(&variant.value);
                    }
                }
            }
        }
    }

    fn inline(&mut self, expression: &InlineExpression<String>) {
        match expression {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.clone());
            }
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            other => panic!("messages are plain, and this is not: {other:?}"),
        }
    }
}

fn messages(language: Language) -> BTreeMap<String, Shape> {
    let file = fluent_syntax::parser::parse(language.messages().to_owned());
    let file = file.unwrap_or_else(|(_, mistakes)| panic!("{}: {mistakes:?}", language.code()));
    let mut all = BTreeMap::new();
    for entry in file.body {
        let Entry::Message(message) = entry else { continue };
        let mut shape = Shape::default();
        shape.add(&message.value.unwrap());
        let twice = all.insert(message.id.name.clone(), shape);
        assert!(twice.is_none(), "{}: {} is said twice", language.code(), message.id.name);
    }
    all
}

/// The plural forms of whole numbers (Unicode CLDR 48, "Language Plural Rules").
fn plural_forms(language: Language) -> &'static [&'static str] {
    match language {
        Language::Spanish => &["one", "many", "other"],
        Language::Russian => &["one", "few", "many", "other"],
        _ => &["one", "other"],
    }
}

#[test]
fn every_language_says_everything_with_all_plural_forms() {
    let english = messages(Language::English);

    for language in Language::SPOKEN {
        let translated = messages(language);
        let names = |all: &BTreeMap<String, Shape>| all.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&translated), names(&english), "{}", language.code());

        for (name, shape) in &translated {
            let code = language.code();
            assert_eq!(shape.arguments, english[name].arguments, "{code}: {name}");
            for (argument, forms) in &shape.choices {
                let counts = forms.iter().any(|form| ["one", "few", "many"].contains(&form.as_str()));
                let expected: BTreeSet<String> = if counts {
                    plural_forms(language).iter().map(|form| (*form).to_owned()).collect()
                } else {
                    english[name].choices[argument].clone()
                };
                assert_eq!(*forms, expected, "{code}: {name}");
            }
        }
    }
}

/// Topics and names as they stand in a file.
fn order(language: Language) -> Vec<&'static str> {
    let is_first =
        |line: &&str| line.starts_with("## ") || line.split_once(" =").is_some_and(|it| is_name(it.0));
    let heads = language.messages().lines().filter(is_first);
    heads.map(|line| line.split_once(" =").map_or(line, |(name, _)| name)).collect()
}

#[test]
fn the_files_have_the_same_topics_and_order() {
    for language in Language::SPOKEN {
        assert_eq!(order(language), order(Language::English), "{}", language.code());
    }
}

#[test]
fn translations_are_translated() {
    let same_everywhere = |name: &str| messages(Language::English)[name].arguments.len() == 1;
    let english = FluentResource::try_new(Language::English.messages().to_owned()).unwrap();
    let text = |resource: &FluentResource, name: &str| {
        let found = resource.entries().find_map(|entry| match entry {
            Entry::Message(message) if message.id.name == name => Some(format!("{:?}", message.value)),
            _ => None,
        });
        found.unwrap()
    };

    for language in [Language::German, Language::Spanish, Language::Russian] {
        let other = FluentResource::try_new(language.messages().to_owned()).unwrap();
        let names: Vec<_> = messages(language).into_keys().collect();
        let same =
            names.iter().filter(|name| !same_everywhere(name) && text(&english, name) == text(&other, name));

        // Some words are the same: "Start", "E-Mail", "no".
        let same: Vec<_> = same.collect();
        assert!(same.len() * 20 <= names.len(), "{}: {same:?}", language.code());
    }
}

/// What the sources say.
struct Sources {
    /// The names in `say("…")` and its like.
    said: BTreeSet<String>,
    /// Everything in quotation marks that could be a name.
    quoted: BTreeSet<String>,
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
}

fn said_in_sources() -> Sources {
    fn files(folder: &Path, all: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, all);
            } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "html") {
                all.push(path);
            }
        }
    }
    let mut all = vec![];
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut all);
    let of_tests = ["language/tests.rs", "every_language_tests.rs", "pages/every_page", "refusals_tests.rs"];
    all.retain(|path| !of_tests.iter().any(|file| path.to_string_lossy().contains(file)));
    let sources = all.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect::<String>();
    let quoted = sources.split('"').filter(|text| is_name(text)).map(str::to_owned).collect();
    let calls = ["say(", "say_with(", "of_weekday(", "of_date(", "because(", "call("]
        .into_iter()
        .flat_map(|call| sources.split(call).skip(1));
    let said = calls.filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next());
    Sources { said: said.map(str::to_owned).collect(), quoted }
}

#[test]
fn what_is_said_is_in_the_files_and_nothing_else() {
    let known: BTreeSet<String> = messages(Language::English).into_keys().collect();
    let sources = said_in_sources();

    let unused: Vec<_> = known.difference(&sources.quoted).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
    let missing: Vec<_> = sources.said.difference(&known).collect();
    assert!(missing.is_empty(), "the files lack {missing:?}");
}

#[test]
fn a_name_that_is_missing_is_shown_as_it_is() {
    assert_eq!(Language::German.say("no-such-message"), "no-such-message");
}

#[test]
fn numbers_choose_their_form() {
    let counted = |language: Language| [1, 3, 5, 21].map(|n| language.spots_left(n));

    assert_eq!(counted(Language::English)[0], "1 spot left");
    assert_eq!(
        counted(Language::Russian),
        ["Осталось 1 место", "Осталось 3 места", "Осталось 5 мест", "Осталось 21 место"]
    );
    assert_eq!(counted(Language::German)[1], "3 Plätze frei");
    assert_eq!(counted(Language::Spanish)[1], "Quedan 3 plazas");
}

#[test]
fn the_browser_gets_what_it_likes_best_of_what_is_spoken() {
    for (header, language) in [
        ("de-AT,de;q=0.9,en;q=0.8", Some(Language::German)),
        ("fr-FR,fr;q=0.9,es;q=0.5,en;q=0.4", Some(Language::Spanish)),
        ("en;q=0.1, ru;q=0.7", Some(Language::Russian)),
        ("fr", None),
        ("*", None),
        ("", None),
        ("xa", None),
        ("\u{7f};;;q=,", None),
    ] {
        assert_eq!(Language::accepted(header), language, "{header}");
    }
}

#[test]
fn what_nobody_speaks_shows_what_was_left_out() {
    assert_eq!(Language::Accented.say("sold-out"), "Šöld öüt~~~");
    assert_eq!(Language::Mirrored.direction(), "rtl");
    assert_eq!(Language::parse("xa"), Some(Language::Accented));
    assert_eq!(Language::parse("fr"), None);
}
