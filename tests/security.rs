//! `SECURITY.md`: whatever it says is shown by a test that is there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

/// The cells of the tables' rows, heads left out.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let cells = lines.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>());
    cells.filter(|cells| cells.first() != Some(&"threat")).collect()
}

#[test]
fn every_row_of_the_threat_model_names_tests_that_are_there() {
    let text = std::fs::read_to_string("SECURITY.md").unwrap();
    let rows = rows(&text);
    assert!(25 < rows.len(), "{}", rows.len());

    for row in rows {
        let [threat, _, tests] = row.as_slice() else { panic!("a row has three cells: {row:?}") };
        let named: Vec<_> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test shows what stands against: {threat}");
        for test in named {
            let (file, name) = test.split_once("::").unwrap_or_else(|| panic!("file::name, not {test}"));
            let source = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
            let is_there = if std::path::Path::new(file).extension().is_some_and(|it| it == "mjs") {
                source.contains(&format!("'{name}'"))
            } else {
                source.contains(&format!("fn {name}("))
            };
            assert!(is_there, "{threat}: {file} has no test {name}");
        }
    }
}
