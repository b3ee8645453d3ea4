//! What a screen reader is told: the structure of every document in every family, language and shape.

use serde_json::Value;

use crate::families::each;
use crate::languages::Paper;
use crate::support::{STUDIO, operators, qpdf_json, shelf_easy, texts_of};
use crate::{easy_read, forms, reports};

/// An element of the structure of a document.
#[derive(Debug)]
struct Element {
    /// What it is, such as `H1`.
    kind: String,
    /// What is told instead of showing it.
    alt: Option<String>,
    /// How many pieces of the pages it consists of.
    pieces: usize,
    children: Vec<Element>,
}

/// The element behind a reference, with everything in it. `None`: a piece of a page.
fn element(value: &Value, resolve: &impl Fn(&Value) -> Value) -> Option<Element> {
    let value = resolve(value);
    let kids = resolve(&value["/K"]);
    let kids = kids.as_array().cloned().unwrap_or_else(|| vec![kids]);
    let piece = |kid: &&Value| kid.is_u64() || resolve(kid).get("/MCID").is_some();
    Some(Element {
        kind: value["/S"].as_str()?.trim_start_matches('/').to_owned(),
        alt: value["/Alt"].as_str().map(|alt| alt.trim_start_matches("u:").to_owned()),
        pieces: kids.iter().filter(piece).count(),
        children: kids.iter().filter_map(|kid| element(kid, resolve)).collect(),
    })
}

/// The structure of a PDF, and the language it claims to be in.
fn structure(pdf: &[u8]) -> (Element, String) {
    let all = qpdf_json(pdf, "qpdf");
    let objects = &all["qpdf"][1];
    let resolve = |value: &Value| match value.as_str().filter(|text| text.ends_with(" R")) {
        Some(reference) => objects[format!("obj:{reference}")]["value"].clone(),
        None => value.clone(),
    };
    let catalog = resolve(&resolve(&objects["trailer"]["value"])["/Root"]);
    let root = resolve(&catalog["/StructTreeRoot"]);
    let first = resolve(&root["/K"]);
    let first = first.as_array().and_then(|all| all.first()).unwrap_or(&first);
    let document = element(first, &resolve).expect("a structure");
    let language = catalog["/Lang"].as_str().expect("a language").trim_start_matches("u:").to_owned();
    (document, language)
}

/// What a document consists of: elements of one kind in a row on one line, and what is in them set in.
pub(crate) fn outline(pdf: &[u8]) -> String {
    fn write(elements: &[Element], depth: usize, outline: &mut String) {
        for row in elements.chunk_by(|one, next| one.kind == next.kind && one.shape() == next.shape()) {
            let Element { kind, alt, .. } = &row[0];
            let times = if row.len() > 1 { format!(" × {}", row.len()) } else { String::new() };
            let alt = alt.as_ref().map(|alt| format!(" “{alt}”")).unwrap_or_default();
            outline.push_str(&format!("{:1$}{kind}{alt}{times}\n", "", 2 * depth));
            write(&row[0].children, depth + 1, outline);
        }
    }
    let mut outline = String::new();
    write(&[structure(pdf).0], 0, &mut outline);
    outline
}

impl Element {
    /// What is in it, and what is told instead of it.
    fn shape(&self) -> String {
        let inside: Vec<_> =
            self.children.iter().map(|child| format!("{}({})", child.kind, child.shape())).collect();
        format!("{:?} {}", self.alt, inside.join(" "))
    }
}

/// Whatever a screen reader relies on, in any document.
fn check(what: &str, pdf: &[u8], language: &str) {
    let (document, told) = structure(pdf);
    assert_eq!(told, language, "{what}");
    assert_eq!(document.kind, "Document", "{what}");
    let (mut level, mut pieces) = (0, 0);
    walk(&document, &mut |element| {
        pieces += element.pieces;
        let kinds: Vec<_> = element.children.iter().map(|child| child.kind.as_str()).collect();
        let only = |allowed: &[&str]| {
            assert!(kinds.iter().all(|kind| allowed.contains(kind)), "{what}: {kinds:?} in {}", element.kind);
        };
        match element.kind.as_str() {
            "H1" | "H2" | "H3" | "H4" => {
                let here = element.kind[1..].parse().expect("a level");
                assert!(here <= level + 1, "{what}: H{here} after H{level}");
                level = here;
            }
            "Figure" => {
                let told = element.alt.as_ref().is_some_and(|alt| !alt.trim().is_empty());
                assert!(told, "{what}: a picture that is not told");
            }
            "L" => only(&["LI"]),
            "LI" => only(&["Lbl", "LBody"]),
            "Table" => {
                only(&["TR", "THead", "TBody"]);
                let mut headers = 0;
                walk(element, &mut |part| headers += usize::from(part.kind == "TH"));
                assert!(headers > 0, "{what}: a table without headers");
            }
            "THead" | "TBody" => only(&["TR"]),
            "TR" => only(&["TH", "TD"]),
            _ => {}
        }
    });
    assert!(level > 0, "{what}: no headings");
    // What is on a page and belongs to no element would be shown and never told.
    let shown = operators(pdf).matches("/MCID ").count();
    assert!(pieces == shown && shown > 10, "{what}: {pieces} of {shown}");
}

fn walk(element: &Element, visit: &mut impl FnMut(&Element)) {
    visit(element);
    for child in &element.children {
        walk(child, visit);
    }
}

#[test]
fn certificates_are_told_as_they_are_shown() {
    each(|what, data, pdf| check(what, pdf, &data.language));
}

#[test]
fn easy_read_pages_are_told_as_they_are_shown() {
    for language in STUDIO.languages() {
        let data = shelf_easy(language);
        let pdf = easy_read::paper(&data);
        check(language, &pdf, language);
        let heard = Paper::heard(&pdf);
        for (field, text) in texts_of(&serde_json::to_value(&data).unwrap()) {
            assert!(unheard(&field) || heard.shows(&text), "{language}: `{field}` is not told");
        }
    }
    for (strengths, sentences, next) in [(1, 0, 0), (0, 1, 1), (8, 9, 0), (30, 30, 30)] {
        let what = format!("{strengths} bars, {sentences} sentences, {next} next steps");
        check(&what, &easy_read::paper(&easy_read::page(strengths, sentences, next)), "en");
    }
}

/// What stands at the foot of each page only, or on no page.
fn unheard(field: &str) -> bool {
    [".number", ".footer", ".place", ".signatories"].iter().any(|part| field.contains(part))
}

#[test]
fn reports_and_forms_are_told_as_they_are_shown() {
    for count in [1, 3, 20] {
        let mut data = reports::short();
        let (module, column) = (data.modules[0].clone(), data.modules[0].columns[0].clone());
        data.modules = vec![module; count];
        data.modules[0].columns = vec![column; count];
        for item in &mut data.modules[0].items {
            item.ratings = vec!["A".into(); count];
        }
        check(&format!("a report of {count} modules"), &reports::paper(&data), "en");
    }
    check("a form of one page", &forms::paper(&forms::small()), "de");
    check("the form of nordstadt", &forms::NORDSTADT.1, "de");
}
