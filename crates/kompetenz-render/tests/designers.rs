//! Templates of one's own: they take the place of the shipped ones, and what is wrong with them is told at the start,
//! with the place in the designer's own file.

use kompetenz::form::EntryForm;
use kompetenz::report::ReportData;
use kompetenz_render::{Format, Pictures, Studio, StudioError, Template};

use crate::support::{SHELF, STUDIO, fixture, logo, pdf, shelf, text};

fn own(files: &[(&str, &str)]) -> Template {
    Template::certificate().with_files("my", files.iter().copied())
}

/// Why the studio refuses these files.
fn refused(files: &[(&str, &str)]) -> StudioError {
    match Studio::new(&own(files), Pictures::default()) {
        Ok(_) => panic!("taken"),
        Err(error) => error,
    }
}

#[test]
fn a_file_takes_the_place_of_the_shipped_one_and_the_others_stay() {
    let (_, german) = Template::certificate()
        .files()
        .find_map(|(path, bytes)| {
            Some((path.to_owned(), bytes.to_vec())).filter(|_| path == "labels/de.toml")
        })
        .expect("labels");
    let german = String::from_utf8(german).unwrap().replace("\"Profil\"", "\"Im Überblick\"");
    let studio = Studio::new(&own(&[("labels/de.toml", &german)]), logo()).unwrap();
    let data = fixture("standard");
    let [ours, shipped] = [studio.render(&data).unwrap(), pdf(&data)].map(|pdf| text(&pdf, &["-raw"]));
    assert!(ours.contains("Im Überblick") && !shipped.contains("Im Überblick"));
    assert_eq!(ours.replace("Im Überblick", "Profil"), shipped);
}

#[test]
fn a_folder_with_a_certificate_is_a_new_family() {
    let source = "#let certificate(data, pictures: (:), pages: none) = {\n  [#set document(title: data.title)]\n  [= Mine: #data.participant.name]\n}";
    let template = own(&[("mine/certificate.typ", source), ("mine/notes.typ", "")]);
    assert!(template.families().eq(["classic", "clear", "mine"]));
    let studio = Studio::new(&template.clone().of_family("mine").unwrap(), Pictures::default()).unwrap();
    let data = fixture("short");
    let name = &data.participant.name;
    assert!(text(&studio.render(&data).unwrap(), &["-raw"]).contains(&format!("Mine: {name}")));
    let error = template.of_family("theirs").unwrap_err();
    insta::assert_snapshot!(error, @"there is no template `theirs`; there are classic, clear, mine");
}

#[test]
fn reports_and_forms_take_the_same_files() {
    let mark = "#set document(title: \"Marked\")\n= Marked";
    let studio =
        Studio::new(&own(&[("report.typ", mark), ("entry-form.typ", mark)]), Pictures::default()).unwrap();
    let report: ReportData = serde_json::from_str(include_str!("../../../fixtures/reports/short.json"))
        .expect("data of our format");
    let form = EntryForm::new(&SHELF, SHELF.main_language(), None).unwrap();
    let format = Format::Pdf("ua-1".parse().unwrap());
    for files in [studio.report(&report, &format).unwrap(), studio.entry_form(&form, &format).unwrap()] {
        assert_eq!(text(&files.concat(), &["-raw"]).trim(), "Marked");
    }
}

#[test]
fn syntax_errors_of_all_files_are_told_at_the_start() {
    let error = refused(&[
        ("clear/certificate.typ", "#let certificate(data) = [\n  #let x =\n"),
        ("lib/page.typ", "#let size = (\n"),
    ]);
    insta::assert_snapshot!(error, @"
    the template has mistakes
      my/clear/certificate.typ:1:26: unclosed delimiter
      my/clear/certificate.typ:2:11: expected expression
      my/lib/page.typ:1:13: unclosed delimiter
    ");
}

#[test]
fn a_mistake_that_only_data_shows_has_its_place_too() {
    let source = "#let certificate(data, ..rest) = {\n  data.signature\n}";
    let studio = Studio::new(&own(&[("clear/certificate.typ", source)]), Pictures::default()).unwrap();
    let error = studio.render(&fixture("short")).unwrap_err();
    insta::assert_snapshot!(error, @r#"my/clear/certificate.typ:2:8: dictionary does not contain key "signature""#);
}

#[test]
fn a_label_that_a_language_lacks_is_told_at_the_start() {
    let with = |line: &str| {
        let shipped = Template::certificate();
        let (_, bytes) = shipped.files().find(|(path, _)| *path == "labels/de.toml").expect("labels");
        format!("{line}\n{}", str::from_utf8(bytes).unwrap())
    };
    let german = with("stamp = \"Stempel\"");
    let error = refused(&[("labels/de.toml", &german), ("labels/ar.toml", &with("stamp = 1"))]);
    let StudioError::Files(faults) = error else { panic!("{error}") };
    assert_eq!(faults.len(), 10, "all but the first of the eleven: {faults:?}");
    insta::assert_snapshot!(faults[0].message().en, @"labels/bg.toml: the label `stamp` is missing; `labels/ar.toml` has it");

    insta::assert_snapshot!(refused(&[("labels/es.toml", "issued = \"Fecha\"\nborn = yes")]), @"
    the template has mistakes
      my/labels/es.toml:2: this is no TOML: string values must be quoted, expected literal string
    ");
    let lacking = with("").replace("legend = ", "legende = ");
    let StudioError::Files(faults) = refused(&[("labels/de.toml", &lacking)]) else { panic!() };
    let told: Vec<_> = faults.iter().map(|fault| fault.message().en).collect();
    assert!(
        told.contains(&"my/labels/de.toml: the label `legend` is missing; `labels/ar.toml` has it".into()),
        "{told:?}"
    );
}

#[test]
fn pictures_are_proven_as_logos_are() {
    let harmless = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
    let source = "#let certificate(data, ..rest) = {\n  [#set document(title: \"x\")]\n  [= Title]\n  image(\"stamp.svg\", alt: \"stamp\")\n}";
    let files = |picture| [("clear/certificate.typ", source), ("clear/stamp.svg", picture)];
    let studio = Studio::new(&own(&files(harmless)), Pictures::default()).unwrap();
    studio.render(&fixture("short")).unwrap();
    let error = refused(&files("<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script/></svg>"));
    insta::assert_snapshot!(error, @"`my/clear/stamp.svg` cannot be used: the picture has the element `script`, line 2");
}

#[test]
fn a_template_is_text_and_stays_inside() {
    let template = Template::certificate().with_files("my", [("clear/extra.typ", b"\xff\xfe".to_vec())]);
    let error = Studio::new(&template, Pictures::default()).err().unwrap();
    insta::assert_snapshot!(error, @"`my/clear/extra.typ` is not text in UTF-8");
    for path in ["../outside.typ", "clear/../../outside.typ"] {
        assert_eq!(refused(&[(path, "")]), StudioError::Path { path: path.into() });
    }
}

/// A studio of shipped files is not slower or different for having been made of many.
#[test]
fn no_files_of_ones_own_change_nothing() {
    let studio = Studio::new(&own(&[]), logo()).unwrap();
    let data = shelf("ar");
    assert!(studio.render(&data) == STUDIO.render(&data));
}
