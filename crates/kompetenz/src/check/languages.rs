//! Texts and their translations: each text in each promised language, each placeholder proven.

use std::collections::{BTreeMap, BTreeSet};

use icu_locale_core::LanguageIdentifier;

use super::*;
use crate::assessment::Piece;
use crate::text::{self, Template};

/// The code of a language as the standard writes it: `ro` for `RO`. `None`: it is no code of a language.
pub fn language_tag(written: &str) -> Option<String> {
    // The standard also knows languages of five to eight letters, but none of them is spoken: `deutsch`.
    let spoken = |tag: &LanguageIdentifier| tag.language.as_str().len() <= 3 && !tag.language.is_unknown();
    written.replace('_', "-").parse().ok().filter(spoken).map(|tag| tag.to_string())
}

impl Checker<'_> {
    /// The codes of the languages, the main one first.
    pub(super) fn languages(&mut self, main: &raw::Definition) -> Option<Vec<String>> {
        let Some(first) = &main.language else {
            let place = main.id.place;
            self.error(
                Code::MissingKey,
                place,
                words!("the key `language` is missing", "der Schlüssel `language` fehlt"),
            );
            return None;
        };
        let mut codes: Vec<String> = Vec::new();
        let mut sound = true;
        for language in std::iter::once(first).chain(&main.languages) {
            let message = match language_tag(language) {
                Some(tag) if tag != language.value => {
                    words!("write this language as `{tag}`", "diese Sprache als `{tag}` schreiben")
                }
                Some(tag) if codes.contains(&tag) => {
                    words!("this language is named twice", "diese Sprache ist doppelt genannt")
                }
                Some(tag) => {
                    codes.push(tag);
                    continue;
                }
                None => words!(
                    "not the code of a language, such as `de` or `ro`",
                    "kein Kürzel einer Sprache wie `de` oder `ro`"
                ),
            };
            sound = false;
            self.error(Code::InvalidLanguage, language.place, message);
        }
        // The file of a language is named where the language is promised.
        for language in &main.languages {
            let name = format!("lang/{}.toml", language.value);
            if codes.contains(&language.value) && self.sources.find(&name).is_none() {
                sound = false;
                self.error(
                    Code::MissingFile,
                    language.place,
                    words!("the file `{name}` is missing", "die Datei `{name}` fehlt"),
                );
            }
        }
        sound.then_some(codes)
    }

    /// All texts in all languages.
    pub(super) fn translate(&mut self, languages: Option<&[String]>) -> Option<Vec<Vec<Text>>> {
        let entries = std::mem::take(&mut self.texts);
        let mut out = vec![all(entries.iter().map(|entry| self.resolve_text(entry, &entry.text)).collect())];
        for code in languages.unwrap_or_default().iter().skip(1) {
            let Some(file) = self.sources.find(&format!("lang/{code}.toml")) else { continue };
            out.push(self.language(code, file, &entries));
        }
        self.texts = entries;
        all(out)
    }

    fn language(&mut self, code: &str, file: FileId, entries: &[TextEntry]) -> Option<Vec<Text>> {
        let source = &self.sources.get(file).text;
        if source.len() > MAX_SOURCE_BYTES {
            self.error(
                Code::MissingFile,
                Place::new(file, &(0..0)),
                words!("larger than 4 MB", "größer als 4 MB"),
            );
            return None;
        }
        let translated = raw::parse_language(file, source, &mut self.diagnostics)?;
        let mut by_path: BTreeMap<&str, &At<String>> = BTreeMap::new();
        let known: HashSet<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
        for (path, text) in &translated {
            // An empty text is a place that waits for a translation, as `kompetenz translate` writes it.
            if !text.trim().is_empty() {
                by_path.insert(path, text);
            }
            if !known.contains(path.as_str()) && !self.is_broken(path) {
                let written = &path.value;
                let advised = self.diagnostics.len() <= MAX_ADVISED;
                let known = entries.iter().map(|entry| entry.path.as_str()).filter(|_| advised);
                let help = similar(written, known)
                    .map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
                self.report(
                    Diagnostic::error(
                        Code::UnknownText,
                        path.place,
                        words!("there is no text `{written}`", "einen Text `{written}` gibt es nicht"),
                    )
                    .maybe_help(help),
                );
            }
        }
        let missing: Vec<&TextEntry> =
            entries.iter().filter(|entry| !by_path.contains_key(entry.path.as_str())).collect();
        if let Some(first) = missing.first() {
            let count = missing.len();
            let list = missing.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>().join("\n");
            self.report(
                Diagnostic::error(
                    Code::MissingTranslation,
                    first.text.place,
                    match count {
                        1 => words!(
                            "a text is missing in `lang/{code}.toml`",
                            "in `lang/{code}.toml` fehlt ein Text"
                        ),
                        _ => words!(
                            "{count} texts are missing in `lang/{code}.toml`",
                            "in `lang/{code}.toml` fehlen {count} Texte"
                        ),
                    },
                )
                .help(words!(
                    "add to `lang/{code}.toml`:\n{list}",
                    "in `lang/{code}.toml` ergänzen:\n{list}"
                )),
            );
            return None;
        }
        let mut texts = Vec::new();
        for entry in entries {
            let text = by_path[entry.path.as_str()];
            self.same_placeholders(entry, text);
            texts.push(self.resolve_text(entry, text));
        }
        all(texts)
    }

    /// A translation must not print another level or number than the original.
    fn same_placeholders(&mut self, entry: &TextEntry, text: &At<String>) {
        let placeholders = |text: &str| -> Option<BTreeSet<String>> {
            let pieces = Template::parse(text).ok()?.pieces.into_iter();
            let name = |piece| match piece {
                text::Piece::Placeholder(name) => Some(name),
                text::Piece::Plain(_) => None,
            };
            Some(pieces.filter_map(name).filter(|name| name.rsplit('.').next() != Some("title")).collect())
        };
        let (Some(own), Some(original)) = (placeholders(text), placeholders(&entry.text)) else { return };
        if own != original {
            let path = &entry.path;
            self.report(
                Diagnostic::error(
                    Code::UnknownPlaceholder,
                    text.place,
                    words!(
                        "the translation of `{path}` prints other results than the original",
                        "die Übersetzung von `{path}` druckt andere Ergebnisse als das Original"
                    ),
                )
                .label(entry.text.place, words!("the original", "das Original"))
                .help(words!(
                    "use the same placeholders in both",
                    "in beiden dieselben Platzhalter verwenden"
                )),
            );
        }
    }

    /// Whether the path belongs to something that is left out because of a mistake in it.
    fn is_broken(&self, path: &str) -> bool {
        self.broken
            .iter()
            .any(|broken| path.strip_prefix(broken.as_str()).is_some_and(|rest| rest.starts_with('.')))
    }

    /// Resolves the placeholders of a text in one language.
    fn resolve_text(&mut self, entry: &TextEntry, text: &At<String>) -> Option<Text> {
        if text.trim().is_empty() {
            self.error(Code::InvalidText, text.place, words!("the text is empty", "der Text ist leer"));
            return None;
        }
        if let Some(character) = text.chars().find(|character| character.is_control()) {
            let code = u32::from(character);
            self.error(
                Code::InvalidText,
                text.place,
                words!(
                    "the text has a line break or another control character (U+{code:04X})",
                    "der Text enthält einen Zeilenumbruch oder ein anderes Steuerzeichen (U+{code:04X})"
                ),
            );
            return None;
        }
        let Ok(template) = Template::parse(text) else {
            self.error(
                Code::InvalidText,
                text.place,
                words!(
                    "`{{{{` and `}}}}` do not pair up",
                    "`{{{{` und `}}}}` gehören nicht paarweise zusammen"
                ),
            );
            return None;
        };
        let pieces = template.pieces.iter().map(|piece| match piece {
            text::Piece::Plain(text) => Some(Piece::Plain(text.clone())),
            text::Piece::Placeholder(name) => self.placeholder(entry, text.place, name),
        });
        all(pieces.collect()).map(|pieces| Text { pieces })
    }

    fn placeholder(&mut self, entry: &TextEntry, place: Place, name: &str) -> Option<Piece> {
        let Some(known) = &entry.known else {
            self.error(
                Code::UnknownPlaceholder,
                place,
                words!(
                    "only `text` and `easy` of findings and recommendations take placeholders",
                    "nur `text` und `easy` von Befunden und Empfehlungen nehmen Platzhalter"
                ),
            );
            return None;
        };
        let (path, field) = name.rsplit_once('.').unwrap_or((name, ""));
        let found = [join(&entry.scope, path), path.to_owned()]
            .iter()
            .find_map(|path| self.names.get(path))
            .map(|(name, _)| *name);
        let (node, printable) = match found {
            Some(Name::Measure(measure)) => {
                (Some(Node::Measure(measure)), self.printable[measure.position()])
            }
            Some(Name::Item(item)) => (Some(Node::Item(item)), Printable::default()),
            _ => (None, Printable::default()),
        };
        let certain = |piece: Piece, node: Node| if known.contains(&node) { Ok(piece) } else { Err(()) };
        let piece = match (found, node, field) {
            (Some(Name::Job(job)), _, "title") => return Some(Piece::Job(job)),
            (_, Some(node), "title") => return Some(Piece::Title(node)),
            (_, Some(node @ Node::Measure(measure)), "level") if printable.level => {
                Some(certain(Piece::Level(measure), node))
            }
            (_, Some(node @ Node::Measure(measure)), "score") if printable.score => {
                Some(certain(Piece::Score(measure), node))
            }
            (_, Some(node @ Node::Measure(measure)), "top") if printable.top => {
                Some(certain(Piece::Top(measure), node))
            }
            _ => None,
        };
        match piece {
            Some(Ok(piece)) => Some(piece),
            Some(Err(())) => {
                let (test, value) = if field == "level" { ("level", "\"…\"") } else { ("score", "…") };
                self.report(
                    Diagnostic::error(
                        Code::UnprovenPlaceholder,
                        place,
                        words!(
                            "`{name}` may be unknown when this sentence is printed",
                            "`{name}` ist womöglich unbekannt, wenn dieser Satz gedruckt wird"
                        ),
                    )
                    .help(words!(
                        "test it in `when`: `{{ {test} = {{ of = \"{path}\", at-least = {value} }} }}`",
                        "in `when` danach fragen: `{{ {test} = {{ of = \"{path}\", at-least = {value} }} }}`"
                    )),
                );
                None
            }
            None => {
                if found.is_none() && self.is_left_out(&entry.scope, path) {
                    return None;
                }
                let meant = if found.is_none() { self.similar_name(&entry.scope, path) } else { None };
                let help = meant.map(|name| {
                    words!(
                        "did you mean `{{{{ {name}.{field} }}}}`?",
                        "ist `{{{{ {name}.{field} }}}}` gemeint?"
                    )
                });
                self.report(
                    Diagnostic::error(
                        Code::UnknownPlaceholder,
                        place,
                        words!("`{name}` is not known here", "`{name}` ist hier nicht bekannt"),
                    )
                    .maybe_help(help)
                    .maybe_help(Some(words!(
                        "a placeholder is `{{{{ id.title }}}}` of an item, measure or job, `{{{{ id.level }}}}` of a measure with levels, `{{{{ id.score }}}}` of a measure with `shown`, or `{{{{ id.top }}}}` of a ranking",
                        "ein Platzhalter ist `{{{{ id.title }}}}` eines Merkmals, Messwerts oder Berufs, `{{{{ id.level }}}}` eines Messwerts mit Stufen, `{{{{ id.score }}}}` eines Messwerts mit `shown` oder `{{{{ id.top }}}}` einer Rangfolge"
                    ))),
                );
                None
            }
        }
    }
}
