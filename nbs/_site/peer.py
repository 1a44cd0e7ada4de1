"""A peer's training script in a process of its own: a run for each line that it is sent

    python nbs/_site/peer.py airbench|PATH_TO_SCRIPT

It works with scripts that have `main(run, model)` and `CifarNet`, as airbench94_muon.py has, and
with the package airbench. All of them print a table whose last row ends in the accuracy with one
view, the accuracy with TTA, and the seconds as they count them: a line of JSON says these three.
The folder where it is started holds cifar10/train.pt and cifar10/test.pt.
"""

import importlib.util
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from typing import Any


def runs_of_package() -> Iterator[Any]:
    "Train once more each time that the next one is asked for; the first warms up"
    import airbench  # pyright: ignore[reportMissingImports]: a peer, of its own environment

    yield airbench.warmup94()
    while True:
        yield airbench.train94(run=1)


def runs_of_script(path: str) -> Iterator[Any]:
    "The same for a script, whose first run compiles the network"
    import torch

    sys.argv = [path]  # some read their own text
    spec = importlib.util.spec_from_file_location('peer_script', path)
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    sys.modules['peer_script'] = script
    spec.loader.exec_module(script)
    model = script.CifarNet().cuda().to(memory_format=torch.channels_last)
    model.compile(mode='max-autotune')
    yield script.main('warmup', model)
    while True:
        yield script.main(1, model)


def last_row(table: str) -> dict[str, float]:
    "What the script says of its run"
    rows = [line for line in table.splitlines() if line.startswith('|')]
    cells = [cell.strip() for cell in rows[-1].strip('|').split('|')]
    names = 'accuracy', 'tta', 'seconds'
    return dict(zip(names, map(float, cells[-3:])))


def say(found: dict[str, float]) -> None:
    print(json.dumps(found), flush=True)


def printed(call: Callable) -> str:
    with redirect_stdout(io.StringIO()) as said:
        call()
    return said.getvalue()


def main(name: str) -> None:
    runs = runs_of_package() if name == 'airbench' else runs_of_script(name)
    printed(lambda: next(runs))
    say({})
    for _ in sys.stdin:
        say(last_row(printed(lambda: next(runs))))


if __name__ == '__main__':
    main(sys.argv[1])
