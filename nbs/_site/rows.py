"""Functions of a benchmark, each in a process of its own: its result, seconds and memory

None profits from what another has imported or kept. The time is that of the process, from its start
to its end. The memory is the highest sum over the process and its workers, looked at twice a
second, where a page that several share counts once.
"""

import inspect
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eva9.base import write_whole

ROOT = Path(__file__).resolve().parents[2]


def program(*functions: Callable) -> str:
    "A script that calls the last of the functions; arguments and result are JSON files"
    imports = (
        'import json, math, os, sys, time',
        'from pathlib import Path',
        'import numpy as np',
    )
    body = [
        "if __name__ == '__main__':",
        '    source, target = sys.argv[1:]',
        '    with open(source) as file:',
        '        arguments = json.load(file)',
        f'    result = {functions[-1].__name__}(**arguments)',
        "    with open(target, 'w') as file:",
        '        json.dump(result, file)',
    ]
    return '\n'.join([*imports, *map(inspect.getsource, functions), *body, ''])


def memory_of(group: int) -> float:  # MiB
    "The memory of all processes of a group (Linux; elsewhere 0)"
    kib = 0
    for folder in Path('/proc').glob('[0-9]*'):
        try:
            if os.getpgid(int(folder.name)) == group:
                found = re.search(r'Pss:\s+(\d+)', (folder / 'smaps_rollup').read_text())
                kib += int(found[1]) if found else 0
        except OSError:  # it has ended meanwhile
            continue
    return kib / 1024


def watch(process: subprocess.Popen) -> float:  # MiB
    "Wait for the process to end; the most memory that it and its children had"
    peak, looked = 0.0, 0.0
    while process.poll() is None:
        if time.perf_counter() - looked > 0.5:
            looked = time.perf_counter()
            peak = max(peak, memory_of(process.pid))
        time.sleep(0.05)
    return peak


def environment(**more: str) -> dict[str, str]:
    "The variables of a process that is measured: two threads, and eva9 as it is here"
    own = dict(
        OMP_NUM_THREADS='2',
        PYTHONPATH=str(ROOT),
        MPLBACKEND='agg',
        NO_ALBUMENTATIONS_UPDATE='1',
    )
    return os.environ | own | more


def in_process(
    name: str, script: str, arguments: dict, python: str, cache: Path, runs: Path
) -> dict[str, Any]:
    "Run a script; its result, seconds and peak memory"
    paths = {part: runs / f'{name}.{part}' for part in ('script', 'in', 'out', 'log')}
    paths['script'].write_text(script)
    paths['in'].write_text(json.dumps(arguments))
    own = environment(
        XDG_CACHE_HOME=str(cache),
        FASTAI_HOME=str(runs / 'cache' / 'fastai'),
        STARTED=str(time.time()),
    )
    command = [python, *(str(paths[part]) for part in ('script', 'in', 'out'))]
    start = time.perf_counter()
    with open(paths['log'], 'w') as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=own, start_new_session=True)
        try:
            peak = watch(process)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f'{name} failed: {paths["log"].read_text()[-3000:]}')
    return json.loads(paths['out'].read_text()) | dict(seconds=seconds, peak=peak)


def measured(
    runs: Path, name: str, *functions: Callable, cache=None, python=sys.executable, **arguments
) -> dict[str, Any]:
    "The result of the last function in a process of its own, or the one that is kept"
    kept = runs / f'{name}.json'
    if kept.exists():
        return json.loads(kept.read_text())
    runs.mkdir(parents=True, exist_ok=True)
    folder = runs / 'cache' / (cache or name)
    found = in_process(name, program(*functions), arguments, python, folder, runs)
    write_whole(kept, json.dumps(found))
    return found
