"One notebook -> one page that MyST-NB understands"

import ast
import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from notebooks import (
    Cell,
    Definition,
    Symbol,
    defined_in,
    module_of,
    only_imports,
    page_of,
    parts_of_public,
    private_names,
    read_cells,
)

Relink = Callable[[str], str]  # Markdown -> Markdown with other links
COPIES = 'notebooks'  # the folder of the site that holds the notebooks themselves
KERNEL = dict(name='python3', display_name='python3', language='python')
LANGUAGE = dict(name='python', pygments_lexer='ipython3')
BACKTICKED = re.compile(r'(?<![\[`])`([\w.]+)(?:\(\))?`(?![\]`])')


class Part(NamedTuple):
    "A cell of a page"

    kind: str  # 'markdown' or 'code'
    source: str
    outputs: Sequence[dict] = ()
    metadata: Mapping[str, Any] = {}


# Outputs without code: MyST-NB drops a cell that is empty
OUTPUTS = Part('code', '...', metadata=dict(tags=['remove-input']))


@dataclass(frozen=True)
class Place:
    "What a page must know of the rest"

    package: Path  # eva9/
    notebooks: Path  # nbs/
    files_url: str  # of the folder that holds both, where it is published
    symbols: Mapping[str, Symbol]  # of all pages, by name
    parts: frozenset[str] = frozenset()  # private classes of this page that are shown all the same


# --- links


def up_from(page: str) -> str:
    "'../' for 'data/split'"
    return '../' * page.count('/')


def page_links(text: str) -> str:
    "Links to notebooks lead to their pages"
    to_page = lambda found: f']({page_of(found[1])}.html{found[2] or ""})'
    return re.sub(r'\]\(([^)\s:]+?)\.ipynb(#[^)]*)?\)', to_page, text)


def is_meant(written: str, symbol: Symbol, page: str) -> bool:
    """Whether what stands in backticks is a name for sure

    `Split`, `load_run`, `Split.counts` and `shapes()` are names wherever they stand. A word in
    small letters, such as `shapes`, may also be a folder or an option: it is a name in its own
    room.
    """
    is_word = re.fullmatch('`[a-z0-9]+`', written) is not None
    return not is_word or room_of(page) == room_of(symbol.page)


def room_of(page: str) -> str:
    "'data' for 'data/split'"
    return page.rpartition('/')[0]


def symbol_links(text: str, page: str, symbols: Mapping[str, Symbol]) -> str:
    "Names in backticks lead to their place, but in headings and blocks of code"

    def link(found: re.Match) -> str:
        symbol = symbols.get(found[1])
        if symbol is None or not is_meant(found[0], symbol, page):
            return found[0]
        return f'[{found[0]}]({up_from(page)}{symbol.page}.html#{symbol.name})'

    lines = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith('```')
        plain = fenced or line.startswith(('#', '    ', '```'))
        lines.append(line if plain else BACKTICKED.sub(link, line))
    return '\n'.join(lines)


# --- code that is exported


def fence(code: str) -> str:
    "A block of library code, which the style sheet tells from an example"
    longest = max(map(len, re.findall('`+', code)), default=0)
    ticks = '`' * max(3, longest + 1)
    return f'{ticks}{{code-block}} python\n:class: library\n\n{code}\n{ticks}'


def folded(title: str, code: str) -> str:
    "Code that a reader opens on demand"
    head = f'<details class="helpers"><summary>{title}</summary>'
    return f'{head}\n\n{fence(code)}\n\n</details>'


@cache
def first_lines(path: Path) -> dict[str, int]:
    "The line on which each name of a module is defined"
    body = ast.parse(path.read_text(encoding='utf-8')).body
    return {node.name: node.lineno for node in body if isinstance(node, Definition)}


def source_link(symbol: Symbol, place: Place) -> str:
    path = f'{symbol.module.replace(".", "/")}.py'
    line = first_lines(place.package / path).get(symbol.name)
    url = f'{place.files_url}/{place.package.name}/{path}'
    return url + (f'#L{line}' if line else '')


def anchors(symbol: Symbol, place: Place) -> str:
    "Its name as a place to link to, and in small letters where no other name is spelt so"
    small = symbol.name.lower()
    names = [symbol.name] if small in place.symbols else [symbol.name, small]
    return ''.join(f'<a id="{name}"></a>' for name in names)


def title_of(symbol: Symbol) -> str:
    "So that the headings of `Muon` and `muon()` differ"
    return f'class `{symbol.label}`' if symbol.kind == 'class' else f'`{symbol.label}`'


