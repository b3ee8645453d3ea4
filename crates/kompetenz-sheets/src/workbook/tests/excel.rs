//! What may stand in XLSX, written by a library and, where no library writes it, by hand.

use insta::assert_snapshot;
use rust_xlsxwriter::{Chart, ChartType, ExcelDateTime, Format, Formula, Workbook as Writer};

use super::{changed_excel, dump, excel};
use crate::workbook::Workbook;

#[test]
fn every_kind_of_cell_keeps_its_meaning() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("Ergebnisse").unwrap();
    let (day, time, span) = (
        Format::new().set_num_format("dd.mm.yyyy"),
        Format::new().set_num_format("hh:mm"),
        Format::new().set_num_format("[h]:mm"),
    );
    let bold = Format::new().set_bold();
    let half_past_one = ExcelDateTime::from_ymd(2026, 11, 9).unwrap().and_hms(13, 30, 0).unwrap();
    sheet.merge_range(0, 0, 0, 2, "Kopf", &bold).unwrap();
    sheet.write(1, 0, "Țurcanu 🙂 \u{1F468}\u{200D}\u{1F469}").unwrap();
    sheet.write(1, 1, 3).unwrap();
    sheet.write(1, 2, 0.1 + 0.2).unwrap();
    sheet.write(1, 3, -1e-7).unwrap();
    sheet.write(1, 4, 1.5e21).unwrap();
    sheet.write(1, 5, true).unwrap();
    sheet.write(1, 6, "42").unwrap();
    sheet.write_with_format(2, 0, ExcelDateTime::from_ymd(1990, 3, 12).unwrap(), &day).unwrap();
    sheet.write_with_format(2, 1, half_past_one, &day).unwrap();
    sheet.write_with_format(2, 2, ExcelDateTime::from_hms(13, 30, 0).unwrap(), &time).unwrap();
    sheet.write_with_format(2, 3, 1.5, &span).unwrap();
    sheet.write_with_format(2, 4, 0.5, &day).unwrap();
    for (column, serial) in [(5, 1), (6, 59), (7, 60), (8, 61), (9, 2_958_465), (10, 2_958_466), (11, -1)] {
        sheet.write_with_format(2, column, serial, &day).unwrap();
    }
    sheet.write(3, 0, Formula::new("=1+2").set_result("3")).unwrap();
    sheet.write(3, 1, Formula::new("=A1").set_result("ein Text")).unwrap();
    sheet.write(3, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(3, 3, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write(3, 4, Formula::new("=1=1").set_result("TRUE")).unwrap();
    sheet.write_rich_string(4, 0, &[(&bold, "fett"), (&Format::new(), " und normal")]).unwrap();
    sheet.write(4, 1, "  zwei Zeilen\nmit Rand  ").unwrap();
    sheet.write(4, 2, "_x000D_ wörtlich").unwrap();
    sheet.write(4, 3, "'007").unwrap();
    sheet.write_blank(5, 0, &bold).unwrap();
    sheet.write(6, 16_383, "letzte Spalte").unwrap();
    sheet.write(1_048_575, 0, "letzte Zeile").unwrap();
    writer.add_worksheet().set_name("versteckt").unwrap().set_hidden(true).write(0, 0, 1).unwrap();
    writer.add_worksheet().set_name("tief versteckt").unwrap().set_very_hidden(true);
    assert_snapshot!(dump(&writer.save_to_buffer().unwrap()), @r#"
    Ergebnisse
    1: A "Kopf"
    2: A "Țurcanu 🙂 👨\u{200d}👩" B 3 C 0.3 D -0.0000001 E 1500000000000000000000 F Flag(true) G "42"
    3: A 1990-03-12 B 2026-11-09 C Other D Other E Other F 1900-01-01 G 1900-02-28 H Other I 1900-03-01 J 9999-12-31 K Other L Other
    4: A 3 B "ein Text" C Error D Error E Flag(true)
    5: A "fett und normal" B "  zwei Zeilen\nmit Rand  " C "_x000D_ wörtlich" D "'007"
    7: XFD "letzte Spalte"
    1048576: A "letzte Zeile"
    versteckt (hidden)
    1: A 1
    tief versteckt (hidden)
    "#);
}

#[test]
fn rows_begin_anew_and_charts_are_no_sheets() {
    let mut writer = Writer::new();
    let mut chart = Chart::new(ChartType::Bar);
    chart.add_series().set_values("Zahlen!$A$3:$A$3");
    writer.add_chartsheet().set_name("Diagramm").unwrap().insert_chart(0, 0, &chart).unwrap();
    writer.add_worksheet().set_name("Zahlen").unwrap().write(2, 0, 7).unwrap();
    let bytes = writer.save_to_buffer().unwrap();
    let mut workbook = Workbook::open(&bytes).unwrap();
    assert_eq!(workbook.sheets().iter().map(|sheet| &sheet.name).collect::<Vec<_>>(), ["Zahlen"]);
    for _ in 0..2 {
        use crate::rows::Rows as _;
        let mut rows = workbook.rows(0).unwrap();
        assert_eq!(rows.next_row().unwrap(), Some(3));
        assert_eq!(rows.next_row().unwrap(), None);
        assert_eq!((rows.next_row().unwrap(), rows.width()), (None, 0));
    }
    assert!(workbook.rows(1).is_err());
}

#[test]
fn the_day_zero_of_old_macs_is_another_one() {
    let days = [0, 1, 59, 60, 61, 33_309].map(|serial| format!(r#"<c s="1"><v>{serial}</v></c>"#)).concat();
    let rows = format!(r#"<row>{days}<c s="1"><v>0.5</v></c><c s="2"><v>5</v></c></row>"#);
    assert_snapshot!(dump(&excel(&rows)), @"
    One
    1: A Other B 1900-01-01 C 1900-02-28 D Other E 1900-03-01 F 1991-03-12 G Other H Other
    ");
    let since_1904 = changed_excel(&rows, |name, content| {
        if name == "xl/workbook.xml" {
            *content = content.replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
        }
    });
    assert_snapshot!(dump(&since_1904), @"
    One
    1: A 1904-01-01 B 1904-01-02 C 1904-02-29 D 1904-03-01 E 1904-03-02 F 1995-03-13 G Other H Other
    ");
}

#[test]
fn what_no_library_writes_is_understood_too() {
    let cells = [
        // Types with and without values, in a formula or not.
        r#"<c><v/></c><c/><c t="s"><v>2</v></c><c t="s"><v>1</v></c><c t="str"><v>a_x000D_b&amp;&#x219;</v></c>"#,
        r#"<c><f>A1</f></c><c><f>A1</f><v></v></c><c t="str"><f>A1</f><v></v></c><c t="str"><f>A1</f></c><c t="e"><f>A1</f></c>"#,
        r#"<c t="e"><v>#SPILL!</v></c><c t="b"><v>2</v></c><c t="d"><v>2026-11-09T10:00:00</v></c><c t="d"><v>T10:00:00</v></c>"#,
        r#"<c t="new"><v>1</v></c><c><v>three</v></c><c><v>1e400</v></c><c><v>NaN</v></c><c><v>&#51;</v></c><c><v>1<!-- -->2</v></c>"#,
        r"<c><v>007</v></c><c><v>-0</v></c><c><v>1E3</v></c><c><v>0.00001234567890123456</v></c><c><v>123456789012345678</v></c>",
        r#"<c t="inlineStr"><v>nicht</v><is><r><t>in</t></r><r><rPr><b/></rPr><t xml:space="preserve">line </t></r><rPh><t>nie</t></rPh></is></c>"#,
        r#"<c t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c><c t="inlineStr"><is><t>_xD83D__xDE42_ _x0000_ _x005F_x0041_ _xD83D_ _x12</t></is></c>"#,
    ];
    let rows = cells.map(|cells| format!("<row>{cells}</row>")).concat();
    assert_snapshot!(dump(&excel(&rows)), @r#"
    One
    1: C "two" E "a\rb&ș"
    2: A Uncomputed B Uncomputed D Uncomputed E Uncomputed
    3: A Error B Other C 2026-11-09 D Other
    4: A Other B Other C Other D Other E 3 F 12
    5: A 7 B 0 C 1000 D 0.0000123456789012346 E 123456789012346000
    6: A "inline "
    7: A "<b>" B "🙂 \0 _x0041_ � _x12"
    "#);
}

/// Prefixes, capitals and places of parts are up to the writer.
#[test]
fn parts_are_found_however_they_are_written() {
    let bytes = changed_excel("", |name, content| match name {
        "xl/workbook.xml" => {
            *content = r#"<?xml version="1.0"?><x:workbook xmlns:x="a"><x:sheets><x:sheet name="A &amp; B" q:id="rId1" sheetId="rId2"/></x:sheets></x:workbook>"#.into();
        }
        "xl/_rels/workbook.xml.rels" => *content = content.replace("worksheets/", "../XL/./Worksheets/"),
        "xl/worksheets/sheet1.xml" => {
            *content = "\u{FEFF}<x:worksheet><x:sheetData><x:row r=\"4\"><x:c r=\"b4\"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>".into();
        }
        _ => {}
    });
    assert_snapshot!(dump(&bytes), @"
    A & B
    4: B 3
    ");
}
