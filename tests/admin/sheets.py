"""Files as staff choose and get them."""

import csv
import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

CSV, EXCEL = "0", "1"


def export(client, screen, *, query="", kind=CSV, columns=None):
    """What the export of a list answers, with all columns or those named."""
    url = reverse(f"admin:{screen}_export") + query
    names = columns or [name for name in client.get(url).context["form"].fields if "sheet_" in name]
    return client.post(url, {"resource": "0", "format": kind, **dict.fromkeys(names, "on")})


def rows_of(answer):
    """The rows of a CSV file, each by its headings."""
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def written(rows):
    """Rows as the text of a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def workbook(rows):
    """Lists of cells as an Excel file."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def show(client, screen, content, *, kind=CSV):
    """The page that shows what a file would do."""
    file = SimpleUploadedFile("listings.csv" if kind == CSV else "listings.xlsx", content)
    return client.post(reverse(f"admin:{screen}_import"), {"resource": "0", "format": kind, "import_file": file})


def confirm(client, screen, page):
    """Carry out what that page shows."""
    url = reverse(f"admin:{screen}_process_import")
    return client.post(url, page.context["confirm_form"].initial, follow=True)


def refusals(page):
    """What the page says is wrong, a line for each row: (row of the file, sentences)."""
    return [
        (line + 1, " ".join(error.reasons)) for line, errors in page.context["result"].row_errors() for error in errors
    ]
