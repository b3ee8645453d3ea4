//! What is wrong with a command line, in German.
//!
//! clap says what kind of error it is and hands over the names and values in question; the sentences are ours.

use std::error::Error as _;
use std::num::{IntErrorKind, ParseIntError};

use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};

use super::without_title;

/// Formats the errors of the command line in German.
pub(crate) struct GermanErrors;

impl ErrorFormatter for GermanErrors {
    fn format_error(error: &Error<Self>) -> StyledStr {
        let styles = Styles::styled();
        let (red, literal) = (styles.get_error(), styles.get_literal());
        let mut text = format!("{red}Fehler:{red:#} {}", message(error, &styles));
        let tips = tips(error, &styles);
        if !tips.is_empty() {
            let green = styles.get_valid();
            text.push('\n');
            for tip in tips {
                text.push_str(&format!("\n  {green}Tipp:{green:#} {tip}"));
            }
        }
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let (title, usage) = (styles.get_usage(), without_title(&usage.ansi().to_string()));
            text.push_str(&format!("\n\n{title}Aufruf:{title:#} {usage}"));
        }
        text.push_str(&format!("\n\nMehr dazu mit {literal}`--help`{literal:#}\n"));
        text.into()
    }
}

/// What is wrong.
fn message(error: &Error<GermanErrors>, styles: &Styles) -> String {
    let (bad, good) = (styles.get_invalid(), styles.get_literal());
    let bad = |name: &str| format!("{bad}`{name}`{bad:#}");
    let good = |name: &str| format!("{good}`{name}`{good:#}");
    let names = |kind| names(error, kind);
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => "?".to_owned(),
    };
    let [argument, value] =
        [ContextKind::InvalidArg, ContextKind::InvalidValue].map(|kind| names(kind).concat());
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("die Option {} gibt es hier nicht", bad(&argument))
        }
        ErrorKind::UnknownArgument => format!("die Angabe {} ist hier zu viel", bad(&argument)),
        ErrorKind::InvalidSubcommand => {
            format!("den Befehl {} gibt es nicht", bad(&names(ContextKind::InvalidSubcommand).concat()))
        }
        ErrorKind::MissingSubcommand => {
            let command = names(ContextKind::InvalidSubcommand).concat();
            let choice = choice("Befehle", &names(ContextKind::ValidSubcommand), styles);
            format!("nach {} fehlt der Befehl{choice}", bad(&command))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            let choice = choice("mögliche Werte", &names(ContextKind::ValidValue), styles);
            format!("der Wert von {} fehlt{choice}", bad(&argument))
        }
        ErrorKind::InvalidValue => {
            let choice = choice("mögliche Werte", &names(ContextKind::ValidValue), styles);
            format!("{} ist kein Wert für {}{choice}", bad(&value), good(&argument))
        }
        ErrorKind::ValueValidation => {
            let why = why(error).map(|why| format!(": {why}")).unwrap_or_default();
            format!("{} ist kein Wert für {}{why}", bad(&value), good(&argument))
        }
        ErrorKind::TooManyValues => format!("{} ist ein Wert zu viel für {}", bad(&value), good(&argument)),
        ErrorKind::TooFewValues => {
            let (least, given) = (number(ContextKind::MinValues), number(ContextKind::ActualNumValues));
            format!("{} braucht mindestens {least} Werte, angegeben: {given}", good(&argument))
        }
        ErrorKind::WrongNumberOfValues => {
            let (right, given) =
                (number(ContextKind::ExpectedNumValues), number(ContextKind::ActualNumValues));
            format!("{} braucht genau {right} Werte, angegeben: {given}", good(&argument))
        }
        ErrorKind::NoEquals => {
            format!("zwischen {} und dem Wert fehlt das Gleichheitszeichen", good(&argument))
        }
        ErrorKind::ArgumentConflict => {
            let one =
                if argument.is_empty() { names(ContextKind::InvalidSubcommand).concat() } else { argument };
            let others = names(ContextKind::PriorArg);
            if others.contains(&one) {
                format!("{} darf nur einmal vorkommen", bad(&one))
            } else if others.is_empty() {
                format!("{} geht nicht zusammen mit den anderen Angaben", bad(&one))
            } else {
                let others: Vec<_> = others.iter().map(|other| bad(other)).collect();
                format!("{} geht nicht zusammen mit {}", bad(&one), others.join(", "))
            }
        }
        ErrorKind::MissingRequiredArgument => {
            let names = names(ContextKind::InvalidArg);
            let verb = if names.len() == 1 { "diese Angabe fehlt" } else { "diese Angaben fehlen" };
            let lines: Vec<_> = names.iter().map(|name| good(name)).collect();
            format!("{verb}:\n  {}", lines.join("\n  "))
        }
        ErrorKind::InvalidUtf8 => "eine Angabe ist kein Text in UTF-8".to_owned(),
        // Help and version are no errors; everything else is for a clap to come.
        other => {
            let reason =
                other.as_str().map(str::to_owned).or_else(|| error.source().map(ToString::to_string));
            let reason = reason.map(|reason| format!(" („{reason}“)")).unwrap_or_default();
            format!("der Aufruf ist so nicht möglich{reason}")
        }
    }
}

