"Where eva9 comes from and where its pages are: what settings.ini says, for build.py and conf.py"

from configparser import ConfigParser, SectionProxy
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]


def read_settings() -> SectionProxy:
    parser = ConfigParser(delimiters='=')
    parser.read(ROOT / 'settings.ini', encoding='utf-8')
    return parser['DEFAULT']


SETTINGS = read_settings()
VERSION = SETTINGS['version']
REPOSITORY = SETTINGS['git_url']
FILES = f'{REPOSITORY}/blob/{SETTINGS["branch"]}'  # a file of the repository, to look at
SITE = f'{SETTINGS["doc_host"]}{SETTINGS["doc_baseurl"]}/'  # the address of docs/
BASE = urlsplit(SITE).path  # the same without the host: '/eva9/'
