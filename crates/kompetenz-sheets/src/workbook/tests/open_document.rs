//! What may stand in ODS beyond what is in the fixture.

use insta::assert_snapshot;

use super::{Workbook, changed_excel, dump, ods, ods_rows};
use crate::rows::{Merged, Rows as _};

#[test]
fn rows_are_found_in_groups_and_counted_with_those_left_out() {
    let row = |text: &str| {
        format!(
            "<table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
        )
    };
    let rows = [
        "<table:table-column/><table:shapes><draw:frame><text:p>drawn</text:p></draw:frame></table:shapes>".to_owned(),
        format!("<table:table-header-rows>{}</table:table-header-rows>", row("head")),
        "<table:table-row table:number-rows-repeated=\"7\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
        format!("<table:table-row-group><table:table-row-group>{}</table:table-row-group>{}</table:table-row-group>", row("deep"), row("less")),
        row("last"),
        "<table:table-row table:number-rows-repeated=\"9999999\"><table:table-cell/></table:table-row>".to_owned(),
    ];
    assert_snapshot!(dump(&ods_rows(&rows.concat())), @r#"
    One
    1: A "head"
    9: A "deep"
    10: A "less"
    11: A "last"
    "#);
}

#[test]
fn cells_keep_their_meaning() {
    let cells = [
        r#"<table:table-cell office:value-type="string" office:string-value="stored"><text:p>shown</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="float" office:value="3.0000000000000004E0"/>"#,
        r#"<table:table-cell office:value-type="float"/>"#,
        r#"<table:table-cell table:formula="of:=1"/>"#,
        r#"<table:table-cell table:formula="of:=1"><text:p/></table:table-cell>"#,
        r#"<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#WERT!</text:p></table:table-cell>"#,
        r#"<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>Err:502</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="string"><text:p>#WERT!</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="date" office:date-value="1990-02-31"/>"#,
        r#"<table:table-cell office:value-type="currency" office:value="1.5"/>"#,
        r#"<table:table-cell office:value-type="new" office:value="1.5"/>"#,
        "<table:table-cell><text:p>  much \n space <text:s/><text:s text:c=\"2\"/>here<text:line-break/>and<text:tab/>there<text:note><text:p>no</text:p></text:note></text:p><draw:frame><text:p>no</text:p></draw:frame></table:table-cell>",
        "<table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>",
    ];
    let row = format!("<table:table-row>{}</table:table-row>", cells.concat());
    assert_snapshot!(dump(&ods_rows(&row)), @r##"
    One
    1: A "stored" B 3 C Other D Uncomputed F Error G Error H "#WERT!" I Other J 1.5 K Other L "much space    here\nand\tthere" M "covered"
    "##);
}

/// What a program keeps of other files is no sheet, nor is a table inside a link to one.
#[test]
fn only_the_sheets_of_the_file_itself_are_listed() {
    let row = "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    let table = |name: &str, style: &str| {
        format!(r#"<table:table table:name="{name}" table:style-name="{style}">{row}</table:table>"#)
    };
    let tables = [
        table("&apos;file:///a.ods&apos;#$A", "ta_extref"),
        table("shown", "ta1"),
        table("not shown", "hid"),
        format!(
            "<table:dde-links><table:dde-link>{}</table:dde-link></table:dde-links>",
            table("linked", "ta1")
        ),
    ];
    assert_snapshot!(dump(&ods(&tables.concat())), @"
    shown
    1: A 1
    not shown (hidden)
    1: A 1
    ");
}

#[test]
fn cells_merged_across_rows_are_known_in_both_formats() {
    let cell = r#"<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
    let wide = cell.replacen("cell ", r#"cell table:number-columns-spanned="2" "#, 1);
    let high =
        cell.replacen("cell ", r#"cell table:number-columns-spanned="2" table:number-rows-spanned="3" "#, 1);
    let open_document =
        ods_rows(&format!("<table:table-row>{wide}<table:covered-table-cell/>{high}</table:table-row>"));
    let merges =
        r#"<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:D3"/><mergeCell ref="?"/></mergeCells>"#;
    let excel = changed_excel("<row><c><v>1</v></c></row>", |_, content| {
        *content = content.replace("</sheetData>", &format!("</sheetData>{merges}"));
    });
    for bytes in [open_document, excel] {
        let mut workbook = Workbook::open(&bytes).unwrap();
        let mut rows = workbook.rows(0).unwrap();
        while rows.next_row().unwrap().is_some() {}
        assert_eq!(rows.merged(), [Merged { rows: (1, 3), columns: (3, 4) }]);
    }
}
