"""Opens a table the way that people do: in LibreOffice, without a window."""

import subprocess
import xml.etree.ElementTree as ElementTree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

# Comma, quotes, UTF-8, from the first row on, and for each column what LibreOffice itself takes it for.
AS_IT_COMES = "CSV:44,34,76,1,,0,false,true"


class Cell:
    def __init__(self, element):
        self.formula = element.get(f"{TABLE}formula")
        self.kind = element.get(f"{OFFICE}value-type")
        self.value = element.get(f"{OFFICE}value")
        self.text = "\n".join(_text(paragraph) for paragraph in element.findall(f"{TEXT}p"))


def _text(element):
    """Runs of spaces and tabs are elements."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            parts.append(" " * int(child.get(f"{TEXT}c", "1")))
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        else:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def opened(data, folder):
    """The rows that LibreOffice shows of a CSV file."""
    (folder / "table.csv").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", f"--infilter={AS_IT_COMES}",
         "--convert-to", "fods", "--outdir", folder, folder / "table.csv"], check=True, capture_output=True, timeout=300)
    rows = []
    for row in ElementTree.parse(folder / "table.fods").iter(f"{TABLE}table-row"):
        cells = []
        for cell in row.findall(f"{TABLE}table-cell"):
            cells += [Cell(cell)] * int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        rows += [cells] * (int(row.get(f"{TABLE}number-rows-repeated", "1")) if cells and any(c.kind for c in cells) else 0)
    return rows
