"""Every code block of the README and of `docs/` is run, page by page from top to bottom, in an empty folder.

What a block is, its language and the line before it say:

- `sh` is run by bash. It must succeed, unless its last line ends in `# exit 3`: then it must end with that code.
- a block after a line `<!-- not run: … -->`, which readers do not see, is not run; the rest of that line says why.
- a block after a line that ends in ``Write `rows.csv`:`` is written to that file.
- a block after a line that ends in ``Add to `code.py`, before `…`:`` is put into that file as it is, before the one line that
  begins so.
- any other `python` block is run as a script of its own.
- `text` straight after a block that was run is what that block prints. An ellipsis stands for anything in its line, and
  alone on a line for any number of lines; how many blanks stand between two columns does not matter.
- `json`, `jsonl`, `toml` and `csv` must be readable.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MOST_NOT_RUN = 11
"""Blocks that may be left out; each costs the reader the proof that it works."""

_NOT_RUN = re.compile(r"<!-- not run: (.+) -->$")
_FENCE = re.compile(r"```(\w*)$")
_FILE = re.compile(r"Write `([\w./-]+)`:$")
_ADD = re.compile(r"Add to `([\w./-]+)`, before `([^`]+)`:$")
_EXIT = re.compile(r"# exit (\d+)$")
_SCRIPT = """import sys
sys.path.insert(0, "")
exec(compile(sys.stdin.read(), sys.argv[1], "exec"))
"""


class Block(NamedTuple):
    """One code block.

    Attributes:
        page, line: Where it begins.
        language, text: What it is.
        file: The file it is written to, or put into, if any.
        anchor: What the line begins with before which it is put; empty where it is the whole file.
        follows: Whether it follows another at once.
        why: Why it is not run; empty for one that is.
    """

    page: str
    line: int
    language: str
    text: str
    file: str
    anchor: str
    follows: bool
    why: str


def blocks(page: Path) -> list[Block]:
    """Return the code blocks of a page."""
    name = page.relative_to(ROOT).as_posix()
    found: list[Block] = []
    begun: tuple[int, str, str, str, bool, str] | None = None
    before = ""
    inside: list[str] = []
    for number, line in enumerate(page.read_text("utf-8").splitlines(), start=1):
        if begun is None and line.startswith("```"):
            fence = _FENCE.match(line)
            assert fence, f"{name}:{number}: a fence is three backticks and a language"
            file, add, why = _FILE.search(before), _ADD.search(before), _NOT_RUN.match(before)
            name_of, anchor = (add[1], add[2]) if add else (file[1] if file else "", "")
            begun = (number, fence[1], name_of, anchor, before == "```", why[1] if why else "")
            inside = []
        elif begun is not None and line == "```":
            found.append(
                Block(name, begun[0], begun[1], "\n".join(inside) + "\n", begun[2], begun[3], begun[4], begun[5])
            )
            begun, before = None, line
        elif begun is not None:
            inside.append(line)
        elif line.strip():
            before = line
    assert begun is None, f"{name}: the block at line {begun and begun[0]} has no end"
    return found


class Runner:
    """Runs the blocks of one page in one folder; the variables a shell block sets and where it goes, the next one finds.

    What does not do as the page says fails the test with a message that begins with the page and the line.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.state, self.printed = folder / "work", folder / "state", ""
        self.folder.mkdir()
        (folder / "lib").mkdir()
        self.state.write_text(f"cd '{self.folder}'\n")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUONG", "PYTHON", "PIP_"))}
        self.env = {
            **kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}", "HOME": str(folder / "home"),
            "GUONG_HOME": str(folder / "home"), "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(folder / "lib"),
            "PYTHONDONTWRITEBYTECODE": "1", "PIP_TARGET": str(folder / "lib"), "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1",
            "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_QUIET": "1",
        }  # fmt: skip

    def run(self, block: Block) -> None:
        """Run, write or read one block."""
        where = f"{block.page}:{block.line}"
        if block.language == "text":
            if block.follows and not matches(block.text, self.printed):
                pytest.fail(f"{where}: what is printed is something else:\n{self.printed}", pytrace=False)
            return
        if block.why:
            self.printed = ""
        elif block.file:
            self._write(block, where)
        elif block.language == "sh":
            self._shell(block, where)
        elif block.language == "python":
            self._python(block, where)
        _readable(block, where)

    def _here(self) -> Path:
        (line,) = [one for one in self.state.read_text("utf-8").splitlines() if one.startswith("cd ")][-1:]
        return Path(line.removeprefix("cd ").strip("'"))

    def _write(self, block: Block, where: str) -> None:
        path = self._here() / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(put(block, path, where) if block.anchor else block.text, encoding="utf-8")

    def _shell(self, block: Block, where: str) -> None:
        wanted = _EXIT.search(block.text.rstrip())
        keep = f'trap \'{{ declare -p | grep -v "^declare -[A-Za-z]*r"; declare -f; echo "cd $PWD"; }} > "{self.state}"\' EXIT'
        script = f'source "{self.state}"\n{keep}\nset -e\n{block.text}'
        done = subprocess.run(
            ["bash", "-c", script], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        self.printed = done.stdout
        code = int(wanted[1]) if wanted else 0
        if done.returncode != code:
            pytest.fail(f"{where}: ends with {done.returncode}, not {code}:\n{done.stdout}", pytrace=False)

    def _python(self, block: Block, where: str) -> None:
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT, block.page], env=self.env, cwd=self._here(), input="\n" * block.line + block.text,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        self.printed = done.stdout
        if done.returncode:
            pytest.fail(f"{where}: {done.stdout}", pytrace=False)


