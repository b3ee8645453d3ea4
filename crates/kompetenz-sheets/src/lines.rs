//! NDJSON as a stream: participants as their lines arrive, so that memory does not grow with the input.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use kompetenz::entry::{Fault, FaultCode, Form, Origin, Source, Spot, Vocabulary};
use kompetenz::words;

use crate::people::People;
use crate::{Person, Rejected, json};

/// Reads a participant from each line, one line at a time.
///
/// A line that cannot be read is one participant who is rejected, and harms nobody else.
/// Lines are not put together or compared: whoever stands in two of them comes twice, and warnings that need all of
/// them, such as keys that look alike, are not given. [`Reader`](crate::Reader) does both, and holds everything.
///
/// After an error of the input there is nothing more.
///
/// ```
/// use kompetenz::entry::Vocabulary;
/// use kompetenz_sheets::Lines;
///
/// let vocabulary = Vocabulary { items: vec!["saw".into()], ..Vocabulary::default() };
/// let input = "{\"key\": \"P-1\", \"name\": \"Ana\", \"observations\": {\"ben\": {\"saw\": 3}}}\nno line\n";
/// let people: Vec<_> = Lines::new(input.as_bytes(), "people.ndjson", &vocabulary).map(Result::unwrap).collect();
/// assert_eq!(people[0].as_ref().unwrap().key, "P-1");
/// assert_eq!(people[1].as_ref().unwrap_err().origin.spot.row, 2);
/// ```
#[derive(Debug)]
pub struct Lines<'v, R> {
    input: R,
    vocabulary: &'v Vocabulary,
    sources: Arc<[Source]>,
    /// The number of the line before.
    number: u32,
    /// Those of the last line that were not handed out yet: a line may hold a list.
    waiting: VecDeque<Person>,
    ended: bool,
}

impl<'v, R: BufRead> Lines<'v, R> {
    /// Reads from `input`, which messages call `name`.
    pub fn new(input: R, name: &str, vocabulary: &'v Vocabulary) -> Lines<'v, R> {
        let source = Source { file: name.into(), sheet: None, form: Form::Text };
        let sources = [source].into();
        Lines { input, vocabulary, sources, number: 0, waiting: VecDeque::new(), ended: false }
    }

    /// The next line, without more of it than a line may have. `None`: there is none.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        // One byte more shows that it is too long.
        let most = json::MAX_LINE_BYTES as u64 + 1;
        if self.input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') && line.len() as u64 == most {
            self.input.skip_until(b'\n')?;
        }
        // What is wrong at the end of a line is not at the beginning of the next one.
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        Ok(Some(line))
    }

    /// The participants of a line.
    fn people(&self, line: &[u8]) -> Vec<Person> {
        let source = &self.sources[0];
        let (mut people, mut unreadable) = (People::default(), Vec::new());
        // A line that is too long may be cut within a letter; that it is too long is what counts.
        let text = match str::from_utf8(line) {
            Err(_) if line.len() > json::MAX_LINE_BYTES => Ok(String::from_utf8_lossy(line)),
            text => text.map(Cow::Borrowed),
        };
        match text {
            Ok(text) => {
                let text = if self.number == 1 { text.trim_start_matches('\u{FEFF}') } else { &text };
                let place = (source, 0);
                json::read_line(text, self.number, place, self.vocabulary, &mut people, &mut unreadable);
            }
            Err(_) => {
                let spot = Spot { row: self.number, ..Spot::default() };
                let message = words!("the line is not UTF-8", "die Zeile ist kein UTF-8");
                unreadable.push((spot, vec![Fault::at(FaultCode::UnknownEncoding, source, spot, message)]));
            }
        }
        let mut people = people.finish(&self.sources);
        people.extend(unreadable.into_iter().map(|(spot, faults)| {
            let origin = Origin { sources: self.sources.clone(), spot };
            Err(Rejected { origin, key: None, faults })
        }));
        people
    }
}

impl<R: BufRead> Iterator for Lines<'_, R> {
    type Item = io::Result<Person>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(person) = self.waiting.pop_front() {
                return Some(Ok(person));
            }
            if self.ended {
                return None;
            }
            match self.line() {
                Ok(Some(line)) => {
                    self.number = self.number.saturating_add(1);
                    self.waiting = self.people(&line).into();
                }
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
    }
}
