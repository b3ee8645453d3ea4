//! A page for the browser with all pages side by side.

use kompetenz::{Ui, words};

/// One document of one template.
pub(super) struct Shown {
    /// The template, or what all templates have in common.
    pub(super) section: String,
    /// What is to be seen.
    pub(super) name: String,
    /// The files of its pages, from the folder of the page for the browser.
    pub(super) pages: Vec<String>,
    /// Why there are none.
    pub(super) problem: Option<String>,
}

/// The page, complete in itself but for the pictures.
pub(super) fn html(ui: Ui, shown: &[Shown]) -> String {
    let title = words!("Templates with sample data", "Vorlagen mit Beispieldaten");
    let title = title.get(ui);
    let language = match ui {
        Ui::De => "de",
        Ui::En => "en",
    };
    let mut body = String::new();
    let mut section = "";
    for Shown { section: of, name, pages, problem } in shown {
        if of != section {
            section = of;
            body += &format!("<h2>{}</h2>\n", escaped(section));
        }
        body += &format!("<section><h3>{}</h3>", escaped(name));
        if let Some(problem) = problem {
            body += &format!("<pre>{}</pre>", escaped(problem));
        }
        for (i, page) in pages.iter().enumerate() {
            let (page, number) = (escaped(page), i + 1);
            body += &format!(
                "<a href=\"{page}\"><img loading=\"lazy\" src=\"{page}\" alt=\"{} {number}\"></a>",
                escaped(name)
            );
        }
        body += "</section>\n";
    }
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n{body}</html>\n"
    )
}

const STYLE: &str = "
body { font: 15px/1.4 sans-serif; margin: 2em; background: #e8ebee; color: #1b2530 }
section { display: inline-block; vertical-align: top; margin: 0 1.6em 1.6em 0 }
h3 { font-size: 1em; margin: 0 0 .4em }
img { width: 16em; margin-right: .4em; background: white; box-shadow: 0 1px 4px #0004 }
pre { max-width: 40em; white-space: pre-wrap; color: #a01020 }
";

/// Text among tags. Folders are named by people.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_text_and_problems_are_shown() {
        let shown = |section: &str, pages: &[&str], problem: Option<&str>| Shown {
            section: section.into(),
            name: "certificate-de".into(),
            pages: pages.iter().map(|&page| page.into()).collect(),
            problem: problem.map(Into::into),
        };
        let page = html(
            Ui::En,
            &[shown("clear", &["clear/a-1.png", "clear/a-2.png"], None), shown("<b>&", &[], Some("x < y"))],
        );
        let body = page.split_once("<h1>").expect("a heading").1;
        insta::assert_snapshot!(body, @r#"
        Templates with sample data</h1>
        <h2>clear</h2>
        <section><h3>certificate-de</h3><a href="clear/a-1.png"><img loading="lazy" src="clear/a-1.png" alt="certificate-de 1"></a><a href="clear/a-2.png"><img loading="lazy" src="clear/a-2.png" alt="certificate-de 2"></a></section>
        <h2>&lt;b&gt;&amp;</h2>
        <section><h3>certificate-de</h3><pre>x &lt; y</pre></section>
        </html>
        "#);
    }
}