def put(block: Block, path: Path, where: str) -> str:
    """Return a file with a block put in before the one line that begins with the block's anchor."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    found = [number for number, line in enumerate(lines) if line.lstrip().startswith(block.anchor)]
    assert len(found) == 1, f"{where}: {len(found)} lines of {block.file} begin with {block.anchor}"
    return "".join((*lines[: found[0]], block.text, *lines[found[0] :]))


def matches(told: str, printed: str) -> bool:
    """Tell whether a text block says what was printed."""
    pattern = ""
    for line in told.rstrip().splitlines():
        exact = ".*".join(re.sub(r"(\\ ){2,}", " {2,}", re.escape(part)) for part in line.rstrip().split("…"))
        pattern += r"(?:.*\n)*?" if line == "…" else f"{exact}\n"
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())) is not None


def _readable(block: Block, where: str) -> None:
    try:
        if block.language == "json":
            json.loads(block.text)
        elif block.language == "jsonl":
            assert all(isinstance(json.loads(line), dict) for line in block.text.splitlines()), where
        elif block.language == "toml":
            tomllib.loads(block.text)
        elif block.language == "csv":
            widths = {len(row) for row in csv.reader(io.StringIO(block.text), strict=True)}
            assert len(widths) == 1, f"{where}: rows of different lengths"
        elif block.language == "python":
            text = textwrap.dedent(block.text) if block.anchor else block.text
            compile("\n" * block.line + text, block.page, "exec")
        else:
            assert block.language == "sh", f"{where}: no rule for a block of {block.language or 'no language'}"
    except (ValueError, SyntaxError, csv.Error) as error:
        pytest.fail(f"{where}: {error}", pytrace=False)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the blocks are written for bash")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    for block in blocks(page):
        runner.run(block)


def test_few_blocks_are_left_out_and_each_says_why() -> None:
    left = [block for page in PAGES for block in blocks(page) if block.why]
    assert len(left) <= MOST_NOT_RUN
    assert all(len(block.why) > 10 for block in left)


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for number, line in enumerate(page.read_text("utf-8").splitlines(), start=1):
            for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", line):
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}:{number}: {target} is not there"
