"""Build docs/ and README.md from the notebooks: python nbs/_site/build.py

nbdev turns each export cell into documentation, MyST-NB and Sphinx turn notebooks into pages,
nbconvert turns the index into README.md. This script hands the notebooks from one to the next."""

import inspect
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbdev.showdoc as showdoc
import nbformat
import yaml
from nbconvert import MarkdownExporter
from nbdev.config import get_config
from nbdev.doclinks import NbdevLookup, _nbpath2html
from nbdev.serve import proc_nbs
from sphinx.cmd.build import build_main

config = get_config()
root, docs, source = config.config_path, config.doc_path, config.config_path / '_src'
site = f"{config.doc_host.rstrip('/')}/{config.doc_baseurl.strip('/')}/"
groups = {
    'Tutorials': 'tutorials/',
    'Base': 'base/',
    'Transforms': 'transforms/',
    'Data': 'data/',
    'Model': 'model/',
    'Trainer': 'trainer/',
    'Grad-CAM': 'gradcam/',
    'Interpret': 'interpret/',
    'Report': 'report/',
    'Commands': '',
    'Benchmarks': 'benchmarks/',
    'Tests': 'tests/',
    'About': 'about/',
}


# --- how nbdev's show_doc speaks: plain Markdown instead of Quarto's


def symbol_markdown(renderer):
    "Anchor, heading, link to the source, signature with comments, docstring"
    signature, link = str(renderer.dm), NbdevLookup().code(renderer.fn)
    if inspect.isclass(renderer.sym):
        signature = signature.replace('def ', 'class ', 1).removesuffix('->None:')
    parts = [
        f'<a id="{renderer.nm.lower()}"></a>',
        f"{'#' * renderer.title_level} {renderer.nm}",
        f'<a class="source" href="{link}">source</a>' if link else '',
        f'```python\n{signature}\n```',
        renderer.docs or '',
    ]
    return '\n\n'.join(part for part in parts if part)


showdoc.BasicMarkdownRenderer._repr_markdown_ = symbol_markdown


# --- one processed notebook -> one that MyST-NB understands


def page_of(path):
    "'00_core' -> 'core', 'tutorials/s9' -> 'tutorials/s9'"
    return _nbpath2html(Path(f'{path}.ipynb')).with_suffix('').as_posix()


def page_links(up):
    "For a page that lies `up` below the top: links to notebooks and to the published site lead to pages"
    to_page = lambda m: f"]({page_of(m[1])}.html{m[2] or ''})"
    return lambda text: re.sub(
        r'\]\(([^)\s:]+?)\.ipynb(#[^)]*)?\)', to_page, text.replace(site, up)
    )


def unlink(text):
    "Symbols that nbdev linked to the published site, without the link"
    return re.sub(rf'\[(`[^`]+`)\]\({re.escape(site)}\S*?\)', r'\1', text)


def readme_links(text):
    "For README.md: links to notebooks and pictures lead into nbs/"
    return re.sub(r'\]\((?=[^)\s:]+\.(ipynb|png))', '](nbs/', unlink(text))


def front_matter(text):
    "nbdev turns title and subtitle into YAML; turn them back"
    fields = yaml.safe_load(text.strip().strip('-'))
    return f"# {fields['title']}\n\n{fields.get('description', '')}"


def directives(text):
    return dict(re.findall(r'^#\|\s*([\w-]+):?\s*(.*)$', text, re.M))


def tidy_cell(cell, relink):
    "(kind, source, outputs) of a cell as the reader shall see it, or None"
    text, kind = ''.join(cell['source']), cell['cell_type']
    outputs = [
        o for o in cell.get('outputs', []) if o.get('name') != 'stderr'
    ]  # warnings name folders of the machine
    if kind == 'raw':
        return 'markdown', front_matter(text), []
    if kind == 'markdown':
        return None if text.startswith('<!-- WARNING') else (kind, relink(text), [])
    told = directives(text)
    if told.get('include') == 'false':
        return None
    text = re.sub(r'^#\|.*\n?', '', text, flags=re.M)
    if text.startswith('show_doc('):
        symbol = ''.join(outputs[0]['data']['text/markdown'])
        if 'Call self as a function' in symbol:
            sys.exit(f'{text}: the function has no docstring')
        return (
            'markdown',
            relink(re.sub(r'```python\n.*?```', lambda m: unlink(m[0]), symbol, flags=re.S)),
            [],
        )  # no links in signatures
    if told.get('echo') == 'false':
        text = ''
    return kind, text, [] if told.get('output') == 'false' else outputs


