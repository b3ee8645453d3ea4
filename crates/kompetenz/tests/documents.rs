//! The examples in `docs` do what the text around them says.
//!
//! A block ```` ```toml ```` is a definition, or a part of one, without errors.
//! A block ```` ```toml fails:unknown-id ```` is one with this mistake and no other.
//! A block ```` ```toml issuer ```` is an issuer's file; blocks with `results` are for another crate.
//! A part is put into [`PRELUDE`], whose elements give way to those with the same id.
//! A line such as `# lang/ro.toml` alone begins another file.

use std::collections::BTreeSet;

use kompetenz::{Code, FaultCode, Severity, Sources, Ui, check, issuer};

use crate::{errors, read, render, repository};

/// A small definition around the parts that documents show.
const PRELUDE: &str = r#"
id = "demo"
version = "1.0.0"
language = "en"
title = "Demo"

[[step]]
number = 6
title = "Make a plan"

[[step]]
number = 8
title = "Get into work"

[[scale]]
id = "rating"
values = [0, 1, 2, 3, 4]
not-observed = "n"

[[ladder]]
id = "independence"
title = "Independence"
levels = [
  { id = "guided", at-least = 0, title = "with guidance" },
  { id = "independent", at-least = 2.4, title = "mostly independent" },
  { id = "confident", at-least = 3.2, title = "independent and confident" },
]

[[fact]]
id = "work-years"
kind = "number"
title = "Years of work"

[[fact]]
id = "job-start"
kind = "flag"
title = "A start of work is planned"

[[item]]
id = "planning"
scale = "rating"
title = "Planning the work"

[[item]]
id = "quality"
scale = "rating"
title = "Measure and quality"

[[item]]
id = "safety"
scale = "rating"
title = "Tools and safety"

[[measure]]
id = "field"
title = "Wood"
rule = "mean"
of = ["planning", "quality", "safety"]
levels = "independence"

[[finding]]
id = "in-the-prelude"
kind = "ability"
when = { all = [{ fact = { of = "work-years", at-least = 3 } }, { fact = { of = "job-start", is = true } }] }
text = "Has worked for years."
"#;

/// A block of code in a document.
struct Block {
    document: &'static str,
    line: usize,
    /// The heading it stands under.
    section: String,
    info: Vec<String>,
    text: String,
}

impl Block {
    fn place(&self) -> String {
        format!("docs/{}, line {}", self.document, self.line)
    }
}

fn blocks(document: &'static str) -> Vec<Block> {
    let text = read(&repository("docs").join(document));
    let mut blocks: Vec<Block> = Vec::new();
    let (mut section, mut open) = (String::new(), false);
    for (line, number) in text.lines().zip(1..) {
        if let Some(info) = line.strip_prefix("```") {
            if !open {
                let info = info.split_whitespace().map(str::to_owned).collect();
                let (section, text) = (section.clone(), String::new());
                blocks.push(Block { document, line: number, section, info, text });
            }
            open = !open;
        } else if open {
            let block = blocks.last_mut().unwrap();
            block.text.push_str(line);
            block.text.push('\n');
        } else if let Some(heading) = line.strip_prefix("### ").or_else(|| line.strip_prefix("## ")) {
            heading.clone_into(&mut section);
        }
    }
    assert!(!open, "docs/{document}: a block is never closed");
    blocks
}