def heading(symbols: list[Symbol], place: Place) -> str:
    "Places to link to, the names, and a link to the source"
    places = ''.join(anchors(symbol, place) for symbol in symbols)
    top = [symbol for symbol in symbols if not symbol.is_member]
    names = ', '.join(title_of(symbol) for symbol in top)
    url = source_link(top[0], place)
    return f'{places}\n\n### {names}\n\n<a class="source" href="{url}">source</a>'


def code_text(cell: Cell, page: str, module: str, place: Place) -> str:
    "An export cell: its code as it is, under its public names; helpers are folded away"
    code = cell.code
    if public := list(defined_in(code, page, module)):
        return f'{heading(public, place)}\n\n{fence(code)}'
    if only_imports(code):
        return folded('Imports', code)
    private = private_names(code)
    if private and not place.parts & set(private):
        return folded(', '.join(f'<code>{name}</code>' for name in private), code)
    return fence(code)


# --- tables of names


def in_table(text: str) -> str:
    "Text for a cell of a table"
    parts = re.split(r'(`[^`]*`)', text)
    plain = [part if part.startswith('`') else as_prose(part) for part in parts]
    return ''.join(plain).replace('|', r'\|')


def as_prose(text: str) -> str:
    "Text that Markdown leaves as it is: `__call__` is no bold type"
    return re.sub(r'([_*])', r'\\\1', html.escape(text, quote=False))


def table_of(symbols: Iterable[Symbol], page: str, where: bool = False) -> str:
    "Name, first line of the docstring and, on request, the page"
    head = '| name | what it is |' + (' page |' if where else '')
    rows = [head, re.sub(r'[^|]+', '---', head)]
    up = up_from(page)
    for symbol in symbols:
        link = f'{up}{symbol.page}.html' if symbol.page != page else ''
        row = f'| [`{symbol.label}`]({link}#{symbol.name}) | {in_table(symbol.summary)} |'
        rows.append(row + (f' [{symbol.page}]({link}) |' if where else ''))
    return '\n'.join(rows)


def own_names(page: str, symbols: Iterable[Symbol]) -> str:
    "What stands at the top of a page: a table of the names that it defines"
    own = [symbol for symbol in symbols if symbol.page == page and not symbol.is_member]
    return in_container(table_of(own, page)) if own else ''


def room_names(page: str, symbols: Iterable[Symbol]) -> str:
    "What stands at the end of a room's index: a table of the names of its pages"
    folder, _, file = page.rpartition('/')
    top = [symbol for symbol in symbols if not symbol.is_member]
    names = [symbol for symbol in top if folder and symbol.page.startswith(f'{folder}/')]
    if file != 'index' or not names:
        return ''
    return f'## Names\n\n{in_container(table_of(names, page, where=True))}'


def in_container(table: str) -> str:
    "A table that the style sheet knows"
    return f':::{{container}} names\n{table}\n:::'


# --- cells


def front_matter(text: str) -> str:
    "The subtitle as a paragraph instead of a quotation"
    return re.sub(r'^> ', '', text, count=1, flags=re.MULTILINE)


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


def cell_text(cell: Cell, page: str, module: str, place: Place) -> list[Part]:
    "A cell of a page, or nothing if it is hidden"
    if cell.is_exported and is_shown(cell):
        return [Part('markdown', code_text(cell, page, module, place))]
    relink = lambda text: symbol_links(page_links(text), page, place.symbols)
    return shown([cell], relink)


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


# --- pages


def notebook_line(path: Path, page: str, place: Place) -> str:
    "Where to get the notebook of a page"
    name = path.relative_to(place.notebooks).as_posix()
    published = f'{place.files_url}/{place.notebooks.name}/{name}'
    colab = published.replace('github.com', 'colab.research.google.com/github', 1)
    return (
        f'<p class="notebook">This page is a notebook: '
        f'<a href="{up_from(page)}{COPIES}/{name}" download>download it</a>, '
        f'or open it <a href="{published}">on GitHub</a> or <a href="{colab}">in Colab</a>.</p>'
    )


def page_notebook(path: Path, page: str, place: Place) -> dict:
    "The page of a notebook: title, names, then prose, library code and examples in source order"
    title, *rest = read_cells(path)
    module = module_of(rest)
    place = replace(place, parts=frozenset(parts_of_public(rest)))
    symbols = place.symbols.values()
    head = front_matter(page_links(title.source))
    top = [head, notebook_line(path, page, place), own_names(page, symbols)]
    end = [room_names(page, symbols)]
    found = [Part('markdown', text) for text in top if text]
    for cell in rest:
        found += cell_text(cell, page, module, place)
    found += [Part('markdown', text) for text in end if text]
    return built(found)


def plain_notebook(path: Path, relink: Relink) -> dict:
    "A notebook without tables and links of names, for a file of Markdown"
    title, *rest = shown(read_cells(path), relink)
    return built([Part('markdown', front_matter(title.source)), *rest])
