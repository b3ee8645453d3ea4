//! What keeps assessors from slips: checks of each cell, colours and locks, as they stand in the XML of the sheet.

use insta::assert_snapshot;
use kompetenz_sheets::write::EntrySheet;

use super::{NORDSTADT, part, plain, shipped, small, written};

/// Each element of this name with its attributes and content.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let start = format!("<{name} ");
    let end = format!("</{name}>");
    xml.split(&start)
        .skip(1)
        .map(|rest| {
            let (own, _) = rest.split_once(&end).unwrap_or_else(|| rest.split_once("/>").unwrap());
            own.to_owned()
        })
        .collect()
}

/// An attribute of an element, or nothing.
fn attribute<'x>(element: &'x str, name: &str) -> &'x str {
    let start = format!(" {name}=\"");
    let head = element.split('>').next().unwrap();
    head.split_once(&start).map_or("", |(_, rest)| rest.split('"').next().unwrap())
}

/// The checks of a sheet: where, what, and what is said if it fails.
fn checks(bytes: &[u8]) -> String {
    let xml = part(bytes, "xl/worksheets/sheet2.xml");
    let mut lines = Vec::new();
    for element in elements(&xml, "dataValidation") {
        let element = format!(" {element}");
        let formulas: Vec<&str> = ["formula1", "formula2"]
            .iter()
            .filter_map(|name| {
                let (_, rest) = element.split_once(&format!("<{name}>"))?;
                Some(rest.split_once('<')?.0)
            })
            .collect();
        // Excel stops at what fails unless it says otherwise.
        assert_eq!(attribute(&element, "errorStyle"), "");
        assert_eq!(attribute(&element, "showErrorMessage"), "1");
        lines.push(format!(
            "{} {} {} | {}: {}",
            attribute(&element, "sqref"),
            attribute(&element, "type"),
            formulas.join(" and "),
            attribute(&element, "errorTitle"),
            attribute(&element, "error"),
        ));
    }
    lines.join("\n")
}

