"""Run the cells of all notebooks as tests: python nbs/_site/test.py [--flags slow] [--path FOLDER_OR_NOTEBOOK]

Each notebook runs in a process of its own, so none can leave the next one anything: no setting,
no warning that was shown already, no memory. The last line counts what really ran.
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbdev.doclinks import nbglob


def run(notebook: Path, flags: str) -> bool:
    "Whether the notebook's cells run; prints how long they took and, if they fail, why"
    start = time.perf_counter()
    command = [Path(sys.executable).parent / 'nbdev_test', '--path', notebook, '--flags', flags]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    passed = done.returncode == 0
    verdict = 'passed' if passed else f'FAILED (exit code {done.returncode})'
    said = '' if passed else f'\n{done.stdout}{done.stderr}'
    seconds = time.perf_counter() - start
    print(f'{seconds:6.0f} s  {notebook.relative_to(Path.cwd())}  {verdict}{said}', flush=True)
    return passed


def main() -> int:
    "Run the notebooks, a few at a time; the exit code is 1 if one fails, or none ran"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        '--flags', default='', help='run the cells with this mark too, such as slow'
    )
    parser.add_argument('--path', default='nbs', help='a notebook, or a folder of them')
    parser.add_argument('--workers', type=int, default=1, help='notebooks at a time')
    args = parser.parse_args()
    if args.workers > 1:
        os.environ['OMP_NUM_THREADS'] = '1'  # else each notebook would want all cores
    notebooks = sorted(path.absolute() for path in nbglob(args.path, as_path=True))
    with ThreadPoolExecutor(args.workers) as pool:
        results = list(pool.map(lambda notebook: run(notebook, args.flags), notebooks))
    print(f'{sum(results)} passed, {len(results) - sum(results)} failed')
    return 0 if results and all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