/// Why a value cannot be read.
fn why(error: &Error<GermanErrors>) -> Option<String> {
    let why = error.source()?;
    let Some(number) = why.downcast_ref::<ParseIntError>() else { return Some(format!("„{why}“")) };
    let why = match number.kind() {
        IntErrorKind::Zero => "die Zahl muss größer als 0 sein",
        IntErrorKind::PosOverflow => "die Zahl ist zu groß",
        IntErrorKind::NegOverflow => "die Zahl ist zu klein",
        _ => "das ist keine ganze Zahl",
    };
    Some(why.to_owned())
}

/// What may have been meant.
fn tips(error: &Error<GermanErrors>, styles: &Styles) -> Vec<String> {
    let green = styles.get_valid();
    let quoted = |name: &str| format!("{green}`{name}`{green:#}");
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let mut tips = Vec::new();
    for kind in kinds {
        // clap has the most similar one last.
        let similar: Vec<_> = names(error, kind).iter().rev().map(|name| quoted(name)).collect();
        if !similar.is_empty() {
            tips.push(format!("gemeint ist vielleicht {}", similar.join(" oder ")));
        }
    }
    if let Some(ContextValue::StyledStrs(sentences)) = error.get(ContextKind::Suggested) {
        for sentence in sentences {
            // The names in these sentences stand in quotes, and only there. A sentence nobody knows here is left out.
            let sentence = sentence.to_string();
            let names: Vec<_> = sentence.split('\'').skip(1).step_by(2).collect();
            tips.extend(match names[..] {
                [value, call] if sentence.starts_with("to pass") => {
                    Some(format!("ist {} ein Wert, dann {} schreiben", quoted(value), quoted(call)))
                }
                [command, _] if sentence.starts_with("subcommand") => {
                    Some(format!("den Befehl {} ohne {} davor schreiben", quoted(command), quoted("--")))
                }
                [call] if sentence.ends_with(" exists") => Some(format!("es gibt {}", quoted(call))),
                _ => None,
            });
        }
    }
    tips
}

/// What can be chosen, in a line of its own.
fn choice(title: &str, names: &[String], styles: &Styles) -> String {
    if names.is_empty() {
        return String::new();
    }
    let green = styles.get_valid();
    let names: Vec<_> = names.iter().map(|name| format!("{green}{name}{green:#}")).collect();
    format!("\n  [{title}: {}]", names.join(", "))
}

/// The names or values that clap hands over.
fn names(error: &Error<GermanErrors>, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(name)) => vec![name.clone()],
        Some(ContextValue::Strings(names)) => names.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::{Arg, ArgAction, Command};

    use super::*;

    /// The first line of what is said about a command line of a made-up program.
    fn said(args: &[OsString]) -> String {
        let command = Command::new("p")
            .arg(Arg::new("pair").long("pair").num_args(2))
            .arg(Arg::new("some").long("some").num_args(2..=3))
            .arg(Arg::new("equal").long("equal").require_equals(true))
            .arg(Arg::new("alone").long("alone").exclusive(true).action(ArgAction::SetTrue))
            .arg(Arg::new("checked").long("checked").value_parser(|_: &str| Err::<u8, _>("too bad")))
            .subcommand(Command::new("inner").subcommand_required(true).subcommand(Command::new("deep")));
        let error = command.try_get_matches_from(args).expect_err("a wrong command line");
        let said = error.apply::<GermanErrors>().to_string();
        said.split("\n\n").next().unwrap_or_default().to_owned()
    }

    #[test]
    fn kinds_that_no_command_of_ours_has_yet_are_told_too() {
        for (args, expected) in [
            ("--pair a", "Fehler: `--pair <pair> <pair>` braucht genau 2 Werte, angegeben: 1"),
            ("--some a", "Fehler: `--some <some> <some>...` braucht mindestens 2 Werte, angegeben: 1"),
            ("--equal a", "Fehler: zwischen `--equal=<equal>` und dem Wert fehlt das Gleichheitszeichen"),
            ("--alone --equal=a", "Fehler: `--alone` geht nicht zusammen mit den anderen Angaben"),
            ("--checked a", "Fehler: `a` ist kein Wert für `--checked <checked>`: „too bad“"),
            ("inner", "Fehler: nach `p inner` fehlt der Befehl\n  [Befehle: deep, help]"),
        ] {
            let args: Vec<_> = std::iter::once("p").chain(args.split(' ')).map(Into::into).collect();
            assert_eq!(said(&args), expected, "{args:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_text_is_told_without_it() {
        use std::os::unix::ffi::OsStringExt;

        let args = ["p".into(), OsString::from_vec(b"--equal=\xff".to_vec())];
        assert_eq!(said(&args), "Fehler: eine Angabe ist kein Text in UTF-8");
    }

    #[test]
    fn a_kind_nobody_knows_here_stands_in_a_german_sentence() {
        let said = Error::<GermanErrors>::new(ErrorKind::Format).to_string();
        assert_eq!(said, "Fehler: der Aufruf ist so nicht möglich\n\nMehr dazu mit `--help`\n");
    }
}
