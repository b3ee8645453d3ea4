"""Does in LibreOffice what an assessor does: opens entry sheets, types into cells, saves under other names.

    fill.py FOLDER < steps.json

A step is a list: its name, and what it is about. The names are those of the methods of `Desk`.
All files lie in FOLDER; the settings of the office program too, so that nobody's own ones are read or changed.
"""

import json
import pathlib
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

# Typed numbers and dates are understood as in a German office, whatever the machine speaks.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop></item>
</oor:items>
"""

# How each kind of file is written.
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".csv": "Text - txt - csv (StarCalc)"}
# Semicolons, quotation marks, UTF-8, cells as they are shown, and at the end the number of the sheet.
CSV = "59,34,76,1,,0,false,true,false,false,false,"

# The program starts in two seconds; a machine with much else to do gets a minute.
TRIES, PAUSE = 600, 0.1


def properties(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


class Desk:
    """An office program with at most one workbook on the desk."""

    def __init__(self, folder):
        self.folder = folder
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        pipe = f"pipe,name={folder.name.strip('.')};urp;"
        settings = f"-env:UserInstallation={profile.parent.as_uri()}"
        self.program = subprocess.Popen(
            ["soffice", settings, "--headless", "--norestore", "--nologo", f"--accept={pipe}"],
            stdout=sys.stderr,
        )
        context = self.connect(f"uno:{pipe}StarOffice.ComponentContext")
        make = context.ServiceManager.createInstanceWithContext
        self.desktop = make("com.sun.star.frame.Desktop", context)

    def connect(self, address):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(TRIES):
            try:
                return resolver.resolve(address)
            except NoConnectException:
                if self.program.poll() is not None:
                    break
                time.sleep(PAUSE)
        sys.exit("soffice did not start")

    def quit(self):
        try:
            self.desktop.terminate()
        except DisposedException:
            pass  # It was quicker than its answer.
        self.program.wait(60)

    # The steps.

    def open(self, name, sheet):
        """Opens a workbook and goes to one of its sheets."""
        address = (self.folder / name).as_uri()
        self.book = self.desktop.loadComponentFromURL(address, "_blank", 0, properties(Hidden=True))
        self.sheet = self.book.Sheets.getByName(sheet)

    def type(self, place, text):
        """Enters a text as if it were typed: numbers and dates are read in the notation of the office's country.

        Not by sending the command for Enter to the window: after some dozens of them LibreOffice 7.4 ends itself.
        """
        cell = self.sheet.getCellRangeByName(place)
        self.check(cell, text)
        cell.FormulaLocal = text
        if not cell.String:
            sys.exit(f"{place} stays empty")

    def delete_row(self, number):
        self.sheet.unprotect("")
        self.sheet.Rows.removeByIndex(number - 1, 1)

    def delete_sheet(self, name):
        self.book.Sheets.removeByName(name)

    def save(self, name):
        """Saves a copy. What kind of file it is, its name says. CSV has room for one sheet, the one that is shown."""
        file = self.folder / name
        options = CSV + str(self.sheet.RangeAddress.Sheet + 1)
        how = properties(FilterName=FILTERS[file.suffix], FilterOptions=options)
        self.book.storeToURL(file.as_uri(), how)
        if file.suffix == ".csv":
            # Whoever names the sheet gets its name behind that of the file.
            file.with_stem(f"{file.stem}-{self.sheet.Name}").rename(file)

    def close(self):
        self.book.close(True)

    # What only a person in front of the screen is asked.

    def check(self, cell, text):
        """Where there is a list to choose from, the program lets nobody enter anything else."""
        rule = cell.Validation
        if rule.Type.value != "LIST":
            return
        name = rule.getFormula1()
        rows = self.book.NamedRanges.getByName(name).ReferredCells.DataArray
        shown = [str(int(entry)) if isinstance(entry, float) else entry for (entry,) in rows]
        if text not in shown:
            sys.exit(f"{name} does not offer what is entered")


desk = Desk(pathlib.Path(sys.argv[1]))
try:
    for step, *about in json.load(sys.stdin):
        getattr(desk, step.replace("-", "_"))(*about)
finally:
    desk.quit()
