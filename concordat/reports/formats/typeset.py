"""The process in which a PDF is made; `pdf` starts it, with the template's file as its argument.

It reads JSON and writes PDF/UA-1, within limits of time and memory that the operating system holds. It knows typst
alone: nothing of the project, no file but the template, no network.
"""

import json
import resource
import shutil
import sys
import tempfile

import typst

SECONDS = 300  # of the processor; whoever starts this waits for less
MEMORY = 2 * 1024**3  # bytes of addresses, most of them never touched
SIZES = ("8", "7.5", "7", "6.5", "6")  # of the letters of what must go on one page, in points


def main(template: str, *arguments: str) -> None:
    """Writes the PDF. Exits with a line on the standard error where typst refuses what it was given."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    told = sys.stdin.buffer.read().decode()
    with tempfile.TemporaryDirectory() as alone:
        source = shutil.copy(template, alone)
        for size in SIZES if "--one-page" in arguments else ("",):
            inputs = {"told": told, **({"size": size} if size else {})}
            compiler = typst.Compiler(source, root=alone, ignore_system_fonts=True, sys_inputs=inputs)
            if not size or json.loads(compiler.query("<pages>", field="value", one=True)) == "1":
                break
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)  # noqa: S101 - one document, and no file was named for it
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except typst.TypstError as error:
        sys.exit(f"typst: {error}")
