"""Whether a cell's stored output is what its code says today

The tests run all cells anyway, so comparing costs nothing more. Compared is what a cell prints and
the text of its last value, of every cell that the site shows. What may differ is left out by rule:

- Figures, warnings, and all of `benchmarks/`, whose outputs are measurements.
- Anything after the first step of an optimiser, or the first Python that the notebook starts:
  the last digits of a training, and with them its mistakes, differ from processor to processor.
- Durations, rates, sizes of memory, versions, addresses, dates and paths, known by their form.
- A cell with the directive `#| varies`.

Numbers with a decimal point may differ by one in the last digit that is shown, or by one percent.
Numbers such as 4e-09 are what rounding leaves, which differs from processor to processor.
"""

import re
import sys
from collections.abc import Iterable

UNITS = r'(?:ns|µs|ms|s|seconds?|min|minutes?|h|hours?|[kMG]i?B|GFLOP/s|it/s|x|times)\b(?! \d)'
VARYING = [
    r'\d[\d,.]*(?:\s*[±-]\s*[\d.]+)?\s*' + UNITS,  # 1.5 s, 20 MB, 3 times
    r'\d[\d,.]*(?= (?:images|steps|epochs) (?:a|per) second)',
    r'\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?',
    r'\b\d\d?:\d\d(?::\d\d)?\b',
    r'\b\d+\.\d+\.\d+\S*',  # a version
    r'0x[0-9a-f]{6,}',
    r'/(?:tmp|var|home|root|work)/[^\s\'",;:)]+',
]
DECIMAL = re.compile(r'[-+]?\d+\.\d+(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+')


def joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else ''.join(text)


def text_of(outputs: Iterable[dict]) -> str:
    "What a cell printed, and the text of its value unless that is a figure"
    printed = ''
    value = ''
    for output in outputs:
        if output['output_type'] == 'stream' and output['name'] == 'stdout':
            printed += joined(output['text'])
        data = output.get('data', {})
        if output['output_type'] == 'execute_result' and 'image/png' not in data:
            value += joined(data.get('text/plain', ''))
    return f'{printed.rstrip()}\n{value}'


def masked(text: str) -> str:
    "Without what may differ, and with one space where there are many"
    text = re.sub(r'^.*\r(?!$)', '', text, flags=re.MULTILINE)  # a progress bar's earlier states
    text = re.sub(r'%\|[^|]*\|', '%|…|', text)  # its bar, in the characters of the terminal
    text = re.sub(r'\x1b\[[0-9;]*m', '', text)
    for pattern in VARYING:
        text = re.sub(pattern, '…', text)
    return re.sub(r'[ \t]+', ' ', text).strip()


def is_near(stored: str, now: str) -> bool:
    "Whether two numbers differ by one in the last digit of the shorter, or by one percent"
    if 'e-' in stored.lower() and 'e-' in now.lower():  # what rounding leaves
        return max(abs(float(stored)), abs(float(now))) < 1e-3
    mantissa = min((stored, now), key=len).lower().partition('e')[0]
    digits = len(mantissa.partition('.')[2])
    exponent = int(stored.lower().partition('e')[2] or 0)
    unit = 1.001 * 10.0 ** (exponent - digits)
    difference = abs(float(stored) - float(now))
    return difference <= max(unit, 0.01 * abs(float(stored)))


def is_same(stored: str, now: str) -> bool:
    "Whether two masked texts agree: words and whole numbers exactly, other numbers nearly"
    if DECIMAL.split(stored) != DECIMAL.split(now):
        return False
    numbers = zip(DECIMAL.findall(stored), DECIMAL.findall(now), strict=True)
    return all(is_near(before, after) for before, after in numbers)


def difference(stored: list[dict], now: list[dict]) -> str:
    "Empty if the outputs agree, else the first line of each that differs"
    before = masked(text_of(stored))
    after = masked(text_of(now))
    if is_same(before, after):
        return ''
    lines = before.splitlines()
    fresh = after.splitlines()
    length = max(len(lines), len(fresh))
    lines += ['(nothing)'] * (length - len(lines))
    fresh += ['(nothing)'] * (length - len(fresh))
    pairs = zip(lines, fresh, strict=True)
    old, new = next((pair for pair in pairs if not is_same(*pair)), (before, after))
    return f'  stored: {old[:200]}\n  now:    {new[:200]}'


class Watch:
    "Notices when a notebook begins to train, or starts another Python"

    def __init__(self) -> None:
        from torch.optim.optimizer import register_optimizer_step_post_hook

        self.is_reproducible = True
        sys.addaudithook(self._on_event)
        register_optimizer_step_post_hook(self._on_step)

    def _on_event(self, event: str, arguments: tuple) -> None:
        if event == 'subprocess.Popen' and re.search('python|eva9|torchrun', str(arguments[:2])):
            self.is_reproducible = False

    def _on_step(self, *_: object) -> None:
        self.is_reproducible = False
