"Sphinx's settings for the pages that build.py hands it"

project = author = html_title = 'eva9'
copyright = '2026, the eva9 authors'

extensions = [
    'myst_nb',
    'sphinx_copybutton',
    'sphinx.ext.githubpages',
]  # the last one writes .nojekyll
html_theme = 'furo'
html_static_path = ['_static']
html_css_files = ['eva9.css']
html_use_index = False  # names.html lists the names
html_copy_source = html_show_sourcelink = False
html_last_updated_fmt = None  # a rebuild must not differ
html_show_search_summary = False  # it would be fetched, which a page opened as a file must not

nb_execution_mode = 'off'  # outputs come from the notebooks
nb_merge_streams = True
myst_enable_extensions = ['alert', 'colon_fence', 'deflist']
myst_heading_anchors = 3
myst_all_links_external = True  # build.py rewrites and checks them
suppress_warnings = ['myst.header']  # nbdev gives symbols the level H3 wherever they stand
