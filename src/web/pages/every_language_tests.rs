//! Nothing on a page is said past the files of messages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::every_page::every_page;
use super::language::Language;

/// Names and dates of the samples, which are the same in every language.
const DATA: &str = "Riverside Studio Quay Street Yoga Sofie Anna Berg Berlin EUR \
    Mon Tue Wed Thu Fri Sat Sun Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr May \
    January February March April Deutsch English";

/// The letters that [`Language::Accented`] changes.
const CHANGED: &str = "aceiknosuyABSTY";

/// Without what askama writes there, what remains of a template or a page is what everybody sees.
fn without(text: &str, start: &str, end: &str, instead: &str) -> String {
    let mut parts = text.split(start);
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |all, part| all + instead + part.split_once(end).unwrap().1)
}

/// What is read or read aloud of a page, piece by piece.
fn pieces(html: &str) -> Vec<String> {
    let shown = without(html, "<script", "</script>", "");
    let mut pieces: Vec<String> =
        without(&shown, "<", ">", "\n").lines().map(|line| line.trim().to_owned()).collect();
    for spoken in ["aria-label=\"", "alt=\"", "placeholder=\""] {
        pieces
            .extend(html.split(spoken).skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)));
    }
    pieces.extend(scripted(html));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// What scripts say, without the places that they fill in.
fn scripted(html: &str) -> Vec<String> {
    fn sentences(value: &serde_json::Value) -> Vec<String> {
        match value {
            serde_json::Value::String(sentence) => {
                vec![sentence.replace("{hours}", "").replace("{time}", "")]
            }
            serde_json::Value::Array(all) => all.iter().flat_map(sentences).collect(),
            serde_json::Value::Object(all) => all.values().flat_map(sentences).collect(),
            _ => vec![],
        }
    }
    let block = html.split("id=\"words\">").nth(1).and_then(|rest| rest.split("</script>").next());
    block.and_then(|json| serde_json::from_str(json).ok()).map_or_else(Vec::new, |value| sentences(&value))
}

fn words(piece: &str) -> impl Iterator<Item = &str> {
    let data = |word: &str| DATA.split_whitespace().any(|known| known == word);
    piece.split(|letter: char| !letter.is_alphabetic()).filter(move |word| !word.is_empty() && !data(word))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, ending: &str, all: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, all);
            } else if path.to_string_lossy().ends_with(ending) {
                all.push(path);
            }
        }
    }
    let mut all = vec![];
    walk(&web().join(folder), ending, &mut all);
    all
}

fn web() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web")
}

#[test]
fn every_word_of_every_page_is_a_message() {
    for (page, html) in every_page(Language::Accented) {
        let pieces = pieces(&html);
        let plain = |word: &&str| word.contains(|letter| CHANGED.contains(letter));
        let left: Vec<&str> = pieces.iter().flat_map(|piece| words(piece)).filter(plain).collect();

        assert!(left.is_empty(), "{page} says {left:?} in English to everybody");
        assert!(pieces.iter().any(|piece| piece.contains('~')), "{page} says nothing");
    }
}

#[test]
fn no_template_says_anything_by_itself() {
    for path in files("templates", ".html") {
        let template = std::fs::read_to_string(&path).unwrap();
        // What these blocks hold stands in attributes.
        let template = ["{% block width %}", "{% block step %}"]
            .iter()
            .fold(template, |template, block| without(&template, block, "{% endblock %}", ""));
        let template = without(&without(&template, "{{", "}}", ""), "{%", "%}", "");

        let left: Vec<_> =
            pieces(&template).into_iter().filter(|it| it.contains(char::is_alphabetic)).collect();
        assert!(left.is_empty(), "{}: {left:?}", path.display());
    }
}

#[test]
fn no_page_is_left_in_english() {
    let english = every_page(Language::English);
    for language in [Language::German, Language::Spanish, Language::Russian] {
        for ((page, in_english), (_, html)) in english.iter().zip(every_page(language)) {
            let in_english: BTreeSet<String> = pieces(in_english).into_iter().collect();
            let same = pieces(&html).into_iter().filter(|piece| in_english.contains(piece));
            // A word may be the same in both: "Name".
            let left: Vec<String> = same.filter(|piece| 1 < words(piece).count()).collect();

            assert!(left.is_empty(), "{page} says {left:?} in {}", language.code());
            assert!(html.contains(&format!("<html lang=\"{}\"", language.code())), "{page}");
        }
    }
}

#[test]
fn no_handler_writes_a_sentence() {
    let mut sources = [files("pages", ".rs"), files("widget", ".rs"), files("desk", ".rs")].concat();
    let of_tests = |path: &PathBuf| {
        ["tests", "samples.rs", "every_page"].iter().any(|part| path.to_string_lossy().contains(part))
    };
    sources.retain(|path| !of_tests(path));
    sources.extend(["widget.rs", "desk.rs", "sorry.rs"].map(|name| web().join(name)));
    for path in sources {
        let source = std::fs::read_to_string(&path).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        let literals = code.flat_map(|line| line.split('"').skip(1).step_by(2));

        // "Please enter a name.": a capital letter, a blank, and nothing of a date's pattern.
        let is_sentence =
            |text: &&str| text.starts_with(char::is_uppercase) && text.contains(' ') && !text.contains('%');
        let left: Vec<&str> = literals.filter(is_sentence).collect();
        assert!(left.is_empty(), "{}: {left:?}", path.display());
    }
}
