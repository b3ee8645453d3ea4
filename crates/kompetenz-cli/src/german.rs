//! The command line in German: help from one table, and the errors of wrong command lines.
//!
//! The English texts are the doc comments of the arguments, where they belong; clap makes its help of them. For
//! German, everything a person can read of the finished [`Command`] is exchanged for its entry in [`texts`].

mod errors;
mod texts;

use clap::builder::{PossibleValue, Styles};
use clap::{Arg, Command};

pub(crate) use errors::GermanErrors;
use texts::TEXTS;

/// The same command line, with German help.
pub(crate) fn command(mut command: Command) -> Command {
    // Only what is built has everything: `help`, `--help`, `--version`, and `--ui` in every command.
    command.build();
    translated(command)
}

fn translated(command: Command) -> Command {
    let text = |text: Option<&clap::builder::StyledStr>| text.map(|text| in_german(&text.to_string()));
    let about = text(command.get_about());
    let long_about = text(command.get_long_about());
    let after = text(command.get_after_long_help());
    let styles = command.get_styles().clone();
    let mut command = command
        .mut_args(|arg| argument(arg, &styles))
        .mut_subcommands(translated)
        .subcommand_value_name("BEFEHL");
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    if let Some(after) = after {
        command = command.after_long_help(after);
    }
    // clap has this one word fixed.
    let usage = without_title(&command.render_usage().ansi().to_string()).replace("[OPTIONS]", "[OPTIONEN]");
    let page = page(&command, &styles);
    command.override_usage(usage).help_template(page)
}

/// A page of help: what the command does, how it is called, and lists of what there is.
fn page(command: &Command, styles: &Styles) -> String {
    let (header, usage) = (styles.get_header(), styles.get_usage());
    let mut page = format!("{{about-with-newline}}\n{usage}Aufruf:{usage:#} {{usage}}");
    for (there, title, list) in [
        (command.has_subcommands(), "Befehle", "{subcommands}"),
        (command.get_positionals().next().is_some(), "Angaben", "{positionals}"),
        (command.get_opts().next().is_some(), "Optionen", "{options}"),
    ] {
        if there {
            page.push_str(&format!("\n\n{header}{title}:{header:#}\n{list}"));
        }
    }
    page + "{after-help}"
}

/// An argument with its German help. What clap adds to it by itself in English is hidden, and added in German.
fn argument(arg: Arg, styles: &Styles) -> Arg {
    let help = arg.get_help().map(|help| in_german(&help.to_string())).unwrap_or_default();
    let long = arg.get_long_help().map_or_else(|| help.clone(), |long| in_german(&long.to_string()));
    let names: Vec<_> = arg.get_value_names().into_iter().flatten().map(ToString::to_string).collect();
    let names: Option<Vec<_>> = names.iter().map(|name| paragraph(name)).collect();
    let (default, values) = (default(&arg, styles), values(&arg));
    let short = [Some(help), default.clone(), values_in_a_line(&values, styles)];
    let long = [Some(long), values_in_lines(&values, styles), default];
    let joined = |parts: [Option<String>; 3], by: &str| {
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by)
    };
    let arg = match names {
        Some(names) if !names.is_empty() => arg.value_names(names),
        _ => arg,
    };
    arg.hide_default_value(true)
        .hide_possible_values(true)
        .help(joined(short, " "))
        .long_help(joined(long, "\n\n"))
}

/// `[Vorgabe: text]`
fn default(arg: &Arg, styles: &Styles) -> Option<String> {
    let defaults = arg.get_default_values();
    if defaults.is_empty() || arg.is_hide_default_value_set() || !arg.get_action().takes_values() {
        return None;
    }
    let (frame, value) = (styles.get_context(), styles.get_context_value());
    let defaults: Vec<_> = defaults.iter().map(|default| default.to_string_lossy()).collect();
    let defaults = defaults.join(" ");
    Some(format!("{frame}[Vorgabe: {frame:#}{value}{defaults}{value:#}{frame}]{frame:#}"))
}

/// The values among which one is to be chosen, if they are fixed.
fn values(arg: &Arg) -> Vec<PossibleValue> {
    if arg.is_hide_possible_values_set() || !arg.get_action().takes_values() {
        return Vec::new();
    }
    arg.get_possible_values().into_iter().filter(|value| !value.is_hide_set()).collect()
}

/// `[mögliche Werte: text, json]`
fn values_in_a_line(values: &[PossibleValue], styles: &Styles) -> Option<String> {
    if values.is_empty() {
        return None;
    }
    let (frame, value) = (styles.get_context(), styles.get_context_value());
    let names: Vec<_> = values.iter().map(|one| format!("{value}{}{value:#}", one.get_name())).collect();
    let names = names.join(&format!("{frame}, {frame:#}"));
    Some(format!("{frame}[mögliche Werte: {frame:#}{names}{frame}]{frame:#}"))
}

