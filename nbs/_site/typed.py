"""What pyright says of code that uses eva9: python nbs/_site/typed.py

Two scripts are written to a temporary folder: one imports each public name from the package that
users import it from, the other is the code of the README. Both must have no errors.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from notebooks import Symbol, notebook_paths, page_of, read_cells, symbols_of

ROOT = Path(__file__).resolve().parents[2]
NBS = ROOT / 'nbs'


def public_symbols() -> Iterator[Symbol]:
    "Names of modules, without methods"
    for path in notebook_paths(NBS):
        page = page_of(path.relative_to(NBS).as_posix())
        for symbol in symbols_of(read_cells(path), page):
            if not symbol.is_member:
                yield symbol


def package_of(symbol: Symbol) -> str:
    "'eva9.data' for what eva9/data/split.py defines"
    return f'eva9.{symbol.module.partition(".")[0]}'


def names_script() -> str:
    "Each public name, imported from its package and used"
    lines = []
    for number, symbol in enumerate(public_symbols()):
        lines.append(f'from {package_of(symbol)} import {symbol.name} as name_{number}')
        lines.append(f'print(name_{number})')
    return '\n'.join(lines) + '\n'


def readme_script() -> str:
    "The code cells of the README, one after the other"
    cells = read_cells(NBS / 'index.ipynb')
    code = [cell.code for cell in cells if cell.kind == 'code' and 'hide' not in cell.directives]
    return '\n\n'.join(code) + '\n'


def settings() -> dict:
    "eva9 is looked for in this checkout, and its users get no milder treatment than it does"
    return dict(extraPaths=[str(ROOT)], typeCheckingMode='standard', pythonVersion='3.11')


def main() -> int:
    scripts = {'names.py': names_script(), 'readme.py': readme_script()}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / 'pyrightconfig.json').write_text(json.dumps(settings()))
        for name, text in scripts.items():
            (folder / name).write_text(text, encoding='utf-8')
        pyright = Path(sys.executable).parent / 'pyright'
        command = [pyright, '--pythonpath', sys.executable, '--project', folder]
        return subprocess.run(command).returncode


if __name__ == '__main__':
    sys.exit(main())