def tidy(path, relink):
    "The notebook at `path` with tidied cells and `relink` for its links"
    cells = []
    for i, cell in enumerate(json.loads(path.read_text())['cells']):
        if (tidied := tidy_cell(cell, relink)) is None:
            continue
        kind, text, outputs = tidied
        if ' at 0x' in text + json.dumps(outputs):
            sys.exit(f'{path.name}: a memory address would stand in the docs: {text[:80]!r}')
        for output in outputs:
            if output['output_type'] == 'execute_result':
                output['execution_count'] = None
        code = dict(execution_count=None, outputs=outputs) if kind == 'code' else {}
        cells.append(dict(cell_type=kind, id=f'c{i}', metadata={}, source=text, **code))
    kernel = dict(name='python3', display_name='python3', language='python')
    return dict(
        cells=cells,
        metadata=dict(
            kernelspec=kernel, language_info=dict(name='python', pygments_lexer='ipython3')
        ),
        nbformat=4,
        nbformat_minor=5,
    )


# --- all of them -> pages, README, and a check of the links


def group_of(page):
    return max(
        (name for name in groups if page.startswith(groups[name])),
        key=lambda name: len(groups[name]),
    )


def contents(pages):
    "A hidden table of contents for each group of pages, which becomes the side bar"
    listed = {
        name: sorted(
            (p for p in pages if p != 'index' and group_of(p) == name),
            key=lambda p: not p.endswith('/index'),
        )
        for name in groups
    }
    return '\n\n'.join(
        f'```{{toctree}}\n:hidden:\n:caption: {name}\n\n' + '\n'.join(ps) + '\n```'
        for name, ps in listed.items()
        if ps
    )


def write_sources(processed):
    "Tidied notebooks in _src, one for each page"
    shutil.rmtree(source, ignore_errors=True)
    pages = {}
    for path in sorted(processed.rglob('*.ipynb')):
        name = path.relative_to(processed).with_suffix('').as_posix()
        pages[page_of(name)] = tidy(path, page_links('../' * name.count('/')))
    pages['index']['cells'].append(
        dict(cell_type='markdown', id='toc', metadata={}, source=contents(pages))
    )
    for page, notebook in pages.items():
        (source / page).parent.mkdir(parents=True, exist_ok=True)
        (source / f'{page}.ipynb').write_text(json.dumps(notebook, indent=1))
    shutil.copytree(config.nbs_path / 'images', source / 'images')


def write_site():
    "docs/, from _src; any warning is an error"
    shutil.rmtree(docs, ignore_errors=True)
    with tempfile.TemporaryDirectory() as tmp:
        settings = [
            '-q',
            '-E',
            '-W',
            '--keep-going',
            '-b',
            'html',
            '-d',
            f'{tmp}/doctrees',
            '-c',
            str(Path(__file__).parent),
        ]
        if build_main([*settings, str(source), f'{tmp}/html']):
            sys.exit(1)
        shutil.copytree(
            f'{tmp}/html', docs, ignore=shutil.ignore_patterns('.buildinfo', '_sources')
        )


def write_readme(processed):
    "README.md, from the index; links and pictures lead into nbs/"
    notebook = nbformat.reads(json.dumps(tidy(processed / 'index.ipynb', readme_links)), 4)
    text, _ = MarkdownExporter().from_notebook_node(notebook)
    text = re.sub(r'[ \t]+$', '', re.sub(r'\n{3,}', '\n\n', text), flags=re.M).strip()
    (root / 'README.md').write_text(
        f'<!-- Made from nbs/index.ipynb by nbs/_site/build.py: edit the notebook -->\n\n{text}\n'
    )


def broken_links():
    "'page: link' for each link in a notebook that leads to no notebook, and in docs/ to no file or no place in it"
    for path in sorted(config.nbs_path.rglob('[!_.]*.ipynb')):
        prose = ''.join(
            line
            for cell in json.loads(path.read_text())['cells']
            if cell['cell_type'] == 'markdown'
            for line in cell['source']
        )
        for link in re.findall(r'\]\(([^)\s:#]+\.ipynb)', prose):
            if not (path.parent / link).exists():
                yield f'{path.relative_to(config.nbs_path)}: {link}'
    anchors = lambda page: set(re.findall(r'\b(?:id|name)="([^"]+)"', page.read_text()))
    for page in sorted(docs.rglob('*.html')):
        for link in sorted(set(re.findall(r'\b(?:href|src)="([^"]*)"', page.read_text()))):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link in ('', '#'):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if target.is_dir():
                target = target / 'index.html'
            if not target.exists() or (
                parts.fragment and unquote(parts.fragment) not in anchors(target)
            ):
                yield f'{page.relative_to(docs)}: {link}'


def main():
    if config.lib_name not in NbdevLookup().entries:
        sys.exit(
            'eva9 is not installed: run pip install -e . first, or the docs have no links to the source'
        )
    processed = proc_nbs(n_workers=0, force=True)
    write_sources(processed)
    write_site()
    write_readme(processed)
    if bad := list(broken_links()):
        sys.exit('broken links:\n' + '\n'.join(bad))


if __name__ == '__main__':
    main()
