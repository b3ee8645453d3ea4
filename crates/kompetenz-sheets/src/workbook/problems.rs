//! Everything that can be wrong with a workbook as a whole, in words.

use kompetenz::entry::FaultCode;
use kompetenz::{Words, words};

use crate::rows::Problem;

fn unreadable(message: Words, help: Words) -> Problem {
    Problem::new(FaultCode::Unreadable, message, Some(help))
}

/// What helps against nearly everything that other programs and mail systems do to a workbook.
fn save_again() -> Words {
    words!(
        "open it in Excel or LibreOffice, save it under a new name and hand that in; if it does not open, take another copy",
        "in Excel oder LibreOffice öffnen, unter neuem Namen speichern und diese Datei abgeben; lässt sie sich nicht öffnen, eine andere Kopie nehmen"
    )
}

fn save_as_xlsx() -> Words {
    words!(
        "open it in Excel or LibreOffice and save it as `Excel Workbook (*.xlsx)`",
        "in Excel oder LibreOffice öffnen und als `Excel-Arbeitsmappe (*.xlsx)` speichern"
    )
}

pub(super) fn encrypted() -> Problem {
    let message = words!(
        "the workbook is protected by a password",
        "die Arbeitsmappe ist mit einem Kennwort geschützt"
    );
    let help = words!(
        "remove the password: in Excel File, Info, Protect Workbook, Encrypt with Password; in LibreOffice File, Save As, without `Save with password`",
        "das Kennwort entfernen: in Excel Datei, Informationen, Arbeitsmappe schützen, Mit Kennwort verschlüsseln; in LibreOffice Datei, Speichern unter, ohne `Mit Kennwort speichern`"
    );
    Problem::new(FaultCode::Encrypted, message, Some(help))
}

pub(super) fn old_excel() -> Problem {
    unreadable(
        words!(
            "the workbook is in the old format of Excel (.xls)",
            "die Arbeitsmappe ist im alten Format von Excel (.xls)"
        ),
        save_as_xlsx(),
    )
}

pub(super) fn binary_excel() -> Problem {
    unreadable(
        words!(
            "the workbook is in the binary format of Excel (.xlsb)",
            "die Arbeitsmappe ist im Binärformat von Excel (.xlsb)"
        ),
        save_as_xlsx(),
    )
}

pub(super) fn apple_numbers() -> Problem {
    unreadable(
        words!("the file is a spreadsheet of Numbers", "die Datei ist eine Tabelle aus Numbers"),
        words!("in Numbers: File, Export To, Excel", "in Numbers: Ablage, Exportieren, Excel"),
    )
}

pub(super) fn text_document() -> Problem {
    unreadable(
        words!(
            "the file is a text document, not a workbook",
            "die Datei ist ein Textdokument, keine Arbeitsmappe"
        ),
        words!(
            "copy its table into a spreadsheet and save that",
            "die Tabelle darin in eine Tabellenkalkulation kopieren und diese speichern"
        ),
    )
}

pub(super) fn other_document() -> Problem {
    unreadable(
        words!(
            "the file is an office document, but not a workbook",
            "die Datei ist ein Office-Dokument, aber keine Arbeitsmappe"
        ),
        words!(
            "save the results from a spreadsheet as XLSX, ODS or CSV",
            "die Ergebnisse aus einer Tabellenkalkulation als XLSX, ODS oder CSV speichern"
        ),
    )
}

pub(super) fn plain_archive() -> Problem {
    unreadable(
        words!(
            "the file is a zip archive, not a workbook",
            "die Datei ist ein ZIP-Archiv, keine Arbeitsmappe"
        ),
        words!("unpack it and hand in the workbook in it", "entpacken und die Arbeitsmappe daraus abgeben"),
    )
}

/// The archive around the parts is cut off or garbled.
pub(super) fn damaged_archive() -> Problem {
    unreadable(
        words!(
            "the workbook is damaged, or was not copied to its end",
            "die Arbeitsmappe ist beschädigt oder wurde nicht bis zum Ende kopiert"
        ),
        save_again(),
    )
}

/// A part is there, but it is not sound XML, or not what the other parts promise.
pub(super) fn damaged_part() -> Problem {
    unreadable(
        words!(
            "the workbook is damaged: a part of it cannot be understood",
            "die Arbeitsmappe ist beschädigt: ein Teil davon ist nicht zu verstehen"
        ),
        save_again(),
    )
}

pub(super) fn missing_part() -> Problem {
    unreadable(
        words!(
            "the workbook is damaged: a part of it is missing",
            "die Arbeitsmappe ist beschädigt: ein Teil davon fehlt"
        ),
        save_again(),
    )
}

pub(super) fn no_sheets() -> Problem {
    let message = words!(
        "the workbook has no sheet with rows and columns",
        "die Arbeitsmappe hat kein Tabellenblatt mit Zeilen und Spalten"
    );
    Problem::new(FaultCode::Empty, message, None)
}

pub(super) fn own_entities() -> Problem {
    unreadable(
        words!(
            "the workbook declares entities of its own, which no spreadsheet does",
            "die Arbeitsmappe vereinbart eigene Entitäten, was keine Tabellenkalkulation tut"
        ),
        save_again(),
    )
}

/// More bytes, parts or levels than any real workbook has.
pub(super) fn too_large() -> Problem {
    let message = words!(
        "the workbook is larger inside than any real one",
        "die Arbeitsmappe ist innen größer als jede wirkliche"
    );
    let help = words!(
        "copy the rows into a new workbook and save that",
        "die Zeilen in eine neue Arbeitsmappe kopieren und diese speichern"
    );
    Problem::new(FaultCode::TooLarge, message, Some(help))
}

pub(super) fn long_row() -> Problem {
    let message = words!("the row is longer than any real one", "die Zeile ist länger als jede wirkliche");
    Problem::new(FaultCode::TooLarge, message, None)
}

fn malformed(message: Words) -> Problem {
    Problem::new(FaultCode::MalformedRow, message, Some(save_again()))
}

/// A row or cell that is not where it could be: before its neighbour, twice, or in another row than the one around it.
pub(super) fn out_of_order() -> Problem {
    malformed(words!(
        "the rows and cells of the workbook are not in their order",
        "die Zeilen und Zellen der Arbeitsmappe stehen nicht in ihrer Reihenfolge"
    ))
}

pub(super) fn beyond_limits() -> Problem {
    malformed(words!(
        "a row or cell lies where no spreadsheet has any",
        "eine Zeile oder Zelle liegt dort, wo keine Tabellenkalkulation welche hat"
    ))
}
