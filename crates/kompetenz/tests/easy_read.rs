//! The data of the easy-read page: the certificate in plain words, and nothing where there is no certificate.

use jiff::civil::date;
use kompetenz::assessment::Language;
use kompetenz::certificate::{CertificateData, Withheld};
use kompetenz::easy_read::EasyReadData;
use kompetenz::entry::{Decision, Localized, Ruling, Spot};
use kompetenz::{Assessment, Document, Entry, Record, originals, recommend, score};

use crate::common::{assessment, nordstadt, nordstadt_sources};
use crate::report::issuing;
use crate::scoring::entry;

/// A definition with everything that the page shows.
const WOOD: &str = r#"
id = "wood"
version = "1.0.0"
language = "en"
title = "Wood work sample"
picture = "wood"
[observers]
at-least = 2
dispute-from = 2
[certificate]
title = "Certificate"
subtitle = "of competency assessment"
procedure = "Two people observed."
is = "What was shown."
is-not = "No examination."
profile = ["field", "care"]
per-kind = 1
per-step = 2
[easy-read]
title = "What you can do"
opening = ["You have worked with wood.", "Here is what you can do."]
closing = ["Do you have questions?"]
[[step]]
number = 8
title = "Get into work"
[[scale]]
id = "s"
values = [0, 1, 2, 3, 4]
not-observed = "n"
[[item]]
id = "plan"
scale = "s"
title = "Planning"
[[item]]
id = "finish"
scale = "s"
title = "Finish"
[[ladder]]
id = "steps"
title = "Independence"
levels = [
  { id = "low", at-least = 0, title = "with guidance", easy = "You work with help." },
  { id = "high", at-least = 2.5, title = "independent", bar = 4, easy = "You work without help." },
]
[[measure]]
id = "field"
title = "Woodworking, fundamentals"
easy = "Wood"
rule = "mean"
of = ["plan"]
levels = "steps"
[[measure]]
id = "care"
title = "Care"
picture = "done"
rule = "mean"
of = ["finish"]
levels = "steps"
[[finding]]
id = "plain"
kind = "ability"
when = { level = { of = "field", is = "high" } }
text = "Works with wood {{ field.level }}."
easy = "You like wood: {{ field.title }}."
picture = "interest"
[[finding]]
id = "less-important"
kind = "ability"
priority = 60
when = { level = { of = "field", is = "high" } }
text = "Builds."
easy = "You build."
[[finding]]
id = "only-on-the-certificate"
kind = "potential"
when = { level = { of = "field", is = "high" } }
text = "May grow."
[[recommendation]]
id = "for-advisers"
step = 8
internal = true
priority = 1
body = "Team"
text = "Look into the file"
[[recommendation]]
id = "try-out"
step = 8
body = "Team Work"
due = "8 weeks"
text = "Two-week try-out in a company"
easy = "You work in a company for 2 weeks."
picture = "work"
[[recommendation]]
id = "course"
step = 8
body = "School"
text = "Course of further qualification"
easy = "You learn more."
[[recommendation]]
id = "one-too-many"
step = 8
priority = 90
body = "School"
text = "Something else"
easy = "You do something else."
"#;

fn easy(assessment: &Assessment, entry: &Entry, language: Language) -> Result<EasyReadData, Withheld> {
    let record = Record::new(assessment, entry).expect("sound");
    EasyReadData::new(&recommend(&score(&record), date(2026, 11, 22)), &issuing(), language)
}

fn certificate(
    assessment: &Assessment,
    entry: &Entry,
    language: Language,
) -> Result<CertificateData, Withheld> {
    let record = Record::new(assessment, entry).expect("sound");
    CertificateData::new(&recommend(&score(&record), date(2026, 11, 22)), &issuing(), language)
}

fn wood(definition: &str, entry: &Entry) -> Result<EasyReadData, Withheld> {
    let assessment = assessment(definition);
    easy(&assessment, entry, assessment.main_language())
}

