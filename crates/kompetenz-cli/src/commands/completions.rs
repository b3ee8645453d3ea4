use clap::CommandFactory;
use clap_complete::Shell;

use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, Cli};

/// Print a script that completes commands and options in your shell.
///
/// For bash: kompetenz completions bash > ~/.local/share/bash-completion/completions/kompetenz
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(Args { shell }: &Args, speaker: &Speaker) -> Result<Answer> {
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut Cli::command(), "kompetenz", &mut script);
    speaker.print(&String::from_utf8_lossy(&script))?;
    Ok(Answer::Yes)
}
