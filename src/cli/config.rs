//! Settings from a file, and where each came from: a flag comes before the environment, that before the file, and the
//! file before the default. What settings there are, the flags of `serve` say, and nothing else.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Subcommand};
use serde_json::json;
use toml::Value;

use super::Format;
use super::serving::Serve;

/// The file that is read if nobody names another.
const BESIDE: &str = "cartwheel.toml";

/// Flags of `serve` that are no settings.
const NO_SETTINGS: [&str; 4] = ["config", "format", "help", "version"];

/// Commands on which no file has a say: a demonstration is furnished in a store of its own.
const WITHOUT: [&str; 1] = ["demo"];

/// How near a name has to be to be the one that was meant.
const NEAR: f64 = 0.75;

/// Look at settings.
#[derive(Debug, Subcommand)]
pub(super) enum Config {
    /// Print every setting of `serve`, its value, and where it came from: a flag, the environment, the file or the default.
    Show(Box<Show>),
}

#[derive(Debug, Args)]
pub(super) struct Show {
    #[command(flatten)]
    settings: Serve,
}

/// The settings of a file, by the names of flags.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    file: Option<PathBuf>,
    values: Vec<(String, Vec<String>)>,
}

impl Settings {
    /// Reads a file: the one that was named, else the one beside, if it is there.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or says something that is no setting.
    pub(super) fn read(named: Option<PathBuf>, program: &Command) -> anyhow::Result<Self> {
        let file = match named {
            Some(file) => file,
            None if Path::new(BESIDE).is_file() => BESIDE.into(),
            None => return Ok(Self::default()),
        };
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("the settings in {} cannot be read", file.display()))?;
        let values = parse(&text, program).with_context(|| format!("in {}", file.display()))?;
        Ok(Self { file: Some(file), values })
    }

    /// The program, with what the file says in the place of defaults.
    pub(super) fn over(&self, program: Command) -> Command {
        let names = program.get_subcommands().map(|it| it.get_name().to_owned());
        let names: Vec<String> = names.filter(|name| !WITHOUT.contains(&name.as_str())).collect();
        let program = self.in_place(program);
        names.into_iter().fold(program, |program, name| program.mut_subcommand(name, |it| self.over(it)))
    }

    fn in_place(&self, command: Command) -> Command {
        self.values.iter().fold(command, |command, (name, values)| {
            let Some(id) = argument(&command, name).map(|arg| arg.get_id().clone()) else { return command };
            command.mut_arg(id, |arg| arg.default_values(values.clone()))
        })
    }

    fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(known, _)| known == name)
    }
}

fn argument<'a>(command: &'a Command, name: &str) -> Option<&'a Arg> {
    command.get_arguments().find(|arg| arg.get_long() == Some(name))
}

/// Every setting, in the order of the help.
fn settings(program: &Command) -> Vec<&Arg> {
    let serve = program.find_subcommand("serve");
    let of_serve = serve.into_iter().flat_map(Command::get_arguments);
    let all = of_serve.chain(program.get_arguments());
    all.filter(|arg| arg.get_long().is_some_and(|name| !NO_SETTINGS.contains(&name))).collect()
}

fn parse(text: &str, program: &Command) -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let table: toml::Table = text.parse().context("this is no TOML")?;
    let known = settings(program);
    let mut values = vec![];
    for (name, value) in table {
        let Some(arg) = known.iter().find(|arg| arg.get_long() == Some(&name)) else {
            let names = known.iter().filter_map(|arg| arg.get_long());
            anyhow::bail!("there is no setting {name:?}{}", meant(&name, names));
        };
        let is_list = matches!(arg.get_action(), ArgAction::Append);
        let said = match value {
            Value::Array(values) if is_list => values.into_iter().map(scalar).collect(),
            value => scalar(value).map(|value| vec![value]),
        };
        let kind = if is_list { "a list of texts" } else { "a text, a number, true or false" };
        values.push((name.clone(), said.with_context(|| format!("{name} has to be {kind}"))?));
    }
    Ok(values)
}

