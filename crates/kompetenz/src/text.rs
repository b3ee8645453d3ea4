//! Sentences with placeholders, as they stand in definitions and translations.
//!
//! A placeholder is a name in double braces: `{{ field.level }}`.
//! There are no filters, conditions or loops, because a plain name can be *proven* to have something to say
//! whenever its sentence is printed; anything more could fail on the one person it matters for.

use std::ops::Range;

/// A text whose placeholders are found, but not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The pieces in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text to print as it stands.
    Plain(String),
    /// The name inside double braces, with its bytes in the text.
    Placeholder(String, Range<usize>),
}

/// Braces that do not pair up, with the bytes of the text they stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnbalancedBraces(pub Range<usize>);

impl Template {
    /// Finds the placeholders of a text.
    pub fn parse(text: &str) -> Result<Template, UnbalancedBraces> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(open) = text[at..].find("{{").map(|ix| at + ix) {
            let Some(close) = text[open..].find("}}").map(|ix| open + ix) else {
                return Err(UnbalancedBraces(open..text.len()));
            };
            if open > at {
                pieces.push(Piece::Plain(text[at..open].to_owned()));
            }
            pieces.push(Piece::Placeholder(text[open + 2..close].trim().to_owned(), open..close + 2));
            at = close + 2;
        }
        if let Some(stray) = text[at..].find("}}").map(|ix| at + ix) {
            return Err(UnbalancedBraces(stray..stray + 2));
        }
        if at < text.len() {
            pieces.push(Piece::Plain(text[at..].to_owned()));
        }
        Ok(Template { pieces })
    }

    /// The text with every placeholder replaced.
    pub fn fill<'a>(&self, value: impl Fn(&str) -> &'a str) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Placeholder(name, _) => out.push_str(value(name)),
            }
        }
        out
    }

    /// The names of the placeholders.
    pub fn placeholders(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name, span) => Some((name.as_str(), span.clone())),
            Piece::Plain(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_placeholders() {
        let template = Template::parse("Arbeitet {{ field.level }} im {{x}}.").unwrap();
        assert_eq!(template.placeholders().map(|p| p.0).collect::<Vec<_>>(), ["field.level", "x"]);
        assert_eq!(
            template.fill(|name| if name == "x" { "Lager" } else { "sicher" }),
            "Arbeitet sicher im Lager."
        );
        assert_eq!(Template::parse("a {b} c").unwrap().fill(|_| ""), "a {b} c");
    }

    #[test]
    fn refuses_unbalanced_braces() {
        assert_eq!(Template::parse("ä {{ x"), Err(UnbalancedBraces(3..7)));
        assert_eq!(Template::parse("a }} b"), Err(UnbalancedBraces(2..4)));
    }
}
