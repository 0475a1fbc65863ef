//! Settings from a file, the environment and flags, and what `config show` says of them.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::running::{Serving, cartwheel, run, stderr, stdout};

/// `config show` in a folder, with that file there and those variables set.
fn show(folder: &Path, file: &str, variables: &[(&str, &str)], flags: &[&str]) -> Output {
    std::fs::write(folder.join("cartwheel.toml"), file).unwrap();
    let arguments = [&["config", "show", "--format", "json"], flags].concat();
    in_folder(&arguments, folder).envs(variables.iter().copied()).output().unwrap()
}

fn in_folder(arguments: &[&str], folder: &Path) -> Command {
    let mut command = cartwheel(arguments);
    command.current_dir(folder);
    command
}

/// What is shown of a setting, and where it came from.
#[track_caller]
fn setting(shown: &Output, name: &str) -> (String, String) {
    let all: Value = serde_json::from_str(&stdout(shown)).unwrap_or_else(|_| panic!("{shown:?}"));
    let text = |what: &str| all[name][what].as_str().unwrap_or_default().to_owned();
    (text("value"), text("from"))
}

fn is(value: &str, from: &str) -> (String, String) {
    (value.to_owned(), from.to_owned())
}

#[test]
fn a_flag_comes_before_the_environment_that_before_the_file_and_the_file_before_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let file = "listen = '127.0.0.1:1'\nstaff-listen = '127.0.0.1:2'\nread-lag = 2.5\nlog-format = 'json'\n\
                trusted-proxy = ['10.0.0.0/8', '192.0.2.1']\nmigrate = true\n";
    let variables = [("CARTWHEEL_LISTEN", "127.0.0.1:3"), ("CARTWHEEL_STAFF_LISTEN", "127.0.0.1:4")];

    let shown = show(folder.path(), file, &variables, &["--listen", "127.0.0.1:5"]);

    assert_eq!(setting(&shown, "listen"), is("127.0.0.1:5", "flag"));
    assert_eq!(setting(&shown, "staff-listen"), is("127.0.0.1:4", "environment"));
    assert_eq!(setting(&shown, "read-lag"), is("2.5", "file"));
    assert_eq!(setting(&shown, "log-format"), is("json", "file"));
    assert_eq!(setting(&shown, "trusted-proxy"), is("10.0.0.0/8,192.0.2.1", "file"));
    assert_eq!(setting(&shown, "migrate"), is("true", "file"));
    assert_eq!(setting(&shown, "dev-mailbox"), is("false", "default"));
    assert_eq!(setting(&shown, "store"), is("sqlite:./cartwheel.db", "default"));
    assert_eq!(setting(&shown, "master-key-file"), is("", "default"));
}

#[test]
fn every_setting_of_serve_is_shown_and_no_password() {
    let folder = tempfile::tempdir().unwrap();
    let file = "store = 'postgres://anna:geheim@db.example/studios'\nread-url = 'postgres://r.example/s?password=geheim'\n";

    let shown = show(folder.path(), file, &[], &[]);
    let text = in_folder(&["config", "show"], folder.path()).output().unwrap();
    let help = stdout(&run(&["serve", "--help"]));

    assert_eq!(setting(&shown, "store"), is("postgres://anna:***@db.example/studios", "file"));
    for output in [&shown, &text] {
        assert!(!stdout(output).contains("geheim"), "{}", stdout(output));
    }
    assert!(stdout(&text).starts_with("# file: cartwheel.toml\n"), "{}", stdout(&text));
    let all: Value = serde_json::from_str(&stdout(&shown)).unwrap();
    let flags = help.lines().filter_map(|line| line.trim().split("--").nth(1)?.split([' ', ',']).next());
    let flags: Vec<_> =
        flags.filter(|name| !["config", "format", "help", "version"].contains(name)).collect();
    assert!(15 < flags.len(), "{flags:?}");
    for flag in flags {
        assert!(all.get(flag).is_some() || flag.is_empty(), "{flag} is not shown");
    }
}

#[test]
fn what_is_no_setting_is_named_with_the_one_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    for (file, says) in [
        (
            "public_url = 'https://book.example'",
            "there is no setting \"public_url\"; \"public-url\" was meant",
        ),
        ("trusted-proxies = []", "\"trusted-proxy\" was meant"),
        ("xyzzy = 1", "there is no setting \"xyzzy\"; `cartwheel config show` prints all"),
        ("format = 'json'", "there is no setting \"format\""),
        ("listen = ['127.0.0.1:1']", "listen has to be a text, a number, true or false"),
        ("host = [{}]", "host has to be a list of texts"),
        ("listen = ", "this is no TOML"),
        ("listen = 'nowhere'", "invalid value 'nowhere' for '--listen"),
        ("read-lag = 1000", "from 100ms to 60s are possible"),
    ] {
        let refused = show(folder.path(), file, &[], &[]);

        assert_eq!(refused.status.code(), Some(2), "{file}: {refused:?}");
        assert!(stderr(&refused).contains(says), "{file}: {}", stderr(&refused));
    }
}

#[test]
fn the_file_is_the_one_that_was_named_or_the_one_beside_and_has_to_be_there_if_it_was_named() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.toml");
    std::fs::write(&other, "listen = '127.0.0.1:7'").unwrap();
    let other = other.to_str().unwrap();
    let beside = "listen = '127.0.0.1:6'";

    assert_eq!(setting(&show(folder.path(), beside, &[], &[]), "listen"), is("127.0.0.1:6", "file"));
    let named = show(folder.path(), beside, &[], &["--config", other]);
    assert_eq!(setting(&named, "listen"), is("127.0.0.1:7", "file"));
    let named = show(folder.path(), beside, &[("CARTWHEEL_CONFIG", other)], &[]);
    assert_eq!(setting(&named, "listen"), is("127.0.0.1:7", "file"));
    let nowhere = show(folder.path(), beside, &[], &["--config", "/nowhere/x.toml"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).contains("the settings in /nowhere/x.toml cannot be read"), "{nowhere:?}");
}

#[test]
fn serve_and_other_commands_follow_the_file_and_a_demonstration_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = "store = 'sqlite:./kept.db'\nlisten = '127.0.0.1:0'\nstaff-listen = '127.0.0.1:0'\n";
    std::fs::write(folder.path().join("cartwheel.toml"), file).unwrap();

    let service = Serving::spawn(in_folder(&["serve", "--format", "json"], folder.path()));
    assert!(!service.address("listen").ends_with(":8080"));
    assert_eq!(service.stop().code(), Some(0));
    assert!(folder.path().join("kept.db").exists());
    assert!(in_folder(&["verify"], folder.path()).output().unwrap().status.success());

    let listen = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--format", "json"];
    let demo = Serving::spawn(in_folder(&[&["demo"], &listen[..]].concat(), folder.path()));
    demo.stop();
    assert!(folder.path().join("cartwheel-demo.db").exists());
}

#[test]
fn shells_complete_every_command_and_each_has_a_manual_page() {
    let commands = ["serve", "demo", "doctor", "config", "completions", "verify"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&run(&["completions", shell]));
        for command in commands {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
        assert!(script.contains("trusted-proxy"), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("man");
    assert!(run(&["man", into.to_str().unwrap()]).status.success());
    for page in
        commands.map(|command| format!("cartwheel-{command}.1")).iter().chain([&"cartwheel.1".to_owned()])
    {
        let text = std::fs::read_to_string(into.join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
        assert!(text.contains(".SH NAME"), "{page}");
    }
    assert!(std::fs::read_to_string(into.join("cartwheel-audit-export.1")).unwrap().contains("manifest"));
}
