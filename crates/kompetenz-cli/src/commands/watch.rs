//! Doing something again whenever a file is saved.

use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use kompetenz::{Sources, words};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::Answer;
use crate::trouble::{Context, Result, Trouble};

/// How long nothing may happen until a save is over: editors write a file, rename it, and touch it again.
const QUIET: Duration = Duration::from_millis(100);

/// What there is to tell.
pub(crate) enum Round<'a> {
    /// The files as they were in the beginning.
    First(&'a Sources),
    /// The files as they are now, counted from 1.
    Again(usize, &'a Sources),
    /// The files cannot be read just now; the next save may make it good.
    Unreadable(&'a Trouble),
}

/// Tells what is in the files, and again whenever it is something else after a save.
///
/// A save that changes nothing is passed over, and so is everything else that happens in the folder.
/// When there are no more saves, the last answer is the answer.
pub(crate) fn rounds(
    saves: impl IntoIterator<Item = ()>,
    mut read: impl FnMut() -> Result<Sources>,
    mut tell: impl FnMut(Round<'_>) -> Result<Answer>,
) -> Result<Answer> {
    let mut seen = Ok(read()?);
    let mut answer = match &seen {
        Ok(sources) => tell(Round::First(sources))?,
        Err(_) => Answer::No,
    };
    let mut number = 0;
    for () in saves {
        let now = read();
        match (&seen, &now) {
            (Ok(before), Ok(now)) if is_same(before, now) => continue,
            (Err(before), Err(now)) if before == now => continue,
            (_, Ok(now)) => {
                number += 1;
                answer = tell(Round::Again(number, now))?;
            }
            (_, Err(trouble)) => answer = tell(Round::Unreadable(trouble))?,
        }
        seen = now;
    }
    Ok(answer)
}

fn is_same(one: &Sources, other: &Sources) -> bool {
    let files = |sources: &Sources| -> Vec<(String, String)> {
        sources.iter().map(|(_, file)| (file.name.clone(), file.text.clone())).collect()
    };
    files(one) == files(other)
}

/// What a watched folder, and the person at the keyboard, have to say.
enum Signal {
    Saved,
    Enough,
}

/// The saves in a folder, each told when it is over, until Ctrl-C ends them.
pub(crate) struct Saves {
    signals: Receiver<Signal>,
    /// It tells for as long as it is there.
    _watcher: RecommendedWatcher,
}

/// Listens to a folder and everything in it.
pub(crate) fn saved(folder: &Path) -> Result<Saves> {
    let (sender, signals) = mpsc::channel();
    let keyboard = sender.clone();
    ctrlc::set_handler(move || _ = keyboard.send(Signal::Enough))
        .context(|| words!("cannot wait for Ctrl-C", "auf Strg-C lässt sich nicht warten"))?;
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading is no news, and the check itself reads. What cannot be told exactly may be a save.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            let _ = sender.send(Signal::Saved);
        }
    })
    .context(|| words!("cannot watch files here", "Dateien lassen sich hier nicht überwachen"))?;
    let shown = folder.display();
    watcher
        .watch(folder, RecursiveMode::Recursive)
        .context(|| words!("cannot watch `{shown}`", "`{shown}` lässt sich nicht überwachen"))?;
    Ok(Saves { signals, _watcher: watcher })
}

impl Iterator for Saves {
    type Item = ();

    fn next(&mut self) -> Option<()> {
        let mut signal = self.signals.recv().ok()?;
        // Many signals in a row are one save.
        while let Signal::Saved = signal {
            match self.signals.recv_timeout(QUIET) {
                Ok(next) => signal = next,
                Err(_) => return Some(()),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// What is told when the files read one after the other are these; `None` cannot be read.
    fn told(files: &[Option<&str>]) -> (Vec<String>, Option<Answer>) {
        let mut files: VecDeque<_> = files.iter().copied().collect();
        let saves = vec![(); files.len() - 1];
        let mut told = Vec::new();
        let read = || {
            let text = files.pop_front().flatten().ok_or_else(|| words!("away", "weg"))?;
            Ok(Sources::new("assessment.toml", text))
        };
        let answer = rounds(saves, read, |round| {
            let (said, sources) = match round {
                Round::First(sources) => ("first".to_owned(), sources),
                Round::Again(number, sources) => (format!("again {number}"), sources),
                Round::Unreadable(trouble) => {
                    let Trouble::Told(words) = trouble else { panic!("{trouble:?}") };
                    told.push(words.en.clone());
                    return Ok(Answer::No);
                }
            };
            let text = &sources.iter().next().expect("a file").1.text;
            told.push(format!("{said}: {text}"));
            Ok(if text == "good" { Answer::Yes } else { Answer::No })
        });
        (told, answer.ok())
    }

    #[test]
    fn each_change_is_told_once() {
        let (told, answer) = told(&[Some("good"), Some("good"), Some("bad"), Some("bad"), Some("good")]);
        assert_eq!(told, ["first: good", "again 1: bad", "again 2: good"]);
        assert_eq!(answer, Some(Answer::Yes));
    }

    #[test]
    fn the_last_answer_counts() {
        assert_eq!(told(&[Some("good"), Some("bad")]).1, Some(Answer::No));
        assert_eq!(told(&[Some("bad")]).1, Some(Answer::No));
    }

    #[test]
    fn a_file_that_is_away_for_a_moment_is_waited_for() {
        let (told, answer) = told(&[Some("good"), None, None, Some("good")]);
        assert_eq!(told, ["first: good", "away", "again 1: good"]);
        assert_eq!(answer, Some(Answer::Yes));
    }

    #[test]
    fn what_cannot_be_read_in_the_beginning_cannot_be_watched() {
        assert_eq!(told(&[None]), (vec![], None));
    }
}