#[test]
fn the_page_says_in_plain_words_what_the_certificate_says() {
    let page = wood(WOOD, &entry("anna: plan 3, finish n; ben: plan 4, finish n")).unwrap();
    insta::assert_snapshot!(format!("{:#}", serde_json::to_value(&page).unwrap()), @r##"
    {
      "format": "kompetenz-easy-read/1",
      "number": "5DNH-V2SW-EBKG",
      "language": "en",
      "title": "What you can do",
      "issued": {
        "iso": "2026-11-22",
        "text": "November 22, 2026"
      },
      "issuer": {
        "name": "Example",
        "address": [],
        "place": "Dortmund",
        "color": "#0d5c73",
        "signatories": []
      },
      "name": "Test",
      "opening": [
        "You have worked with wood.",
        "Here is what you can do."
      ],
      "strengths": [
        {
          "id": "field",
          "picture": "wood",
          "title": "Wood",
          "text": "You work without help.",
          "bar": 4
        }
      ],
      "sentences": [
        {
          "id": "plain",
          "picture": "interest",
          "text": "You like wood: Woodworking, fundamentals."
        }
      ],
      "next": [
        {
          "id": "try-out",
          "picture": "work",
          "text": "You work in a company for 2 weeks.",
          "body": "Team Work",
          "due": {
            "iso": "2027-01-17",
            "words": "January 17, 2027",
            "figures": "17.01.2027"
          }
        },
        {
          "id": "course",
          "picture": "wood",
          "text": "You learn more.",
          "body": "School"
        }
      ],
      "closing": [
        "Do you have questions?"
      ]
    }
    "##);
}

/// What a program writes it reads again, and other fields than these are mistakes.
#[test]
fn the_page_is_a_contract() {
    let page = wood(WOOD, &entry("anna: plan 3; ben: plan 4")).unwrap();
    let mut json = serde_json::to_value(&page).unwrap();
    let schema = jsonschema::validator_for(&EasyReadData::schema()).unwrap();
    assert!(schema.is_valid(&json));
    assert_eq!(serde_json::from_value::<EasyReadData>(json.clone()).unwrap(), page);
    let fixture = crate::read(&crate::repository("fixtures/easy-read/short.json"));
    let fixture: EasyReadData = serde_json::from_str(&fixture).unwrap();
    assert!(schema.is_valid(&serde_json::to_value(&fixture).unwrap()));
    assert_eq!(fixture.format, page.format);
    json["strengths"][0]["picture"] = "spoon".into();
    assert!(!schema.is_valid(&json));
    assert!(serde_json::from_value::<EasyReadData>(json).is_err());
}

/// The page and the certificate are withheld together and for the same reason.
#[test]
fn there_is_no_page_without_its_certificate() {
    let required = WOOD.replacen("language = \"en\"", "language = \"en\"\ndecisions = \"required\"", 1);
    for (definition, observations, code) in [
        (WOOD, "anna: plan 0; ben: plan 4", "disputed"),
        (WOOD, "anna: plan n; ben: plan n", "nothing-shown"),
        (&required, "anna: plan 3; ben: plan 3", "undecided"),
    ] {
        let (assessment, entry) = (assessment(definition), entry(observations));
        let language = assessment.main_language();
        let withheld = easy(&assessment, &entry, language).unwrap_err();
        assert_eq!(withheld.code(), code);
        assert_eq!(withheld, certificate(&assessment, &entry, language).unwrap_err());
    }
}

#[test]
fn a_definition_says_which_documents_there_are() {
    let (head, rest) = WOOD.split_once("[easy-read]").unwrap();
    let without_page =
        format!("{head}{}", rest.split_once("[[step]]").map(|(_, rest)| format!("[[step]]{rest}")).unwrap());
    let (head, rest) = without_page.split_once("[certificate]").unwrap();
    let neither =
        format!("{head}{}", rest.split_once("[[step]]").map(|(_, rest)| format!("[[step]]{rest}")).unwrap());
    for (definition, documents) in [
        (WOOD, &[Document::Certificate, Document::EasyRead, Document::Report][..]),
        (&without_page, &[Document::Certificate, Document::Report]),
        (&neither, &[Document::Report]),
    ] {
        assert_eq!(assessment(definition).documents(), documents);
    }
    let withheld = wood(&without_page, &entry("anna: plan 3; ben: plan 3")).unwrap_err();
    assert_eq!(withheld, Withheld::Undefined(Document::EasyRead));
    assert_eq!(withheld.message().en, "the assessment defines no easy-read page");
    assert_eq!(withheld.message().de, "das Verfahren sieht keine Seite „einfach erklärt“ vor");
}

/// What a person has written for this participant is not replaced by a sentence written for all.
#[test]
fn the_words_of_the_assessor_stand() {
    let decided = |ruling| Decision { ruling, reason: Some("why".into()), by: None, spot: Spot::default() };
    let text = |text: &str| vec![Localized { language: None, text: text.into() }];
    let entry = Entry {
        decisions: vec![
            decided(Ruling::Edited("try-out".into(), text("You work in a bakery."))),
            decided(Ruling::Confirmed("course".into())),
            decided(Ruling::Added { step: 8, text: text("You visit us."), body: text("Ms Kaya"), due: None }),
        ],
        ..entry("anna: plan 3; ben: plan 3")
    };
    let without_limit = WOOD.replacen("per-step = 2\n", "", 1);
    let page = wood(&without_limit, &entry).unwrap();
    let said: Vec<_> = page.next.iter().map(|next| (next.text.as_str(), next.picture.word())).collect();
    assert_eq!(
        said,
        [
            ("You visit us.", "advice"),
            ("You work in a bakery.", "work"),
            ("You learn more.", "wood"),
            ("You do something else.", "wood"),
        ]
    );
}

/// Whatever the language: the same strengths, steps and days as the certificate, in its order.
#[test]
fn the_shipped_page_goes_with_its_certificate_in_every_language() {
    let assessment = nordstadt();
    let fields = ["metal", "wood", "cleaning", "kitchen", "care", "warehouse"];
    for field in fields {
        let criteria = ["order", "plan", "safety", "quality", "tempo"];
        let tasks = match field {
            "metal" => ["saw", "drill"],
            "wood" => ["saw", "box"],
            "cleaning" => ["room", "dose"],
            "kitchen" => ["cut", "recipe"],
            "care" => ["bed", "stand"],
            _ => ["pick", "pack"],
        };
        let rating =
            |task: &str| criteria.map(|criterion| format!("{field}.{task}-{criterion} 4")).join(", ");
        let ratings = tasks.map(rating).join(", ");
        let german = "german.listening-screening A2, german.reading-screening A2, german.speaking-screening B1, german.writing-screening A1";
        let entry = entry(&format!("anna: {ratings}, {german}; ben: {ratings}"));
        for language in &assessment.languages {
            let language = assessment.language(language).unwrap();
            let page = easy(assessment, &entry, language).unwrap();
            let certificate = certificate(assessment, &entry, language).unwrap();
            assert_ne!(page.number, certificate.number);
            let strengths: Vec<_> = page.strengths.iter().map(|own| (&own.id, own.bar)).collect();
            assert_eq!(
                strengths,
                certificate.profile.iter().map(|own| (&own.id, own.bar)).collect::<Vec<_>>()
            );
            assert_eq!(strengths.len(), 5);
            let steps = certificate.steps.iter().flat_map(|step| &step.recommendations);
            let steps: Vec<_> = steps.map(|own| (&own.id, own.due.as_ref().map(|day| &day.iso))).collect();
            let next: Vec<_> =
                page.next.iter().map(|own| (&own.id, own.due.as_ref().map(|day| &day.iso))).collect();
            assert_eq!(next, steps);
            assert!(next.len() >= 4, "{field}: {next:?}");
        }
    }
}

/// One thought a line, and a line is a line: the rules of plain language as far as a machine can tell.
#[test]
fn shipped_sentences_are_short() {
    let texts = originals(&nordstadt_sources()).expect("no mistakes").texts;
    let easy = texts.iter().filter(|text| text.path.ends_with("easy") || text.path.starts_with("easy-read."));
    let mut count = 0;
    for text in easy {
        let (path, text) = (&text.path, &text.text);
        assert!(text.chars().count() <= 80, "{path}: {text}");
        let ends = text.matches(['.', '?', '!']).count();
        let placeholders = text.matches("{{").count();
        assert!(ends <= 1 + placeholders, "{path} is more than one sentence: {text}");
        // The subjunctive, and words for what should be: nobody is told off.
        for word in ["würde", "könnte", "sollte", "müss", "leider"] {
            assert!(!text.to_lowercase().contains(word), "{path}: {text}");
        }
        count += 1;
    }
    assert!(count > 60, "only {count}");
}
