"One notebook -> one page that MyST-NB understands"

import ast
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

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
from parts import Part, Relink, built, is_shown, shown

COPIES = 'notebooks'  # the folder of the site that holds the notebooks themselves
BACKTICKED = re.compile(r'(?<![\[`])`([\w.]+)(?:\(\))?`(?![\]`])')


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


# --- pages


def front_matter(text: str) -> str:
    "The subtitle as a paragraph instead of a quotation"
    return re.sub(r'^> ', '', text, count=1, flags=re.MULTILINE)


def cell_text(cell: Cell, page: str, module: str, place: Place) -> list[Part]:
    "A cell of a page, or nothing if it is hidden"
    if cell.is_exported and is_shown(cell):
        return [Part('markdown', code_text(cell, page, module, place))]
    relink = lambda text: symbol_links(page_links(text), page, place.symbols)
    return shown([cell], relink)


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