/// A line for each value, with what it means; in one line if none of them says more than its name.
fn values_in_lines(values: &[PossibleValue], styles: &Styles) -> Option<String> {
    if values.iter().all(|value| value.get_help().is_none()) {
        return values_in_a_line(values, styles);
    }
    let literal = styles.get_literal();
    let longest = values.iter().map(|value| value.get_name().len()).max().unwrap_or(0);
    let lines = values.iter().map(|value| {
        let name = value.get_name();
        let help = value.get_help().map(|help| in_german(&help.to_string())).unwrap_or_default();
        format!("\n- {literal}{name}{literal:#}: {:space$}{help}", "", space = longest - name.len())
    });
    Some(format!("Mögliche Werte:{}", lines.collect::<String>()))
}

/// A usage line without the English word before it.
fn without_title(usage: &str) -> String {
    usage.split_once(' ').map_or(usage, |(_, usage)| usage).to_owned()
}

/// A text in German, paragraph by paragraph; one without an entry stays as it is, and fails a test.
fn in_german(text: &str) -> String {
    let paragraphs: Vec<_> =
        text.split("\n\n").map(|english| paragraph(english).unwrap_or(english)).collect();
    paragraphs.join("\n\n")
}

/// The German of a paragraph, if the table has it.
///
/// clap takes the full stop from the end of a short text, which is the first paragraph of the long one.
fn paragraph(english: &str) -> Option<&'static str> {
    let stands = |(en, de): &(&'static str, &'static str)| {
        if *en == english {
            Some(*de)
        } else if en.strip_suffix('.') == Some(english) {
            Some(de.trim_end_matches('.'))
        } else {
            None
        }
    };
    TEXTS.iter().find_map(stands)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;
    use crate::Cli;

    /// Every paragraph a person can read of the command line, with the place where it is written.
    fn paragraphs() -> Vec<(String, String)> {
        let mut command = Cli::command();
        command.build();
        let mut found = Vec::new();
        collect(&command, "kompetenz", &mut found);
        found
    }

    fn collect(command: &Command, path: &str, found: &mut Vec<(String, String)>) {
        let mut add = |place: &str, text: String| {
            found.extend(text.split("\n\n").map(|text| (place.to_owned(), text.to_owned())));
        };
        let texts = [
            command.get_about(),
            command.get_long_about(),
            command.get_before_help(),
            command.get_before_long_help(),
            command.get_after_help(),
            command.get_after_long_help(),
        ];
        texts.into_iter().flatten().for_each(|text| add(path, text.to_string()));
        for arg in command.get_arguments() {
            let place = format!("{path} {}", arg.get_id());
            let texts = [arg.get_help(), arg.get_long_help()];
            texts.into_iter().flatten().for_each(|text| add(&place, text.to_string()));
            if arg.get_action().takes_values() {
                for name in arg.get_value_names().into_iter().flatten() {
                    add(&place, name.to_string());
                }
                for value in arg.get_possible_values() {
                    let place = format!("{place} {}", value.get_name());
                    value.get_help().into_iter().for_each(|help| add(&place, help.to_string()));
                }
            }
        }
        for inner in command.get_subcommands() {
            collect(inner, &format!("{path} {}", inner.get_name()), found);
        }
    }

    #[test]
    fn every_text_of_the_command_line_has_its_german() {
        let mut seen = BTreeSet::new();
        let mut missing = String::new();
        for (place, text) in paragraphs() {
            if paragraph(&text).is_none() && seen.insert(text.clone()) {
                missing.push_str(&format!("    // {place}\n    ({text:?}, \"\"),\n"));
            }
        }
        assert!(
            missing.is_empty(),
            "these texts have no German; fill it in and add them to TEXTS in crates/kompetenz-cli/src/german/texts.rs:\n\n{missing}"
        );
    }

    #[test]
    fn every_german_text_has_its_english() {
        let texts: BTreeSet<_> = paragraphs().into_iter().map(|(_, text)| text).collect();
        let unused: Vec<_> = TEXTS
            .iter()
            .map(|(en, _)| *en)
            .filter(|en| !texts.contains(*en) && !texts.contains(en.trim_end_matches('.')))
            .collect();
        assert!(
            unused.is_empty(),
            "the command line has no such texts (any more); remove them from crates/kompetenz-cli/src/german/texts.rs: {unused:#?}"
        );
    }

    #[test]
    fn every_text_stands_in_the_table_once_and_has_words() {
        let mut seen = BTreeSet::new();
        for (en, de) in TEXTS {
            assert!(seen.insert(en.trim_end_matches('.')), "twice in the table: {en:?}");
            assert!(!de.is_empty(), "no German yet: {en:?}");
            assert_eq!(en.ends_with('.'), de.ends_with('.'), "one of the two has no full stop: {en:?}");
        }
    }

    #[test]
    fn nothing_of_claps_own_english_is_left() {
        let mut command = command(Cli::command());
        let names: Vec<_> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
        let mut pages = vec![command.render_help(), command.render_long_help()];
        for name in names {
            let inner = command.find_subcommand_mut(&name).expect("a command of the list");
            pages.extend([inner.render_help(), inner.render_long_help()]);
        }
        for page in pages {
            let page = page.to_string();
            assert!(page.contains("Aufruf: kompetenz"), "{page}");
            for english in
                ["Usage", "Commands", "Arguments", "Options", "OPTIONS", "default", "ossible values"]
            {
                assert!(!page.contains(english), "{english}: {page}");
            }
        }
    }
}
