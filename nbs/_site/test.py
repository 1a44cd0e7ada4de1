"""Run the cells of notebooks as tests, and compare their stored outputs with what they give

    python nbs/_site/test.py [--path FOLDER_OR_NOTEBOOK] [--flags slow [--marked]] [--stale-ok]

Each notebook runs in a process of its own, so none can leave the next one anything: no setting,
no warning that was shown already, no memory. The processes are forks of one that has imported the
large libraries and done nothing else, which saves each of them some seconds. What is compared, and
what is not, is said in outputs.py. The last line counts what really ran.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import runner
from notebooks import notebook_paths, read_cells

LIBRARIES = ['torch', 'torchvision', 'albumentations', 'matplotlib.pyplot', 'execnb.shell']
CONTEXT = multiprocessing.get_context('forkserver')


@dataclass(frozen=True)
class Task:
    notebook: Path
    flags: frozenset[str]
    stale_ok: bool


def in_child(task: Task, log: str) -> None:
    "Run a notebook; all that it and its own children print goes to the log"
    multiprocessing.set_start_method(None, force=True)  # what every program begins with
    with open(log, 'w') as file, open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        code = runner.run(task.notebook, set(task.flags), task.stale_ok)
    sys.stdout.flush()
    sys.exit(code)


def run(task: Task) -> bool:
    "Whether the notebook passes; prints how long it took and, if it fails, why"
    start = time.perf_counter()
    with tempfile.NamedTemporaryFile('r', errors='replace') as log:
        process = CONTEXT.Process(target=in_child, args=(task, log.name))
        process.start()
        process.join()
        said = log.read()
    passed = process.exitcode == 0
    verdict = 'passed' if passed else f'FAILED (exit code {process.exitcode})\n{said}'
    seconds = time.perf_counter() - start
    print(f'{seconds:6.0f} s  {name_of(task.notebook)}  {verdict}', flush=True)
    return passed


def name_of(notebook: Path) -> str:
    "Its path from here, where it lies under this folder"
    here = Path.cwd()
    return str(notebook.relative_to(here) if notebook.is_relative_to(here) else notebook)


def chosen(path: Path, marked: bool) -> list[Path]:
    "Later notebooks, which take longer, come first: so no long one is alone at the end"
    path = path.resolve()
    notebooks = notebook_paths(path)[::-1] if path.is_dir() else [path]
    return [notebook for notebook in notebooks if marked_cells(notebook) or not marked]


def marked_cells(notebook: Path) -> int:
    "Cells that are run on request alone"
    cells = [cell for cell in read_cells(notebook) if cell.kind == 'code']
    return sum(bool(runner.SLOW & set(cell.directives)) for cell in cells)


def left_out(notebooks: list[Path], flags: frozenset[str]) -> str:
    "What was not run because nobody asked for it"
    slow = Counter({notebook.stem: marked_cells(notebook) for notebook in notebooks})
    if runner.SLOW <= flags or not slow.total():
        return ''
    where = ', '.join(f'{count} in {name}' for name, count in slow.items() if count)
    cells = 'cell' if slow.total() == 1 else 'cells'
    return f'left to make slow: {slow.total()} {cells} ({where})'


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description='Run the cells of notebooks as tests')
    add = parser.add_argument
    add('--flags', default='', help='run the cells with this mark too, such as slow')
    add('--path', type=Path, default=Path('nbs'), help='a notebook, or a folder of them')
    add('--workers', type=int, default=1, help='notebooks at a time')
    add('--marked', action='store_true', help='only notebooks that have cells with a mark')
    add('--stale-ok', action='store_true', help='do not compare the stored outputs')
    return parser.parse_args()


def main() -> int:
    "Run the notebooks, a few at a time; the exit code is 1 if one fails, or none ran"
    args = parsed_arguments()
    if args.workers > 1:
        os.environ['OMP_NUM_THREADS'] = '1'  # else each notebook would want all cores
    flags = frozenset(args.flags.split())
    notebooks = chosen(args.path, args.marked)
    CONTEXT.set_forkserver_preload(LIBRARIES)
    with ThreadPoolExecutor(args.workers) as pool:
        tasks = [Task(notebook, flags, args.stale_ok) for notebook in notebooks]
        results = list(pool.map(run, tasks))
    if left := left_out(notebooks, flags):
        print(left)
    print(f'{sum(results)} passed, {len(results) - sum(results)} failed')
    return 0 if results and all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
