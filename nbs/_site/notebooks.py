"Notebooks as the site's scripts see them: cells, directives, and the names that they define"

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
DIRECTIVE = re.compile(r'^#\|[ \t]*([\w-]+):?[ \t]*(.*)$', re.MULTILINE)
CONTINUED = re.compile(r'(?<=\S)[ \t]*\n#\|[ \t]{2,}')
SPOKEN = {'__call__', '__getitem__', '__len__', '__iter__'}  # methods that a user's code calls


@dataclass(frozen=True)
class Cell:
    kind: str  # 'markdown' or 'code'
    source: str
    outputs: list[dict] = field(default_factory=list)

    @property
    def told(self) -> list[tuple[str, str]]:
        "[('echo', 'false')] for `#| echo: false`; a line that is indented goes on with the last"
        return DIRECTIVE.findall(CONTINUED.sub(' ', self.source))

    @property
    def directives(self) -> dict[str, str]:
        "{'echo': 'false'} for `#| echo: false`"
        return dict(self.told)

    @property
    def alts(self) -> list[str]:
        "What its figures show, in their order, in words: `#| fig-alt: ...`, or else `#| fig-cap:`"
        alts = [text for name, text in self.told if name == 'fig-alt']
        return alts or [text for name, text in self.told if name == 'fig-cap']

    @property
    def code(self) -> str:
        "The source without its directives"
        return re.sub(r'^#\|.*\n?', '', self.source, flags=re.MULTILINE).strip('\n')

    @property
    def is_exported(self) -> bool:
        return self.kind == 'code' and bool({'export', 'exports'} & set(self.directives))


def read_cells(notebook: Path) -> list[Cell]:
    cells = json.loads(notebook.read_text(encoding='utf-8'))['cells']
    return [
        Cell(cell['cell_type'], ''.join(cell['source']), cell.get('outputs', [])) for cell in cells
    ]


def notebook_paths(folder: Path) -> list[Path]:
    "All notebooks under `folder`, without hidden ones and those of the site"
    paths = sorted(folder.rglob('*.ipynb'))
    return [path for path in paths if not is_hidden(path.relative_to(folder))]


def is_hidden(path: Path) -> bool:
    return any(part[0] in '_.' for part in path.parts)


def page_of(notebook: str) -> str:
    "'data/split' for '02_data/00_split' or '02_data/00_split.ipynb'"
    path = PurePosixPath(notebook.removesuffix('.ipynb'))
    return '/'.join(re.sub(r'^\d+_', '', part) for part in path.parts)


# --- the names that an export cell defines


@dataclass(frozen=True)
class Symbol:
    name: str  # 'Split' or 'Split.counts'
    kind: str  # 'class', 'function', 'property' or 'value'
    summary: str  # the first line of the docstring
    page: str  # 'data/split'
    module: str  # 'data.split'

    @property
    def label(self) -> str:
        "With a call's brackets where it is called"
        return f'{self.name}()' if self.kind == 'function' else self.name

    @property
    def is_member(self) -> bool:
        return '.' in self.name


def module_of(cells: list[Cell]) -> str:
    "'data.split' for a notebook that writes eva9/data/split.py, '' for one that writes none"
    for cell in cells:
        if cell.kind == 'code' and 'default_exp' in cell.directives:
            return cell.directives['default_exp']
    return ''


def symbols_of(cells: list[Cell], page: str) -> list[Symbol]:
    "All public names of a notebook, in source order"
    module = module_of(cells)
    exported = [cell for cell in cells if cell.is_exported]
    return [symbol for cell in exported for symbol in defined_in(cell.code, page, module)]


def defined_in(code: str, page: str, module: str) -> Iterator[Symbol]:
    "The public names of one cell, a class before its members"
    for node in ast.parse(code).body:
        if isinstance(node, Definition):
            names = [(node.name, node), *members_of(node)]
            found = [
                (name, kind_of(definition), summary_of(definition)) for name, definition in names
            ]
        else:
            summary = summary_of_value(node, code)
            found = [(name, 'value', summary) for name in assigned_names(node)]
        for name, kind, summary in found:
            if not name.startswith('_'):
                yield Symbol(name, kind, summary, page, module)


def members_of(node: Definition) -> list[tuple[str, Definition]]:
    "('Split.counts', its definition) for each public method and property of a class"
    if not isinstance(node, ast.ClassDef):
        return []
    members = [member for member in node.body if isinstance(member, Definition)]
    seen = [m for m in members if not m.name.startswith('_') or m.name in SPOKEN]
    return [(f'{node.name}.{m.name}', m) for m in seen]


def kind_of(node: Definition) -> str:
    if isinstance(node, ast.ClassDef):
        return 'class'
    decorators = {ast.unparse(decorator).split('.')[-1] for decorator in node.decorator_list}
    is_property = decorators & {'property', 'cached_property', 'setter'}
    return 'property' if is_property else 'function'


def summary_of(node: Definition) -> str:
    return (ast.get_docstring(node) or '').partition('\n')[0]


def assigned_names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    else:
        targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def summary_of_value(node: ast.stmt, code: str) -> str:
    "The comment beside or above an assignment, or what is assigned, if that is short"
    lines = ['', *code.splitlines()]
    beside = re.search(r'\s# (.*)$', lines[node.lineno])
    above = re.match(r'# (.*)$', lines[node.lineno - 1])
    if comment := beside or above:
        return comment[1]
    value = ast.unparse(getattr(node, 'value', None) or ast.Constant(...))
    return f'`{value}`' if len(value) <= 60 and '`' not in value else ''


def private_names(code: str) -> list[str]:
    "What a cell defines that begins with an underscore"
    found = []
    for node in ast.parse(code).body:
        names = [node.name] if isinstance(node, Definition) else assigned_names(node)
        found += [name for name in names if name.startswith('_') and not name.startswith('__')]
    return found


def parts_of_public(cells: list[Cell]) -> set[str]:
    "Private classes of which a public class inherits: its fields and methods stand there"
    code = '\n'.join(cell.code for cell in cells if cell.is_exported)
    classes = {n.name: n for n in ast.parse(code).body if isinstance(n, ast.ClassDef)}
    bases = {name: {ast.unparse(base) for base in node.bases} for name, node in classes.items()}
    found: set[str] = set()
    new = {base for name, own in bases.items() if not name.startswith('_') for base in own}
    while new:
        found |= new
        new = {base for name in new for base in bases.get(name, ())} - found
    return {name for name in found if name.startswith('_')}


def only_imports(code: str) -> bool:
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(code).body)
