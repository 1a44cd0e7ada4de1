"""Pages as a person sees them: Chromium, driven by playwright, and what is wrong on a page

    from browser import open_page, overflow, axe_violations, faint_svg_text, complaints
    with open_page('report.html', width=360, dark=True) as page:
        page.click('text=F1')
        assert not overflow(page)
        assert not axe_violations(page)

Each check gives a list of readable lines, which is empty if there is nothing to complain about.
Nothing is loaded from anywhere but files. Where an asyncio loop runs already (in Jupyter), put
`@apart` before the function that opens the pages: it then runs in a thread of its own.
"""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import axe_playwright_python
import numpy as np
from PIL import Image
from playwright.sync_api import (
    Browser,
    ElementHandle,
    Page,
    Request,
    Route,
    ViewportSize,
    sync_playwright,
)

P = ParamSpec('P')
T = TypeVar('T')

NAMES = 'chromium', 'chromium-browser', 'google-chrome', 'chrome'
LOCAL = 'file:', 'data:', 'blob:', 'about:'
AXE = Path(axe_playwright_python.__path__[0]) / 'axe.min.js'
_heard: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()  # what each page complained of


# --- to open a page


def find_browser() -> str:
    "The program of Chromium or Chrome; `FileNotFoundError` if there is none"
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(f'there is no browser here ({", ".join(NAMES)}): install Chromium')


def apart(function: Callable[P, T]) -> Callable[P, T]:
    "Run a function in a thread of its own, where no asyncio loop runs: playwright wants none"

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(function, *args, **kwargs).result()

    return run


@contextmanager
def started() -> Iterator[Browser]:
    "A browser, for several pages one after the other"
    with sync_playwright() as playwright:
        program = find_browser()
        browser = playwright.chromium.launch(executable_path=program, args=['--no-sandbox'])
        yield browser
        browser.close()


@contextmanager
def open_page(
    source: str | Path,  # a file, its address (file:///...#part), or HTML
    width: int = 1280,  # of the window, in pixels
    *,
    dark: bool = False,
    height: int = 800,
    browser: Browser | None = None,  # of `started()`; one of its own without
) -> Iterator[Page]:
    "A page in a window of that width, in light or dark colours"
    with ExitStack() as stack:
        browser = browser or stack.enter_context(started())
        context = browser.new_context(
            viewport=ViewportSize(width=width, height=height),
            color_scheme='dark' if dark else 'light',
            reduced_motion='reduce',
        )
        stack.callback(context.close)
        page = context.new_page()
        _listen(page)
        _load(page, source)
        yield page


def _load(page: Page, source: str | Path) -> None:
    text = str(source)
    if text.lstrip().startswith('<'):
        page.set_content(text)
    else:
        page.goto(text if text.startswith('file:') else Path(source).resolve().as_uri())


def screenshot(page: Page, path: str | Path) -> Path:
    "The whole page as a PNG file, from its top to its end; its folder is made"
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path


# --- what the browser itself complains of


def complaints(page: Page) -> list[str]:
    "Errors of scripts, what the content policy forbids, and requests to anywhere but files"
    page.evaluate('0')  # what was said before has arrived then
    return list(_heard[page])


def _listen(page: Page) -> None:
    said = _heard[page] = []

    def answer(route: Route, request: Request) -> None:
        if request.url.startswith(LOCAL):
            return route.continue_()
        said.append(f'request: {request.url}')
        route.abort()

    def console(message: Any) -> None:
        if message.type in ('error', 'warning'):
            said.append(f'{message.type}: {message.text}')

    page.on('pageerror', lambda error: said.append(f'script: {error}'))
    page.on('console', console)
    page.route('**/*', answer)


# --- what is wider than the window