#[test]
fn every_kind_of_cell_has_its_check() {
    let wish = EntrySheet { modules: Some(vec!["metal".into(), "german".into()]), ..plain(&NORDSTADT) };
    assert_snapshot!(checks(&written(&NORDSTADT, &wish)), @"
    AF5:AI34 list list_6 | Nicht in der Liste: Bitte aus der Liste wählen oder eines davon tippen: L1, L2, L3, L4, A1, A2, B1, B2, n
    AJ5:AJ34 whole 0 and 45 | Nicht auf der Skala: Erlaubt sind: 0 bis 45, in Schritten von 1
    AK5:AK34 custom IF(ISNUMBER(AK5),AND(AK5&gt;=(0),AK5&lt;=(20),ABS((AK5-(0))/(0.5)-ROUND((AK5-(0))/(0.5),0))&lt;0.000001),FALSE) | Nicht auf der Skala: Erlaubt sind: 0 bis 20, in Schritten von 0,5
    AL5:AL34 custom IF(ISNUMBER(AL5),AND(AL5&gt;=(0),AL5&lt;=(100),ABS((AL5-(0))/(0.5)-ROUND((AL5-(0))/(0.5),0))&lt;0.000001),FALSE) | Nicht auf der Skala: Erlaubt sind: 0 bis 100, in Schritten von 0,5
    C5:C34 date 367 and 109574 | Kein Datum: Bitte Tag, Monat und das ganze Jahr schreiben, zwischen 1901 und 2199: 12.03.1990.
    F5:F34 whole 1 | Kein Durchgang: Bitte eine ganze Zahl schreiben: 1, 2, 3 …
    G5:G34 date 367 and 109574 | Kein Datum: Bitte Tag, Monat und das ganze Jahr schreiben, zwischen 1901 und 2199: 12.03.1990.
    H5:H34 date 367 and 109574 | Kein Datum: Bitte Tag, Monat und das ganze Jahr schreiben, zwischen 1901 und 2199: 12.03.1990.
    I5:I34 decimal 0 | Keine Stundenzahl: Bitte eine Zahl ohne Einheit schreiben: 7,5.
    K5:K34 list list_1 | Nicht in der Liste: Bitte aus der Liste wählen oder eines davon tippen: ro, bg, tr, de, pl, it, ru, uk, hr, ar, rom, other
    L5:L34 list list_2 | Nicht in der Liste: Bitte aus der Liste wählen oder eines davon tippen: ja, nein
    M5:M34 list list_3 | Nicht in der Liste: Bitte aus der Liste wählen oder eines davon tippen: cleaner, kitchen-helper, warehouse-helper, metal-helper, wood-helper, everyday-helper
    N5:N34 list list_4 | Nicht in der Liste: Bitte aus der Liste wählen oder eines davon tippen: ja, nein
    O5:O34 custom ISNUMBER(O5) | Keine Zahl: Bitte eine Zahl ohne Einheit schreiben.
    P5:AD34 list list_5 | Nicht in der Liste: Bitte aus der Liste wählen oder eines davon tippen: 0, 1, 2, 3, 4, n
    ");
    let points = shipped("points-test");
    let english = EntrySheet { blank_rows: 5, ..EntrySheet::new(points.language("en").unwrap()) };
    assert_snapshot!(checks(&written(&points, &english)), @r#"
    C5:C9 date 367 and 109574 | Not a day: Please write day, month and the year in full, between 1901 and 2199: 12.03.1990.
    F5:F9 whole 1 | Not a trial: Please write a whole number: 1, 2, 3 …
    G5:G9 date 367 and 109574 | Not a day: Please write day, month and the year in full, between 1901 and 2199: 12.03.1990.
    H5:H9 date 367 and 109574 | Not a day: Please write day, month and the year in full, between 1901 and 2199: 12.03.1990.
    I5:I9 decimal 0 | Not a number of hours: Please write a number without a unit: 7.5.
    K5:P9 list list_1 | Not in the list: Please choose from the list, or type one of these: a, b, c, d, -, v
    Q5:Q9 custom OR(SUMPRODUCT(--(list_2&amp;""=Q5&amp;""))&gt;0,IF(ISNUMBER(Q5),AND(Q5&gt;=(0),Q5&lt;=(900),ABS((Q5-(0))/(1)-ROUND((Q5-(0))/(1),0))&lt;0.000001),FALSE)) | Outside the scale: Allowed are: 0 to 900 s, in steps of 1; n
    R5:R9 custom OR(SUMPRODUCT(--(list_3&amp;""=R5&amp;""))&gt;0,IF(ISNUMBER(R5),AND(R5&gt;=(0),R5&lt;=(50),ABS((R5-(0))/(0.1)-ROUND((R5-(0))/(0.1),0))&lt;0.000001),FALSE)) | Outside the scale: Allowed are: 0 to 50 mm, in steps of 0.1; n
    S5:S9 list list_4 | Not in the list: Please choose from the list, or type one of these: yes, no, n
    "#);
}

#[test]
fn a_long_list_of_choices_fits_into_the_message() {
    let options: Vec<String> = (0..200).map(|n| format!("\"choice-{n}\"")).collect();
    let assessment = small(&format!(
        "[[fact]]\nid = \"f\"\nkind = \"choice\"\noptions = [{}]\ntitle = \"F\"\n\
         [[scale]]\nid = \"s\"\nyes-no = true\n[[item]]\nid = \"one\"\ntitle = \"One\"\nscale = \"s\"\n",
        options.join(", "),
    ));
    let checks = checks(&written(&assessment, &plain(&assessment)));
    let last = checks.lines().find(|line| line.starts_with('K')).unwrap();
    assert!(last.starts_with("K5:K34 list list_1 | Not in the list:"), "{last}");
    assert!(last.ends_with('…') && last.chars().count() < 350, "{last}");
}

#[test]
fn only_cells_to_fill_in_are_unlocked() {
    let bytes = written(&NORDSTADT, &plain(&NORDSTADT));
    let xml = part(&bytes, "xl/worksheets/sheet2.xml");
    let protection = elements(&xml, "sheetProtection");
    assert_eq!(protection.len(), 1);
    let protection = format!(" {}", protection[0]);
    assert_eq!(attribute(&protection, "password"), "");
    // Nought: allowed although the sheet is protected.
    for allowed in ["formatColumns", "formatRows", "formatCells", "insertRows", "sort"] {
        assert_eq!(attribute(&protection, allowed), "0", "{allowed}");
    }
    let styles = part(&bytes, "xl/styles.xml");
    let (_, formats) = styles.split_once("<cellXfs ").unwrap();
    let formats: Vec<&str> = formats.split("<xf ").skip(1).collect();
    let unlocked = |cell: &str| {
        let style: usize = attribute(&format!(" {cell}"), "s").parse().unwrap();
        formats[style].contains("locked=\"0\"")
    };
    let cells = elements(&xml, "c");
    let row = |cell: &str| -> u32 {
        attribute(&format!(" {cell}"), "r")
            .trim_start_matches(|c: char| c.is_ascii_uppercase())
            .parse()
            .unwrap()
    };
    assert!(cells.iter().all(|cell| unlocked(cell) == (row(cell) >= 5)));
    assert_eq!(cells.iter().filter(|cell| unlocked(cell)).count() % 30, 0);
}

#[test]
fn modules_fold_one_by_one_and_colours_follow_the_rules() {
    let wish = EntrySheet { modules: Some(vec!["metal".into(), "german".into()]), ..plain(&NORDSTADT) };
    let xml = part(&written(&NORDSTADT, &wish), "xl/worksheets/sheet2.xml");
    let folded: Vec<String> = elements(&xml, "col")
        .iter()
        .map(|column| format!(" {column}"))
        .filter(|column| attribute(column, "outlineLevel") == "1")
        .map(|column| format!("{}-{}", attribute(&column, "min"), attribute(&column, "max")))
        .collect();
    assert_snapshot!(folded.join(" "), @"16-30 32-38");
    let pane = elements(&xml, "pane");
    assert_snapshot!(pane[0], @r#"xSplit="2" ySplit="4" topLeftCell="C5" activePane="bottomRight" state="frozen""#);
    let rules: Vec<String> = xml
        .split("<conditionalFormatting ")
        .skip(1)
        .flat_map(|block| {
            let place = attribute(&format!(" {block}"), "sqref").to_owned();
            let formulas = block.split("<formula>").skip(1).map(|formula| formula.split('<').next().unwrap());
            formulas.map(|formula| format!("{place} {formula}")).collect::<Vec<_>>()
        })
        .collect();
    assert_snapshot!(rules.join("\n"), @r#"
    K5:K34 AND(K5&lt;&gt;"",SUMPRODUCT(--(list_1&amp;""=K5&amp;""))=0)
    L5:L34 AND(L5&lt;&gt;"",SUMPRODUCT(--(list_2&amp;""=L5&amp;""))=0)
    M5:M34 AND(M5&lt;&gt;"",SUMPRODUCT(--(list_3&amp;""=M5&amp;""))=0)
    N5:N34 AND(N5&lt;&gt;"",SUMPRODUCT(--(list_4&amp;""=N5&amp;""))=0)
    P5:AD34 AND(P5&lt;&gt;"",SUMPRODUCT(--(list_5&amp;""=P5&amp;""))=0)
    P5:AD34 AND(P5="",$A5&amp;$B5&lt;&gt;"")
    AF5:AI34 AND(AF5&lt;&gt;"",SUMPRODUCT(--(list_6&amp;""=AF5&amp;""))=0)
    AJ5:AJ34 AND(AJ5&lt;&gt;"",NOT(IF(ISNUMBER(AJ5),AND(AJ5&gt;=(0),AJ5&lt;=(45),ABS((AJ5-(0))/(1)-ROUND((AJ5-(0))/(1),0))&lt;0.000001),FALSE)))
    AK5:AK34 AND(AK5&lt;&gt;"",NOT(IF(ISNUMBER(AK5),AND(AK5&gt;=(0),AK5&lt;=(20),ABS((AK5-(0))/(0.5)-ROUND((AK5-(0))/(0.5),0))&lt;0.000001),FALSE)))
    AL5:AL34 AND(AL5&lt;&gt;"",NOT(IF(ISNUMBER(AL5),AND(AL5&gt;=(0),AL5&lt;=(100),ABS((AL5-(0))/(0.5)-ROUND((AL5-(0))/(0.5),0))&lt;0.000001),FALSE)))
    A5:A34 AND(A5="",COUNTA($P5:$AM5)&gt;0)
    B5:B34 AND(B5="",COUNTA($P5:$AM5)&gt;0)
    D5:D34 AND(D5="",COUNTA($P5:$AM5)&gt;0)
    AF5:AL34 AND(AF5="",$A5&amp;$B5&lt;&gt;"")
    "#);
}
