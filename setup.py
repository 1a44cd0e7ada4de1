"The package for setuptools; its name, version and requirements are said in settings.ini"

from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

parser = ConfigParser(delimiters='=')
parser.read('settings.ini', encoding='utf-8')
cfg = parser['DEFAULT']

classifiers = [
    'Development Status :: 3 - Alpha',
    f'Intended Audience :: {cfg["audience"]}',
    'Intended Audience :: Education',
    'Programming Language :: Python :: 3',
    f'Programming Language :: Python :: {cfg["min_python"]}',
    'Topic :: Scientific/Engineering :: Artificial Intelligence',
    'Typing :: Typed',
]
project_urls = {
    'Documentation': cfg['doc_host'] + cfg['doc_baseurl'],
    'Source': cfg['git_url'],
    'Issues': f'{cfg["git_url"]}/issues',
}
extra_names = ('dev', 'onnx', 'tensorboard', 'timm', 'heic')
extras = {name: cfg[f'{name}_requirements'].split() for name in extra_names}
# The last entry lets nbdev link each symbol to its source.
entry_points = {
    'console_scripts': cfg['console_scripts'].split(),
    'nbdev': [f'{cfg["lib_name"]}={cfg["lib_name"]}._modidx:d'],
}

setup(
    name=cfg['lib_name'],
    version=cfg['version'],
    description=cfg['description'],
    long_description=Path('README.md').read_text(encoding='utf-8'),
    long_description_content_type='text/markdown',
    keywords=cfg['keywords'].split(),
    author=cfg['author'],
    author_email=cfg['author_email'],
    url=cfg['git_url'],
    project_urls=project_urls,
    license='Apache-2.0',
    license_files=['LICENSE'],
    classifiers=classifiers,
    packages=find_packages(include=['eva9', 'eva9.*']),
    package_data={'eva9': ['py.typed'], 'eva9.report': ['*.html', '*.css', '*.js']},
    python_requires=f'>={cfg["min_python"]}',
    install_requires=cfg['requirements'].split(),
    extras_require=extras,
    entry_points=entry_points,
)
