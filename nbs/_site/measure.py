"""Figures about the code: python nbs/_site/measure.py [--time] [FOLDER]

FOLDER is a checkout of eva9, of any age; without it, the one that this script lies in. ruff
judges every checkout by the rules of this one, so that two of them can be compared.
"""

import argparse
import ast
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
IMPORT_TORCH = 'import torch'
TRAIN = 'from eva9.cli import eva9_train; eva9_train()'
PREDICT = 'from eva9.cli import eva9_predict; eva9_predict()'


# --- what the source says


def modules(package: Path) -> list[Path]:
    "Its modules, but for nbdev's own index"
    return [path for path in sorted(package.rglob('*.py')) if path.name != '_modidx.py']


def parsed(package: Path) -> Iterator[ast.Module]:
    for path in modules(package):
        yield ast.parse(path.read_text(encoding='utf-8'))


def written_lines(path: Path) -> Iterator[str]:
    "The lines of a module that come from a cell: its head and `__all__` are written by nbdev"
    from_cell = False
    for line in path.read_text(encoding='utf-8').splitlines():
        if line.startswith('# %% '):
            from_cell = not line.startswith('# %% auto')
        elif line.strip() and from_cell:
            yield line


def code_lines(package: Path) -> list[str]:
    return [line for path in modules(package) for line in written_lines(path)]


def share_over(lines: Sequence[str], width: int) -> float:
    "Percentage of the lines that are longer than `width` characters"
    return 100 * sum(len(line) > width for line in lines) / len(lines)


def is_docstring(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Constant):
        return False
    return isinstance(statement.value.value, str)


def body_length(function: FunctionNode) -> int:
    "Lines of the body without the docstring"
    body = function.body[1:] if is_docstring(function.body[0]) else function.body
    if not body:
        return 0
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1


def bodies(package: Path) -> dict[str, int]:
    "How long the body of each function is, the longest last"
    found = {}
    for path in modules(package):
        for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
            if isinstance(node, FunctionNode):
                where = path.relative_to(package.parent).as_posix()
                found[f'{where}:{node.lineno} {node.name}'] = body_length(node)
    return dict(sorted(found.items(), key=lambda item: item[1]))


def exported(tree: ast.Module) -> list[str]:
    "What a module lists in `__all__`"
    for node in tree.body:
        names = [target.id for target in getattr(node, 'targets', ()) if hasattr(target, 'id')]
        if isinstance(node, ast.Assign) and names == ['__all__']:
            if isinstance(node.value, ast.List):
                return ast.literal_eval(node.value)
    return []


def public_names(package: Path) -> set[str]:
    return {name for tree in parsed(package) for name in exported(tree)}


# --- what the tools say


def output_of(command: Sequence[str | Path], folder: Path) -> str:
    "What a tool prints, which may exit with 1 because it found something"
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode > 1:
        sys.exit(f'{Path(command[0]).name} failed: {done.stdout}{done.stderr}')
    return done.stdout


def pyright_errors(folder: Path) -> int:
    "In the package, with the settings of the checkout, or in standard mode where it has none"
    files = [path.relative_to(folder) for path in modules(folder / 'eva9')]
    command = [TOOLS / 'pyright', '--outputjson', '--pythonpath', sys.executable, *files]
    return json.loads(output_of(command, folder))['summary']['errorCount']


def ruff_findings(folder: Path, part: str) -> int:
    "By the rules of this checkout"
    rules = ['--config', HERE / 'pyproject.toml', '--output-format', 'json', '--no-cache']
    return len(json.loads(output_of([TOOLS / 'ruff', 'check', *rules, part], folder)))


# --- how long a user waits


def seconds(folder: Path, code: str, *args: str) -> float:
    "Of a new Python that runs this code with the package of `folder`"
    settings = {'PYTHONPATH': str(folder), 'NO_ALBUMENTATIONS_UPDATE': '1', 'MPLBACKEND': 'agg'}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, '-c', code, *args],
        env=os.environ | settings,
        cwd=tempfile.gettempdir(),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f'{code} {" ".join(args)} failed: {done.stderr}')
    return time.perf_counter() - start


def median_seconds(folder: Path, code: str, *args: str, times: int = 5) -> float:
    "The first run, which reads the files from the disk, does not count"
    seconds(folder, code, *args)
    return statistics.median(seconds(folder, code, *args) for _ in range(times))


def make_run(folder: Path, run: Path) -> None:
    "Train for one epoch on eva9's own images"
    quick = ['--data', 'shapes', '--epochs', '1', '--workers', '0', '--device', 'cpu']
    seconds(folder, TRAIN, *quick, '--out', str(run))


def make_image(path: Path) -> None:
    from PIL import Image

    Image.linear_gradient('L').resize((32, 32)).convert('RGB').save(path)


def waits(folder: Path) -> Iterator[tuple[str, str]]:
    "Seconds of the commands, and of `import torch`, which no prediction can do without"
    torch_seconds = median_seconds(folder, IMPORT_TORCH)
    yield 'seconds of import torch', f'{torch_seconds:.2f}'
    yield 'seconds of eva9_train --help', f'{median_seconds(folder, TRAIN, "--help"):.2f}'
    with tempfile.TemporaryDirectory() as temporary:
        run = Path(temporary, 'run')
        image = Path(temporary, 'image.png')
        make_run(folder, run)
        make_image(image)
        predict = median_seconds(folder, PREDICT, '--run', str(run), str(image))
    times = predict / torch_seconds
    yield 'seconds of eva9_predict, one image', f'{predict:.2f} ({times:.2f} x import torch)'


# --- all of it as a table


def figures(folder: Path) -> Iterator[tuple[str, str]]:
    "(what, how much) for each figure that needs no clock"
    package = folder / 'eva9'
    lines = code_lines(package)
    lengths = bodies(package)
    longest = list(lengths)[-1]
    yield 'code lines', str(len(lines))
    for width in 100, 120:
        yield f'lines over {width} characters', f'{share_over(lines, width):.1f} %'
    yield 'functions', str(len(lengths))
    yield 'median function body', f'{statistics.median(lengths.values()):g} lines'
    yield 'longest function body', f'{lengths[longest]} lines ({longest})'
    yield 'public names', str(len(public_names(package)))
    yield 'pyright errors', str(pyright_errors(folder))
    for part in 'eva9', 'nbs':
        yield f'ruff findings in {part}', str(ruff_findings(folder, part))


def main() -> None:
    parser = argparse.ArgumentParser(description='Figures about the code of eva9')
    parser.add_argument('folder', nargs='?', type=Path, default=HERE, help='a checkout of eva9')
    parser.add_argument('--time', action='store_true', help='time the commands too')
    args = parser.parse_args()
    folder = args.folder.resolve()
    for what, how_much in figures(folder):
        print(f'{what:36}{how_much}', flush=True)
    for what, how_much in waits(folder) if args.time else ():
        print(f'{what:36}{how_much}', flush=True)


if __name__ == '__main__':
    main()
