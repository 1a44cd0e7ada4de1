"A cell of a notebook -> what a page shows of it"

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from notebooks import Cell

Relink = Callable[[str], str]  # Markdown -> Markdown with other links
KERNEL = dict(name='python3', display_name='python3', language='python')
LANGUAGE = dict(name='python', pygments_lexer='ipython3')


class Part(NamedTuple):
    "A cell of a page"

    kind: str  # 'markdown' or 'code'
    source: str
    outputs: Sequence[dict] = ()
    metadata: Mapping[str, Any] = {}


# Outputs without code: MyST-NB drops a cell that is empty
OUTPUTS = Part('code', '...', metadata=dict(tags=['remove-input']))


# --- cells


def shown_outputs(cell: Cell) -> list[dict]:
    "Without warnings, which name folders of the machine, without colours and numbers of cells"
    if cell.directives.get('output') == 'false':
        return []
    outputs = [output for output in cell.outputs if output.get('name') != 'stderr']
    for output in outputs:
        if output['output_type'] == 'execute_result':
            output['execution_count'] = None
        if output['output_type'] == 'stream':
            output['text'] = re.sub(r'\x1b\[[0-9;]*m', '', ''.join(output['text']))
    return outputs


def is_shown(cell: Cell) -> bool:
    if cell.kind != 'code':
        return True
    told = cell.directives
    return not {'hide', 'default_exp'} & set(told) and told.get('include') != 'false'


def built_cell(number: int, part: Part) -> dict:
    if ' at 0x' in part.source + json.dumps(list(part.outputs)):
        sys.exit(f'a memory address would stand in the docs: {part.source[:80]!r}')
    code = dict(execution_count=None, outputs=list(part.outputs)) if part.kind == 'code' else {}
    common = dict(id=f'c{number}', metadata=dict(part.metadata), source=part.source)
    return dict(cell_type=part.kind, **common, **code)


def built(parts: list[Part]) -> dict:
    "A notebook of these cells"
    return dict(
        cells=[built_cell(number, part) for number, part in enumerate(parts)],
        metadata=dict(kernelspec=KERNEL, language_info=LANGUAGE),
        nbformat=4,
        nbformat_minor=5,
    )


def shown(cells: list[Cell], relink: Relink) -> list[Part]:
    "Prose and examples, as a reader shall see them; export cells are prose here"
    found = []
    for cell in filter(is_shown, cells):
        prose = cell.kind == 'markdown'
        found += [Part('markdown', relink(cell.source))] if prose else example(cell)
    return found


# --- figures, and what they show in words


def is_figure(output: dict) -> bool:
    return any(kind.startswith('image/') for kind in output.get('data', {}))


def example(cell: Cell) -> list[Part]:
    "The code and its outputs; a part ends with each figure, for it has one text"
    alts = iter(cell.alts)
    caption = cell.directives.get('fig-cap')
    hidden = cell.directives.get('echo') == 'false'
    parts = [OUTPUTS if hidden else Part('code', cell.code)]
    for output in shown_outputs(cell):
        if 'mystnb' in parts[-1].metadata:
            parts.append(OUTPUTS)
        parts[-1] = with_output(parts[-1], output)
        if is_figure(output) and (alt := next(alts, '')):
            parts[-1] = with_words(parts[-1], alt, caption)
    return parts


def with_output(part: Part, output: dict) -> Part:
    return part._replace(outputs=[*part.outputs, output])


def with_words(part: Part, alt: str, caption: str | None) -> Part:
    "A part that ends with a figure, and what it shows, as MyST-NB reads it"
    told = dict(image=dict(alt=alt)) | (dict(figure=dict(caption=caption)) if caption else {})
    return part._replace(metadata={**part.metadata, 'mystnb': told})


def wordless(cells: list[Cell]) -> Iterator[str]:
    "The beginning of each cell whose figures have no words, or whose words have no figure"
    for cell in filter(is_shown, cells):
        if cell.kind == 'code' and not cell.is_exported:
            figures = sum(map(is_figure, shown_outputs(cell)))
            if figures != len(cell.alts):
                yield f'{figures} figures, {len(cell.alts)} fig-alt: {cell.code[:60]!r}'
        for alt in re.findall(r'!\[([^\]]*)\]\(', cell.source if cell.kind == 'markdown' else ''):
            if len(alt.split()) < 3:
                yield f'an image without words: {alt!r}'
