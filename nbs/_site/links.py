"Links that lead nowhere: in the notebooks, and in the site that was built from them"

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from notebooks import notebook_paths, read_cells


def broken_in_notebooks(folder: Path) -> Iterator[str]:
    "'notebook: link' for each link to a notebook that is not there"
    for path in notebook_paths(folder):
        prose = '\n'.join(cell.source for cell in read_cells(path) if cell.kind == 'markdown')
        for link in re.findall(r'\]\(([^)\s:#]+\.ipynb)', prose):
            if not (path.parent / link).exists():
                yield f'{path.relative_to(folder)}: {link}'


@cache
def anchors(page: Path) -> set[str]:
    text = page.read_text(encoding='utf-8')
    return set(re.findall(r'\b(?:id|name)="([^"]+)"', text))


def is_broken(link: str, page: Path) -> bool:
    "Whether a link within the site leads to no file, or to no place in it"
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or link in ('', '#'):
        return False
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target.is_dir():
        target = target / 'index.html'
    if not target.exists():
        return True
    return bool(parts.fragment) and unquote(parts.fragment) not in anchors(target)


def broken_in_site(docs: Path) -> Iterator[str]:
    "'page: link' for each link within the site that leads nowhere"
    for page in sorted(docs.rglob('*.html')):
        text = page.read_text(encoding='utf-8')
        for link in sorted(set(re.findall(r'\b(?:href|src)="([^"]*)"', text))):
            if is_broken(link, page):
                yield f'{page.relative_to(docs)}: {link}'