fn scalar(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(yes) => Some(yes.to_string()),
        _ => None,
    }
}

fn meant<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = known.map(|known| (strsim::jaro_winkler(name, known), known));
    let nearest = near.max_by(|(one, _), (other, _)| one.total_cmp(other));
    match nearest {
        Some((near, known)) if NEAR <= near => format!("; {known:?} was meant, perhaps"),
        _ => "; `cartwheel config show` prints all".to_owned(),
    }
}

impl Show {
    /// `matches` are those of `config show`, from which every value and its source are read.
    pub(super) fn run(&self, settings: &Settings, program: &Command, matches: &ArgMatches) {
        let lines: Vec<_> =
            self::settings(program).into_iter().map(|arg| line(arg, settings, matches)).collect();
        if self.settings.format() == Format::Json {
            let lines: serde_json::Map<_, _> = lines
                .into_iter()
                .map(|(name, value, source)| (name, json!({"value": value, "from": source})))
                .collect();
            return say!("{}", serde_json::Value::Object(lines));
        }
        if let Some(file) = &settings.file {
            say!("# file: {}", file.display());
        }
        let longest = lines.iter().map(|(name, ..)| name.len()).max().unwrap_or_default();
        for (name, value, source) in lines {
            say!("{name:longest$}  {}  ({source})", value.as_deref().unwrap_or("-"));
        }
    }
}

/// A setting, its value and where that came from.
fn line(arg: &Arg, settings: &Settings, matches: &ArgMatches) -> (String, Option<String>, &'static str) {
    let (name, id) = (arg.get_long().unwrap_or_default(), arg.get_id().as_str());
    let source = match matches.value_source(id) {
        Some(ValueSource::CommandLine) => "flag",
        Some(ValueSource::EnvVariable) => "environment",
        _ if settings.has(name) => "file",
        _ => "default",
    };
    let value = if matches!(arg.get_action(), ArgAction::SetTrue) {
        Some(matches.get_flag(id).to_string())
    } else {
        matches.get_raw(id).map(|values| {
            let values: Vec<String> = values.map(|value| masked(name, &value.to_string_lossy())).collect();
            values.join(",")
        })
    };
    (name.to_owned(), value, source)
}

/// What may be shown of a value: no password in an address, and nothing of a secret.
fn masked(name: &str, value: &str) -> String {
    let secret =
        ["password", "secret", "token"].iter().any(|word| name.contains(word)) && !name.ends_with("-file");
    if secret {
        return "***".to_owned();
    }
    let Some((scheme, rest)) = value.split_once("://") else { return value.to_owned() };
    let (address, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
    let address = match address.rsplit_once('@') {
        Some((who, place)) => match who.split_once(':') {
            Some((user, _)) => format!("{user}:***@{place}"),
            None => address.to_owned(),
        },
        None => address.to_owned(),
    };
    // PostgreSQL takes passwords there too.
    let query = query.map_or_else(String::new, |query| {
        let pairs = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if name.contains("password") => format!("{name}=***"),
            _ => pair.to_owned(),
        });
        format!("?{}", pairs.collect::<Vec<_>>().join("&"))
    });
    format!("{scheme}://{address}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_and_no_secret_is_shown() {
        let shown = |value: &str| masked("store", value);

        assert_eq!(shown("postgres://anna:geheim@db/studios"), "postgres://anna:***@db/studios");
        assert_eq!(shown("postgres://anna:ge@heim@db/studios"), "postgres://anna:***@db/studios");
        assert_eq!(
            shown("postgres://db/studios?user=a&password=geheim"),
            "postgres://db/studios?user=a&password=***"
        );
        assert_eq!(shown("postgres://anna@db/studios"), "postgres://anna@db/studios");
        assert_eq!(shown("sqlite:./cartwheel.db"), "sqlite:./cartwheel.db");
        assert_eq!(masked("smtp-password", "geheim"), "***");
        assert_eq!(masked("smtp-password-file", "/run/secrets/smtp"), "/run/secrets/smtp");
    }
}
