"Run the cells of one notebook in this process: python nbs/_site/runner.py NOTEBOOK [FLAG ...]"

import os
import sys
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from execnb.shell import CaptureShell
from notebooks import Cell, read_cells
from outputs import Watch, difference

ROOT = Path(__file__).resolve().parents[2]
SLOW = {'slow'}  # directives of cells that are run on request alone


@dataclass
class Result:
    error: str = ''  # why the cells do not run
    stale: list[str] = field(default_factory=list)  # what is stored and no longer true
    compared: int = 0  # cells with outputs that were compared


def is_run(cell: Cell, flags: set[str]) -> bool:
    told = cell.directives
    if cell.kind != 'code' or 'nbdev_export(' in cell.source or told.get('eval') == 'false':
        return False
    return not (SLOW - flags) & set(told)


def is_compared(cell: Cell, notebook: Path) -> bool:
    if 'benchmarks' in notebook.parts or cell.directives.get('output') == 'false':
        return False
    return not {'hide', 'varies'} & set(cell.directives)


def compare(cell: Cell, outputs: list[dict], number: int, result: Result) -> None:
    result.compared += bool(cell.outputs)
    if found := difference(cell.outputs, outputs):
        result.stale.append(f'cell {number}:\n{found}')


def run_cell(shell: CaptureShell, source: str) -> list[dict]:
    "The outputs of a cell in the format of notebooks"
    run = shell.run  # pyright: ignore[reportAttributeAccessIssue]: execnb patches it in
    return list(run(source))


def run_cells(notebook: Path, flags: set[str]) -> Result:
    "Stops at the first cell that fails"
    shell = CaptureShell(notebook)
    watch = Watch()
    result = Result()
    for number, cell in enumerate(read_cells(notebook)):
        if not is_run(cell, flags):
            continue
        outputs = run_cell(shell, cell.source)
        if shell.exc:
            trace = ''.join(traceback.format_exception(shell.exc))
            result.error = f'cell {number} fails:\n{cell.source}\n\n{trace}'
            break
        if watch.is_reproducible and is_compared(cell, notebook):
            compare(cell, outputs, number, result)
    return result


def prepare(notebook: Path) -> None:
    "The process as the notebook expects it: in its folder, with the package of this checkout"
    os.environ['IN_TEST'] = '1'
    os.chdir(notebook.parent)
    sys.path.insert(0, str(ROOT))
    sys.argv = ['']


def report(result: Result, stale_ok: bool) -> int:
    "Print what is wrong; the exit code"
    if result.error:
        print(result.error)
        return 1
    if result.stale and not stale_ok:
        print('stored outputs that the code no longer gives (make notebooks NBS=... renews them):')
        print('\n'.join(result.stale))
        return 1
    return 0


def run(notebook: Path, flags: set[str], stale_ok: bool = False) -> int:
    "The exit code: 0 if the cells run, and give what is stored"
    prepare(notebook.resolve())
    return report(run_cells(notebook.resolve(), flags), stale_ok)


if __name__ == '__main__':
    sys.exit(run(Path(sys.argv[1]), set(sys.argv[2:])))
