"""Build docs/, README.md and CHANGELOG.md from the notebooks: python nbs/_site/build.py

Each notebook becomes a page, in the order of its cells: prose, the code that is exported, and
examples with their stored outputs. Nothing is run, so a build takes seconds, and it is the same to
the byte each time. MyST-NB and Sphinx make HTML of the pages.
"""

import json
import os
import posixpath
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

import nbformat
from links import OUTSIDE, broken_in_notebooks, broken_in_site
from nbconvert import MarkdownExporter
from notebooks import Symbol, notebook_paths, page_of, read_cells, symbols_of
from pages import COPIES, Place, in_container, page_notebook, plain_notebook, table_of
from parts import Part, built, wordless
from published import BASE, FILES, ROOT, SITE
from sphinx.cmd.build import build_main
from traitlets.config import Config

NBS = ROOT / 'nbs'
DOCS = ROOT / 'docs'
SOURCE = ROOT / '_src'  # what Sphinx reads
NAMES = 'names'  # the page with all names
GROUPS = {  # captions of the side bar, and how the paths of their pages begin
    'Tutorials': ('tutorials/',),
    'Reference': ('', 'about/faq', 'about/glossary'),
    'Base': ('base/',),
    'Transforms': ('transforms/',),
    'Data': ('data/',),
    'Model': ('model/',),
    'Trainer': ('trainer/',),
    'Grad-CAM': ('gradcam/',),
    'Interpret': ('interpret/',),
    'Report': ('report/',),
    'Commands': ('cli/',),
    'Benchmarks': ('benchmarks/',),
    'Tests': ('tests/',),
    'About': ('about/',),
}
MARKDOWN = {'index.ipynb': 'README.md', 'about/changes.ipynb': 'CHANGELOG.md'}
MARKDOWN_EXPORTER = MarkdownExporter(
    config=Config(TagRemovePreprocessor=dict(enabled=True, remove_input_tags=['remove-input']))
)


# --- pages


def notebooks_by_page() -> dict[str, Path]:
    return {page_of(path.relative_to(NBS).as_posix()): path for path in notebook_paths(NBS)}


def all_symbols(notebooks: dict[str, Path]) -> list[Symbol]:
    found = (symbols_of(read_cells(path), page) for page, path in notebooks.items())
    return [symbol for symbols in found for symbol in symbols]


def letter_of(symbol: Symbol) -> str:
    return symbol.name[0].upper()


def names_page(symbols: Iterable[Symbol]) -> dict:
    "All public names of eva9 from A to Z, a table a letter"
    listed = sorted(symbols, key=lambda it: (it.name.lower(), it.name, it.page))
    letters = [(letter, list(them)) for letter, them in groupby(listed, letter_of)]
    top = sum(not symbol.is_member for symbol in listed)
    jumps = ' '.join(f'[{letter}](#{letter.lower()})' for letter, _ in letters)
    intro = f'The {top} public names of eva9 and the methods of its classes, each with its page.'
    head = f'# Index of names\n\n{intro}\n\n:::{{container}} letters\n{jumps}\n:::'
    parts = [Part('markdown', head)]
    for letter, them in letters:
        table = in_container(table_of(them, NAMES, where=True))
        parts.append(Part('markdown', f'## {letter}\n\n{table}'))
    return built(parts)


def all_pages() -> dict[str, dict]:
    "Notebooks for MyST-NB, by page"
    notebooks = notebooks_by_page()
    symbols = all_symbols(notebooks)
    by_name = {symbol.name: symbol for symbol in symbols}
    place = Place(ROOT / 'eva9', NBS, FILES, by_name)
    pages = {page: page_notebook(path, page, place) for page, path in notebooks.items()}
    return pages | {NAMES: names_page(symbols)}


# --- the side bar


def group_of(page: str) -> str:
    "The group with the longest beginning of the page's path"
    starts = [(start, name) for name, starts in GROUPS.items() for start in starts]
    fitting = [pair for pair in starts if page.startswith(pair[0])]
    return max(fitting, key=lambda pair: len(pair[0]))[1]


def toctree(name: str, pages: Iterable[str]) -> str:
    "A hidden list of the pages of a group, its index first"
    listed = sorted(pages, key=lambda page: not page.endswith('/index'))
    lines = '\n'.join(listed)
    return f'```{{toctree}}\n:hidden:\n:caption: {name}\n\n{lines}\n```' if listed else ''


