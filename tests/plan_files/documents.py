"""Plans as Word documents: each function is one shape that people send."""

import io

import docx

from tests.plan_files import raw
from tests.plan_files.raw import cell, paragraph, run, table

HEADER = ["Ref", "Action", "By when"]


def of_the_library() -> bytes:
    """As a library writes it, with all the parts that Word writes too."""
    document = docx.Document()
    document.add_heading("Action plan", level=1)
    made = document.add_table(2, 3)
    for row, texts in enumerate((HEADER, ["1.1", "Agree", "May"])):
        for column, text in enumerate(texts):
            made.cell(row, column).text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def headings_above() -> bytes:
    heading = paragraph("A. Access to support", properties='<w:pStyle w:val="Heading2"/>')
    return raw.docx(
        paragraph("Introduction")
        + heading
        + paragraph("Led by the CCG")
        + table(HEADER)
        + paragraph("")
        + paragraph("Urgent care")
        + table(HEADER)
        + table(["Key"])
    )


def merged() -> bytes:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    return raw.docx(
        table(
            [cell("1. Access", properties='<w:gridSpan w:val="3"/>')],
            [cell("1.1", properties=restart), "Agree", "May"],
            [cell("", properties=go_on), cell("Train", properties='<w:gridSpan w:val="2"/>')],
            ["1.2", "Review", "June"],
        )
    )


def begins_further_right(columns: int = 1) -> bytes:
    return raw.docx(table(HEADER) + table(["Agree"], properties=f'<w:gridBefore w:val="{columns}"/>'))


def colours() -> bytes:
    shaded = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
    return raw.docx(
        table(
            ["Action", cell("", properties=shaded.format("FF0000")), cell("G", properties=shaded.format("auto"))],
            [
                "Action",
                cell(paragraph(run("Amber", '<w:highlight w:val="yellow"/>'))),
                cell("", properties=shaded.format("FFFFFF")),
            ],
        )
    )


def struck_through() -> bytes:
    gone = run("March 2015", "<w:strike/>")
    doubly = run("April", "<w:dstrike/>")
    kept = run(" May 2015", '<w:strike w:val="0"/>')
    return raw.docx(table(["Action", cell(paragraph(gone, kept, doubly))]))


def tracked_changes() -> bytes:
    gone = '<w:del w:id="1"><w:r><w:delText>March</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2">{run("June")}</w:ins>'
    moved = f'<w:moveFrom w:id="3">{run("Here")}</w:moveFrom><w:moveTo w:id="4">{run(" there")}</w:moveTo>'
    whole = table(["A deleted row"], properties="<w:del/>").removeprefix("<w:tbl><w:tblPr/>").removesuffix("</w:tbl>")
    return raw.docx(
        table(["Action", cell(paragraph(gone, new, moved))], ["Kept"]).replace("</w:tbl>", f"{whole}</w:tbl>")
    )


def notes() -> bytes:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="3"/></w:r>'
    asked = '<w:r><w:commentReference w:id="0"/></w:r>'
    return raw.docx(
        table(["Action", cell(paragraph("Agree", mark, " a protocol", end, asked))]),
        footnotes=raw.word_part(
            "footnotes", f'<w:footnote w:id="2">{paragraph(run(" Subject to money"))}</w:footnote>'
        ),
        endnotes=raw.word_part("endnotes", f'<w:endnote w:id="3">{paragraph("See annex")}</w:endnote>'),
        comments=raw.word_part("comments", f'<w:comment w:id="0">{paragraph("Who leads?")}</w:comment>'),
    )


def table_in_a_table() -> bytes:
    inner = table(["Step", "Day"], ["One", "Monday"])
    return raw.docx(table(["Action", cell("Before", inner, "After")], ["Next", "Last"]))


def content_controls_and_fields() -> bytes:
    chosen = f"<w:sdt><w:sdtPr><w:alias w:val='Status'/></w:sdtPr><w:sdtContent>{run('Green')}</w:sdtContent></w:sdt>"
    whole_cell = f"<w:sdt><w:sdtContent>{cell('In control')}</w:sdtContent></w:sdt>"
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    link = f'<w:hyperlink w:anchor="x">{run("the protocol")}</w:hyperlink>'
    field = f"{begin}<w:r><w:instrText>DATE</w:instrText></w:r>{middle}{run(' of May')}{end}"
    simple = f'<w:fldSimple w:instr="AUTHOR">{run(" by A. Clerk")}</w:fldSimple>'
    return raw.docx(table([cell(paragraph(chosen)), whole_cell, cell(paragraph("Agree ", link, field, simple))]))


def symbols_tabs_and_hyphens() -> bytes:
    tick, unknown = '<w:sym w:font="Wingdings" w:char="F0FC"/>', '<w:sym w:font="Webdings" w:char="F021"/>'
    hyphens = (
        "<w:t>multi</w:t><w:noBreakHyphen/><w:t>agency</w:t><w:tab/><w:t>co</w:t><w:softHyphen/><w:t>ordinate</w:t>"
    )
    words = f"<w:r>{tick}{hyphens}</w:r>"
    lines = "<w:r><w:br/><w:t>next</w:t><w:cr/><w:t>last</w:t></w:r>"
    secret = run("not printed", "<w:vanish/>")
    return raw.docx(
        table(
            ["Action", cell(paragraph(words, lines, secret), "Own paragraph"), cell(paragraph(f"<w:r>{unknown}</w:r>"))]
        )
    )


def numbered_by_word() -> bytes:
    numbered = paragraph(properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    return raw.docx(table(HEADER, [cell(numbered), "Agree", "May"]))


def numbered_by_a_style() -> bytes:
    """A number that comes with the style of the paragraph, or with the one that this is made from."""
    styles = (
        '<w:style w:styleId="Counted"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Small"><w:basedOn w:val="Counted"/></w:style>'
        '<w:style w:styleId="Plain"><w:basedOn w:val="Plain"/></w:style>'
    )
    rows = [
        [cell(paragraph(properties=f'<w:pStyle w:val="{style}"/>')), "Agree", "May"]
        for style in ("Counted", "Small", "Plain")
    ]
    return raw.docx(table(HEADER, *rows), styles=raw.word_part("styles", styles))


def boxes_of_text() -> bytes:
    box = f"<w:txbxContent>{paragraph('In a box')}{table(['Boxed'])}</w:txbxContent>"
    drawn = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    return raw.docx(paragraph(f"<w:r>{drawn}</w:r>", "Beside it") + table(["Action"]))


def long_document(rows: int = 5_000) -> bytes:
    """So many actions of eight columns, each cell as wordy as Word's."""
    worded = '<w:tcW w:w="2310" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="92D050"/>'
    font = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    cells = [cell(paragraph(run("Agree with the acute trust", font), properties="<w:jc/>"), properties=worded)] * 7
    return raw.docx(table(HEADER, *([str(number), *cells] for number in range(1, rows))))
