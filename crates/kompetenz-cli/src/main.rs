//! The program `kompetenz`: the only crate that touches files, the clock and the terminal.
//!
//! Each command is a file in `commands`: its arguments, and one function that runs it.
//! What is said to a person goes through [`ui`], every file through [`files`], every error is a [`trouble`].

mod commands;
mod design;
mod files;
mod german;
mod input;
mod paper;
mod trouble;
mod ui;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use kompetenz::{Ui, words};

use crate::trouble::Trouble;
use crate::ui::Speaker;

/// Typst allocates a great deal; this allocator makes it about a tenth faster than glibc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Competency assessments: check definitions, score results, explain them, print certificates.
///
/// An assessment is a folder of text files that a subject expert writes: `assessment.toml`, its modules, and its
/// translations in `lang/`. Results come from workbooks, CSV, JSON or TOML files; `sheet` makes a workbook to fill
/// in, and `read` says what is wrong with results. Certificates are PDF files for paper, archive and screen reader
/// (PDF/A-3a, PDF/UA-1), with the data attached.
///
/// Nothing here needs the network, and nothing about participants is written anywhere but into the results you
/// ask for.
#[derive(Parser)]
#[command(name = "kompetenz", version, max_term_width = 110, after_long_help = MANUAL)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    // `ui::language` reads it before clap does, so that help and errors are in this language too.
    /// The language in which the program speaks to you [default: by your locale]
    #[arg(long, global = true, value_enum, display_order = 900)]
    ui: Option<UiArg>,
}

const MANUAL: &str = "\
Examples:
  kompetenz init my-assessment                             a small assessment to start from
  kompetenz check assessments/nordstadt                    find mistakes, run the author's examples
  kompetenz check my-assessment --watch                    again, whenever a file is saved
  kompetenz new my-assessment painting                     a module to start from
  kompetenz translate my-assessment ro                     what there is to translate
  kompetenz sheet assessments/nordstadt --out sheet.xlsx   a workbook to fill in
  kompetenz read assessments/nordstadt sheet.xlsx          what is wrong with results
  kompetenz score assessments/nordstadt results.csv        a table of results
  kompetenz explain assessments/nordstadt results.csv --key P-0007 metal.field
  kompetenz growth assessments/nordstadt spring.csv autumn.csv
  kompetenz analyze assessments/nordstadt results.csv      how good items and observers are
  kompetenz render assessments/nordstadt participant.toml  one certificate
  kompetenz batch assessments/nordstadt results.csv --out certificates
  kompetenz letter assessments/nordstadt results.csv --letter invitation --out letters
  kompetenz verify K7F3-9QXD-2MHZ                          does it hold?

Exit codes:
  0  done, and good
  1  done, and the answer is no: mistakes found, rows refused
  2  could not be done: a file is missing, the command line is wrong";

#[derive(Subcommand)]
enum Command {
    Init(commands::init::Args),
    New(commands::new::Args),
    Check(commands::check::Args),
    Translate(commands::translate::Args),
    Sheet(commands::sheet::Args),
    Read(commands::read::Args),
    Score(commands::score::Args),
    Explain(commands::explain::Args),
    Growth(commands::growth::Args),
    Analyze(commands::analyze::Args),
    Render(commands::render::Args),
    Batch(Box<commands::batch::Args>),
    Register(commands::register::Args),
    Verify(commands::verify::Args),
    Templates(commands::templates::Args),
    Letter(commands::letter::Args),
    Schema(commands::schema::Args),
    Completions(commands::completions::Args),
}

/// The language of the program, as it is asked for.
#[derive(Clone, Copy, ValueEnum)]
enum UiArg {
    /// German
    De,
    /// English
    En,
}

impl From<UiArg> for Ui {
    fn from(asked: UiArg) -> Ui {
        match asked {
            UiArg::De => Ui::De,
            UiArg::En => Ui::En,
        }
    }
}

/// What a command that could be carried out has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// Done, and good.
    Yes,
    /// Done, and the answer is no.
    No,
}

fn main() -> ExitCode {
    let ui = ui::language(std::env::args_os().skip(1));
    let speaker = Speaker::new(ui);
    // The message of a panic can quote what the program was working on, and that can be a name.
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        Speaker::new(ui).note(&words!(
            "internal error at {place}; please report it",
            "Fehler im Programm, {place}; bitte melden"
        ));
    }));
    let cli = match parse(ui) {
        Ok(cli) => cli,
        Err(error) => return speaker.usage(error),
    };
    let answer = match cli.command {
        Command::Init(args) => commands::init::run(&args, &speaker),
        Command::New(args) => commands::new::run(&args, &speaker),
        Command::Check(args) => commands::check::run(&args, &speaker),
        Command::Translate(args) => commands::translate::run(&args, &speaker),
        Command::Sheet(args) => commands::sheet::run(&args, &speaker),
        Command::Read(args) => commands::read::run(&args, &speaker),
        Command::Score(args) => commands::score::run(&args, &speaker),
        Command::Explain(args) => commands::explain::run(&args, &speaker),
        Command::Growth(args) => commands::growth::run(&args, &speaker),
        Command::Analyze(args) => commands::analyze::run(&args, &speaker),
        Command::Render(args) => commands::render::run(&args, &speaker),
        Command::Batch(args) => commands::batch::run(&args, &speaker),
        Command::Register(args) => commands::register::run(&args, &speaker),
        Command::Verify(args) => commands::verify::run(&args, &speaker),
        Command::Templates(args) => commands::templates::run(&args, &speaker),
        Command::Letter(args) => commands::letter::run(&args, &speaker),
        Command::Schema(args) => commands::schema::run(&args, &speaker),
        Command::Completions(args) => commands::completions::run(&args, &speaker),
    };
    match answer {
        Ok(Answer::Yes) | Err(Trouble::NobodyReads) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(trouble) => {
            speaker.error(&trouble);
            ExitCode::from(2)
        }
    }
}

/// What is asked for, or what there is to say instead: help, the version, or what is wrong with the command line.
fn parse(ui: Ui) -> Result<Cli, clap::Error> {
    let command = match ui {
        Ui::En => Cli::command(),
        Ui::De => german::command(Cli::command()),
    };
    Cli::from_arg_matches(&command.try_get_matches()?)
}