/// The files that a block shows, put into the prelude if they are only a part.
fn definition(block: &Block) -> Sources {
    let is_file = |name: &str| name.strip_suffix(".toml").is_some_and(|name| !name.contains(' '));
    let mut files = vec![("assessment.toml".to_owned(), String::new())];
    for line in block.text.lines() {
        let name = line.strip_prefix("# ").filter(|name| is_file(name));
        match name {
            Some("assessment.toml") => {}
            Some(name) => files.push((name.to_owned(), String::new())),
            None => {
                let (_, text) = files.last_mut().unwrap();
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    let mut files = files.into_iter();
    let (name, main) = files.next().unwrap();
    let is_whole = main.lines().any(|line| line.starts_with("version ="));
    let mut sources = Sources::new(name, if is_whole { main } else { in_prelude(&main) });
    for (name, text) in files {
        sources.add(name, text);
    }
    sources
}

fn in_prelude(part: &str) -> String {
    let tables = |text: &str| -> Vec<String> {
        let mut tables = vec![String::new()];
        for line in text.lines() {
            if line.starts_with('[') {
                tables.push(String::new());
            }
            let table = tables.last_mut().unwrap();
            table.push_str(line);
            table.push('\n');
        }
        tables
    };
    // The kind and the id of a table; of a step, its number.
    let name = |table: &str| {
        let mut lines = table.lines();
        let kind = lines.next()?.to_owned();
        let id = lines.find(|line| line.starts_with("id =") || line.starts_with("number ="))?;
        Some((kind, id.split(" #").next()?.to_owned()))
    };
    let (part, prelude) = (tables(part), tables(PRELUDE));
    let names: Vec<_> = part.iter().skip(1).filter_map(|table| name(table)).collect();
    let key = |line: &str| line.split(" =").next().unwrap_or_default().to_owned();
    let keys: Vec<String> = part[0].lines().map(key).collect();
    let mut whole = String::new();
    for line in prelude[0].lines().filter(|line| !keys.contains(&key(line))) {
        whole.push_str(line);
        whole.push('\n');
    }
    whole.push_str(&part[0]);
    let stays = |table: &&String| name(table).is_none_or(|name| !names.contains(&name));
    whole.extend(prelude.iter().skip(1).filter(stays).map(String::as_str));
    whole.extend(part.iter().skip(1).map(String::as_str));
    whole
}

fn definitions_do_what_they_say(document: &'static str) {
    let mut count = 0;
    for block in blocks(document) {
        let info: Vec<&str> = block.info.iter().map(String::as_str).collect();
        let place = block.place();
        match info.as_slice() {
            ["toml"] => {
                let sources = definition(&block);
                let checked = check(&sources);
                assert!(checked.assessment.is_some(), "{place}:\n{}", render(&checked, &sources, Ui::En));
                // What a section shows as the right way is not warned of either.
                let same = checked.diagnostics.iter().any(|d| d.code.name() == block.section);
                assert!(!same, "{place}:\n{}", render(&checked, &sources, Ui::En));
            }
            ["toml", "issuer"] => {
                let sources = Sources::new("issuer.toml", block.text.as_str());
                assert!(issuer::read(&sources, &["de".to_owned(), "ro".to_owned()]).is_ok(), "{place}");
            }
            ["toml", fails] if fails.starts_with("fails:") => {
                let code = fails.trim_start_matches("fails:");
                let sources = definition(&block);
                let checked = check(&sources);
                let shown = render(&checked, &sources, Ui::En);
                let found: BTreeSet<_> = match code {
                    "unused" => checked.diagnostics.iter().map(|d| d.code.name()).collect(),
                    _ => errors(&checked).into_iter().collect(),
                };
                assert_eq!(found, BTreeSet::from([code]), "{place}:\n{shown}");
                assert_eq!(block.section, code, "{place} stands under another heading");
                let section = section(document, "Definitions", code).unwrap();
                let first = checked.diagnostics.iter().find(|d| d.code.name() == code).unwrap();
                let (error, fehler) = match first.severity {
                    Severity::Error => ("error", "Fehler"),
                    Severity::Warning => ("warning", "Hinweis"),
                };
                for quoted in [
                    format!("{error}[{code}]: {}", first.message.en),
                    format!("{fehler}[{code}]: {}", first.message.de),
                ] {
                    assert!(section.lines().any(|line| line == quoted), "{place} is not quoted:\n{quoted}");
                }
            }
            // Read by the tests of the crate that reads such files.
            [_, "results" | "map"] | ["text" | "sh"] => continue,
            _ => panic!("{place}: what kind of block is this?"),
        }
        count += 1;
    }
    assert!(count >= 15, "docs/{document}: only {count} blocks");
}

/// The text under a heading of the third rank, in the part under a heading of the second rank.
fn section(document: &str, part: &str, heading: &str) -> Option<String> {
    let text = read(&repository("docs").join(document));
    let (_, part) = text.split_once(&format!("\n## {part}\n"))?;
    let part = part.split("\n## ").next()?;
    let (_, section) = part.split_once(&format!("\n### {heading}\n"))?;
    section.split("\n### ").next().map(str::to_owned)
}

#[test]
fn diagnostics_do_what_they_say() {
    definitions_do_what_they_say("diagnostics.md");
}

#[test]
fn file_format_does_what_it_says() {
    definitions_do_what_they_say("file-format.md");
}

#[test]
fn every_code_is_explained() {
    for code in Code::ALL {
        let name = code.name();
        let section =
            section("diagnostics.md", "Definitions", name).unwrap_or_else(|| panic!("no section {name}"));
        for part in ["**What it means.**", "**Why it matters.**", "**Example**", "**Instead**"] {
            assert!(section.contains(part), "{name} lacks {part}");
        }
        assert!(section.contains(&format!("```toml fails:{name}\n")), "{name} has no faulty example");
    }
    for code in FaultCode::ALL {
        let name = code.name();
        let section =
            section("diagnostics.md", "Results files", name).unwrap_or_else(|| panic!("no section {name}"));
        for part in ["**What it means.**", "**What to do.**"] {
            assert!(section.contains(part), "{name} lacks {part}");
        }
    }
}

/// The sections stand in the order of the codes, and there is none too many.
#[test]
fn sections_are_in_order() {
    let text = read(&repository("docs/diagnostics.md"));
    let of_part = |part: &str| -> Vec<String> {
        let (_, part) = text.split_once(&format!("\n## {part}\n")).unwrap();
        let lines = part.split("\n## ").next().unwrap().lines();
        lines.filter_map(|line| line.strip_prefix("### ").map(str::to_owned)).collect()
    };
    assert_eq!(of_part("Definitions"), Code::ALL.iter().map(|code| code.name()).collect::<Vec<_>>());
    assert_eq!(of_part("Results files"), FaultCode::ALL.iter().map(|code| code.name()).collect::<Vec<_>>());
}

/// Links within a document, and from one to the other, lead to a heading.
#[test]
fn links_lead_to_headings() {
    let anchor = |heading: &str| -> String {
        let plain = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = plain.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    let documents = ["file-format.md", "diagnostics.md"];
    let headings = documents.map(|document| -> BTreeSet<String> {
        let text = read(&repository("docs").join(document));
        text.lines().filter(|line| line.starts_with('#')).map(anchor).collect()
    });
    for (own, document) in documents.into_iter().enumerate() {
        let text = read(&repository("docs").join(document));
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let Some((file, to)) = link.split_once('#') else { continue };
            let Some(file) =
                (if file.is_empty() { Some(own) } else { documents.iter().position(|d| *d == file) })
            else {
                continue;
            };
            assert!(headings[file].contains(to), "docs/{document}: {link} leads nowhere");
        }
    }
}

/// Designers of templates find every field.
#[test]
fn certificate_data_names_every_field() {
    let text = read(&repository("docs/certificate-data.md"));
    let mut words = BTreeSet::new();
    crate::schema::words_of_schema(&kompetenz::CertificateData::schema(), &mut words);
    let missing: Vec<_> = words.iter().filter(|word| !text.contains(&format!("`{word}`"))).collect();
    assert!(words.len() > 30 && missing.is_empty(), "not in docs/certificate-data.md: {missing:?}");
}

/// The reference names every key and every word of the schema.
#[test]
fn file_format_names_every_key() {
    let text = read(&repository("docs/file-format.md"));
    let mut words = BTreeSet::new();
    crate::schema::words_of_schema(&kompetenz::raw::schema(), &mut words);
    crate::schema::words_of_schema(&issuer::schema(), &mut words);
    let named = |word: &str| {
        let forms =
            [format!("`{word}`"), format!("`\"{word}\"`"), format!("`[{word}]`"), format!("`[[{word}]]`")];
        forms.iter().any(|form| text.contains(form))
    };
    let missing: Vec<_> = words.iter().filter(|word| !named(word)).collect();
    assert!(missing.is_empty(), "not in docs/file-format.md: {missing:?}");
}
