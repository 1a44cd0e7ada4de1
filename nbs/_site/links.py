"Links that lead nowhere: in the notebooks, and in the site that was built from them"

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from notebooks import notebook_paths, read_cells

OUTSIDE = 'examples'  # a folder of whole pages, such as a report, that are no pages of the site


def broken_in_notebooks(folder: Path) -> Iterator[str]:
    "'notebook: link' for each link to a notebook, an image or a page that is not there"
    for path in notebook_paths(folder):
        prose = '\n'.join(cell.source for cell in read_cells(path) if cell.kind == 'markdown')
        for link in re.findall(r'\]\(([^)\s:#]+\.(?:ipynb|png|jpg|svg|html))', prose):
            if not (path.parent / link).exists():
                yield f'{path.relative_to(folder)}: {link}'


class Tags(HTMLParser):
    "The links of a page, and the places in it that a link can lead to"

    def __init__(self, page: Path):
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(page.read_text(encoding='utf-8'))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ('href', 'src', 'action'):
                self.links.add(value or '')
            if name in ('id', 'name'):
                self.anchors.add(value or '')


tags_of = cache(Tags)


def target_of(link: str, page: Path, docs: Path, base: str) -> Path:
    "The file that a link within the site leads to; `base` is the site's place on its host"
    path = unquote(urlsplit(link).path)
    if not path:
        return page
    target = docs / path.removeprefix(base) if path.startswith(base) else page.parent / path
    target = target.resolve()
    return target / 'index.html' if target.is_dir() else target


def is_broken(link: str, page: Path, docs: Path, base: str) -> bool:
    "Whether a link within the site leads to no file, or to no place in it"
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or link in ('', '#'):
        return False
    target = target_of(link, page, docs, base)
    if not target.exists():
        return True
    if not parts.fragment or is_outside(target, docs):
        return False
    return unquote(parts.fragment) not in tags_of(target).anchors


def is_outside(page: Path, docs: Path) -> bool:
    return page.is_relative_to(docs / OUTSIDE)


def broken_in_site(docs: Path, base: str) -> Iterator[str]:
    "'page: link' for each link within the site that leads nowhere"
    for page in sorted(docs.rglob('*.html')):
        if is_outside(page, docs):
            continue
        for link in sorted(tags_of(page).links):
            if is_broken(link, page, docs, base):
                yield f'{page.relative_to(docs)}: {link}'
