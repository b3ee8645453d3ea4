//! Sentences with placeholders, as they stand in definitions and translations.
//!
//! A placeholder is a name in double braces: `{{ field.level }}`.
//! There are no filters, conditions or loops, because a plain name can be *proven* to have something to say
//! whenever its sentence is printed; anything more could fail on the one person it matters for.

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
    /// The name inside double braces.
    Placeholder(String),
}

/// Braces that do not pair up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnbalancedBraces;

impl Template {
    /// Finds the placeholders of a text.
    pub fn parse(text: &str) -> Result<Template, UnbalancedBraces> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(open) = text[at..].find("{{").map(|ix| at + ix) {
            let Some(close) = text[open..].find("}}").map(|ix| open + ix) else {
                return Err(UnbalancedBraces);
            };
            if open > at {
                pieces.push(Piece::Plain(text[at..open].to_owned()));
            }
            pieces.push(Piece::Placeholder(text[open + 2..close].trim().to_owned()));
            at = close + 2;
        }
        if text[at..].contains("}}") {
            return Err(UnbalancedBraces);
        }
        if at < text.len() {
            pieces.push(Piece::Plain(text[at..].to_owned()));
        }
        Ok(Template { pieces })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_placeholders() {
        let template = Template::parse("Arbeitet {{ field.level }} im {{x}}.").unwrap();
        let plain = |text: &str| Piece::Plain(text.to_owned());
        let placeholder = |name: &str| Piece::Placeholder(name.to_owned());
        assert_eq!(
            template.pieces,
            [plain("Arbeitet "), placeholder("field.level"), plain(" im "), placeholder("x"), plain(".")]
        );
        assert_eq!(Template::parse("a {b} c").unwrap().pieces, [plain("a {b} c")]);
    }

    #[test]
    fn refuses_unbalanced_braces() {
        assert_eq!(Template::parse("ä {{ x"), Err(UnbalancedBraces));
        assert_eq!(Template::parse("a }} b"), Err(UnbalancedBraces));
    }
}
