"Sphinx's settings for the pages that build.py hands it"

from typing import Any

from docutils import nodes
from published import REPOSITORY, SETTINGS, SITE, VERSION
from sphinx.application import Sphinx

project = author = html_title = 'eva9'
copyright = '2026, the eva9 authors'
version = release = VERSION

extensions = [
    'myst_nb',
    'sphinx_copybutton',
    'sphinx.ext.githubpages',
]  # the last one writes .nojekyll
html_theme = 'furo'
html_baseurl = SITE
html_static_path = ['_static']
html_css_files = ['eva9.css']
html_js_files = ['eva9.js']
html_favicon = '_static/favicon.svg'
templates_path = ['_templates']
html_additional_pages = {'404': '404.html'}
html_use_index = False  # names.html lists the names
html_copy_source = html_show_sourcelink = False
html_last_updated_fmt = None  # a rebuild must not differ
html_show_search_summary = False  # it would be fetched, which a page opened as a file must not
html_theme_options = dict(top_of_page_buttons=[])  # a line of each page leads to its notebook

nb_execution_mode = 'off'  # outputs come from the notebooks
nb_merge_streams = True
myst_enable_extensions = ['alert', 'colon_fence', 'deflist']
myst_heading_anchors = 3
myst_all_links_external = True  # build.py rewrites and checks them
suppress_warnings = ['myst.header']  # nbdev gives symbols the level H3 wherever they stand


# --- what stands in the head of each page, for search engines and for who shares a link


def subtitle_of(page: nodes.document) -> str:
    "The line under the title"
    first = page.next_node(nodes.paragraph)
    return first.astext().replace('\n', ' ') if first else ''


def image_of(page: nodes.document | None, app: Sphinx) -> str:
    "The address of the first figure, or of the home page's"
    home = app.env.get_doctree('index')
    for document in filter(None, (page, home)):
        for image in document.findall(nodes.image):
            if name := app.env.images.get(image['uri']):
                return f'{SITE}{app.builder.imagedir}/{name[1]}'
    return ''


def add_to_context(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], page: nodes.document | None
) -> None:
    "What the templates in _templates ask for"
    context['repository'] = REPOSITORY
    context['description'] = (page and subtitle_of(page)) or SETTINGS['description']
    context['share_url'] = '' if pagename == '404' else f'{SITE}{pagename}.html'
    context['share_image'] = image_of(page, app)


def setup(app: Sphinx) -> None:
    app.connect('html-page-context', add_to_context)