def contents(pages: Iterable[str]) -> str:
    "A table of contents for each group of pages, which becomes the side bar"
    listed = [page for page in pages if page != 'index']
    trees = [toctree(name, [p for p in listed if group_of(p) == name]) for name in GROUPS]
    return '\n\n'.join(tree for tree in trees if tree)


# --- files


def write_sources(pages: dict[str, dict]) -> None:
    "The pages as Sphinx reads them"
    shutil.rmtree(SOURCE, ignore_errors=True)
    toc = dict(cell_type='markdown', id='toc', metadata={}, source=contents(pages))
    pages['index']['cells'].append(toc)
    for page, notebook in pages.items():
        path = SOURCE / f'{page}.ipynb'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook, indent=1), encoding='utf-8')
    shutil.copytree(NBS / 'images', SOURCE / 'images')


def write_site() -> None:
    "docs/ from the pages; any warning is an error"
    shutil.rmtree(DOCS, ignore_errors=True)
    here = str(Path(__file__).parent)
    with tempfile.TemporaryDirectory() as temporary:
        html = f'{temporary}/html'
        strict = ['-q', '-E', '-W', '--keep-going']
        places = ['-d', f'{temporary}/doctrees', '-c', here, str(SOURCE), html]
        if build_main([*strict, '-b', 'html', *places]):
            sys.exit(1)
        unwanted = shutil.ignore_patterns('.buildinfo', '_sources')
        shutil.copytree(html, DOCS, ignore=unwanted)
    root_links(DOCS / '404.html')
    copy_notebooks()
    if (NBS / OUTSIDE).exists():
        shutil.copytree(NBS / OUTSIDE, DOCS / OUTSIDE)


def root_links(page: Path) -> None:
    "Links from the root of the host: this page is shown for addresses in any folder"
    text = page.read_text(encoding='utf-8')
    inside = r'((?:href|src|action|data-content_root)=")(?![a-z]+:|[#/])(?:\./)?'
    page.write_text(re.sub(inside, rf'\g<1>{BASE}', text), encoding='utf-8')


def copy_notebooks() -> None:
    "The notebooks as they are, with their images, in the same folders"
    images = sorted(path for path in (NBS / 'images').rglob('*') if path.is_file())
    for path in [*notebook_paths(NBS), *images]:
        copy = DOCS / COPIES / path.relative_to(NBS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def links_from_root(notebook: str) -> Callable[[str], str]:
    "Links of a notebook, as a file in the root of the project has them"
    folder = posixpath.join('nbs', posixpath.dirname(notebook))

    def relink(text: str) -> str:
        def lead(found: re.Match) -> str:
            path = posixpath.normpath(posixpath.join(folder, found[1]))
            is_page = path.endswith('.html')  # GitHub would show its source
            return f']({SITE}{path.removeprefix("nbs/")}' if is_page else f']({path}'

        return re.sub(r'\]\(([^)\s:#]+\.(?:ipynb|png|jpg|svg|html))', lead, text)

    return relink


def write_markdown(notebook: str, name: str) -> None:
    "A notebook as a file of Markdown in the root of the project"
    page = plain_notebook(NBS / notebook, links_from_root(notebook))
    text, _ = MARKDOWN_EXPORTER.from_notebook_node(nbformat.reads(json.dumps(page), 4))
    text = re.sub(r'\n{3,}', '\n\n', text)
    text = re.sub(r'[ \t]+$', '', text, flags=re.MULTILINE).strip()
    note = f'<!-- Made from nbs/{notebook} by nbs/_site/build.py: edit the notebook -->'
    (ROOT / name).write_text(f'{note}\n\n{text}\n', encoding='utf-8')


def without_words() -> Iterator[str]:
    "'notebook: cell' for each figure without a text for those who do not see it"
    for path in notebook_paths(NBS):
        for found in wordless(read_cells(path)):
            yield f'{path.relative_to(NBS)}: {found}'


def refuse(what: str, found: Iterable[str]) -> None:
    if lines := list(found):
        sys.exit(f'{what}:\n' + '\n'.join(lines))


def main() -> None:
    os.chdir(ROOT)
    refuse('figures need one `#| fig-alt:` each, with what they show', without_words())
    refuse('broken links', broken_in_notebooks(NBS))
    write_sources(all_pages())
    write_site()
    for notebook, name in MARKDOWN.items():
        write_markdown(notebook, name)
    refuse('broken links', broken_in_site(DOCS, BASE))


if __name__ == '__main__':
    main()