# The innermost elements that reach beyond the right edge, but those within a box that scrolls
# or cuts off, and drawers that wait outside of the window.
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const styles = element => getComputedStyle(element);
  const boxed = e => { // whether a box around it takes care of it
    for (let box = e.parentElement; box && box !== document.body; box = box.parentElement) {
      if (styles(box).overflowX !== 'visible') return true;
      if (styles(box).position === 'fixed') return true;
    }
    return false;
  };
  const wide = e => {
    const box = e.getBoundingClientRect();
    const seen = box.width > 1 && box.height > 1 && styles(e).visibility !== 'hidden';
    if (!seen) return false;
    if (styles(e).position === 'fixed') return box.width > width + 1;
    return box.right + scrollX > width + 1 && !boxed(e);
  };
  const found = [...document.body.querySelectorAll('*')].filter(wide);
  const inner = found.filter(e => ![...e.children].some(child => found.includes(child)));
  const told = inner.map(e => [e, Math.round(e.getBoundingClientRect().right + scrollX)]);
  const page = document.documentElement.scrollWidth;
  return {width, page, found: told.map(([e, right]) => [NAME(e), right])};
}"""

# A readable selector of an element, and how its text begins
NAME = """(e => {
  const own = e.id ? '#' + e.id : [...e.classList].slice(0, 2).map(name => '.' + name).join('');
  const parent = e.parentElement;
  const above = parent && parent.classList.length ? '.' + parent.classList[0] + ' > ' : '';
  const text = (e.textContent || '').trim().replace(/\\s+/g, ' ').slice(0, 40);
  return above + e.tagName.toLowerCase() + own + (text ? ` "${text}"` : '');
})"""


def overflow(page: Page, most: int = 20) -> list[str]:
    "What is wider than the window: at most so many elements, and the page if it scrolls sideways"
    told = page.evaluate(OVERFLOW.replace('NAME', NAME))
    found = [f'{name} reaches to {right} of {told["width"]}' for name, right in told['found']]
    if told['page'] > told['width']:
        found.insert(0, f'the page is {told["page"]} wide in a window of {told["width"]}')
    return found[:most]


# --- the rules of axe-core


def axe_violations(
    page: Page,
    *,
    impacts: tuple[str, ...] = (),  # only these: 'minor', 'moderate', 'serious', 'critical'
    rules: tuple[str, ...] = (),  # only these, such as 'color-contrast'
    without: tuple[str, ...] = (),  # selectors of parts that are not looked at
) -> list[str]:
    "Violated rules of accessibility, a line an element: 'rule: impact: selector: what to do'"
    options: dict[str, Any] = dict(resultTypes=['violations'])
    if rules:
        options['runOnly'] = dict(type='rule', values=list(rules))
    part = dict(exclude=[[selector] for selector in without]) if without else None
    page.evaluate(AXE.read_text(encoding='utf-8'))
    run = '([part, options]) => axe.run(part || document, options)'
    found = page.evaluate(run, [part, options])['violations']
    chosen = [it for it in found if not impacts or it['impact'] in impacts]
    return [_violation(it, node) for it in chosen for node in it['nodes']]


def _violation(violation: dict[str, Any], node: dict[str, Any]) -> str:
    where = ' '.join(map(str, node['target']))
    remedy = re.sub(r'\s+', ' ', node.get('failureSummary') or violation['help'])
    return f'{violation["id"]}: {violation["impact"]}: {where}: {remedy}'


def faint_text(page: Page) -> list[str]:
    "Text whose contrast is too low, in HTML (by axe-core) and in figures (by pixels)"
    return axe_violations(page, rules=('color-contrast',)) + faint_svg_text(page)


# --- text in figures, at which axe-core does not look

# Of each text of a figure: its words, its colour, its opacity, its size in pixels of the screen,
# and its place in the figure
TEXTS = """svg => {
  const origin = svg.getBoundingClientRect();
  const opacity = e => e === svg ? 1 : getComputedStyle(e).opacity * opacity(e.parentElement);
  const texts = [...svg.querySelectorAll('text')].filter(e => e.textContent.trim());
  return texts.map(e => {
    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    const place = [box.left - origin.left, box.top - origin.top, box.width, box.height];
    const matrix = e.getScreenCTM();
    const size = parseFloat(style.fontSize) * Math.hypot(matrix.a, matrix.b);
    const alpha = opacity(e) * style.fillOpacity;
    return {text: e.textContent.trim(), fill: style.fill, alpha, size, place};
  });
}"""
HIDE = """(svg, hide) => {
  for (const e of svg.querySelectorAll('text')) e.style.visibility = hide ? 'hidden' : '';
}"""


def faint_svg_text(page: Page, least: float = 4.5) -> list[str]:
    "Text of figures whose contrast with what is behind it is below `least`"
    found = []
    for svg in _figures(page):
        behind = _without_text(svg)
        for it in svg.evaluate(TEXTS):
            ratio = _contrast(it, behind)
            if ratio < least:
                found.append(f'svg text "{it["text"][:40]}": contrast {ratio:.1f}')
    return found


def small_svg_text(page: Page, least: float = 9) -> list[str]:
    "Text of figures that is smaller than `least` pixels as it is shown"
    texts = [it for svg in _figures(page) for it in svg.evaluate(TEXTS)]
    small = [it for it in texts if it['size'] < least]
    return [f'svg text "{it["text"][:40]}": {it["size"]:.1f} pixels' for it in small]


def _figures(page: Page) -> list[ElementHandle]:
    "The visible figures of a page that have text"
    return [svg for svg in page.query_selector_all('svg:has(text)') if svg.is_visible()]


def _without_text(svg: ElementHandle) -> np.ndarray:
    "What is behind the text of a figure: H x W x 3, 0..1"
    svg.evaluate(HIDE, True)
    pixels = Image.open(io.BytesIO(svg.screenshot())).convert('RGB')
    svg.evaluate(HIDE, False)
    return np.asarray(pixels) / 255


def _contrast(text: dict[str, Any], behind: np.ndarray) -> float:
    "Of a text with what is behind it: the median over the pixels of its place"
    left, top, width, height = text['place']
    rows = slice(max(0, int(top)), max(1, int(top + height)))
    columns = slice(max(0, int(left)), max(1, int(left + width)))
    pixels = behind[rows, columns].reshape(-1, 3)
    if not len(pixels):
        return 1.0  # it lies outside of the figure
    red, green, blue, *rest = [float(part) for part in re.findall(r'[\d.]+', text['fill'])]
    alpha = text['alpha'] * (rest[0] if rest else 1)
    ink = alpha * np.array([red, green, blue]) / 255 + (1 - alpha) * pixels
    light, dark = luminance(np.maximum(ink, 0)), luminance(pixels)
    ratios = (np.maximum(light, dark) + 0.05) / (np.minimum(light, dark) + 0.05)
    return float(np.median(ratios))


def luminance(colours: np.ndarray) -> np.ndarray:
    "How bright colours are, by WCAG 2.2: N x 3 in sRGB, 0..1, to N"
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
