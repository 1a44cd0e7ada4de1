// Tables: a click on a heading sorts, and arrow keys move through the confusion matrix.
{
  // "1,234", "93.4% (91% to 95%)" and "–", which comes last
  const numberIn = cell => parseFloat(cell.textContent.trim().replaceAll(',', ''));

  function byNumber(a, b, up) {
    const [x, y] = [numberIn(a), numberIn(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
    return up ? x - y : y - x;
  }

  function byText(a, b, up) {
    const found = a.textContent.localeCompare(b.textContent, 'en', { numeric: true });
    return up ? found : -found;
  }

  function sort(table, column, up) {
    const heads = [...table.tHead.rows[0].cells];
    const byName = heads[column].classList.contains('name');
    const compare = byName ? byText : byNumber;
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => compare(a.cells[column], b.cells[column], up));
    table.tBodies[0].append(...rows);
    for (const head of heads) head.removeAttribute('aria-sort');
    heads[column].setAttribute('aria-sort', up ? 'ascending' : 'descending');
  }

  for (const table of document.querySelectorAll('.sortable')) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.tagName !== 'TH') return;
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const first = head.classList.contains('name') ? 'ascending' : 'descending';
        const now = head.getAttribute('aria-sort');
        sort(table, column, (now ? now !== 'ascending' : first === 'ascending'));
      });
    });
  }

  // The matrix is one stop of the tab key, and the arrows move within it.
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const matrix = document.querySelector('.matrix');
  const buttonAt = (i, j) => matrix.querySelector(`[data-cell="${i}-${j}"]`);

  function neighbour(button, [down, right]) {
    const size = matrix.tBodies[0].rows.length;
    let [i, j] = button.dataset.cell.split('-').map(Number);
    for (;;) {
      i += down;
      j += right;
      if (i < 0 || j < 0 || i >= size || j >= size) return null;
      const found = buttonAt(i, j);
      if (found) return found; // cells without images are passed over
    }
  }

  if (matrix) {
    const buttons = [...matrix.querySelectorAll('button')];
    const stopAt = chosen => buttons.forEach(b => (b.tabIndex = b === chosen ? 0 : -1));
    stopAt(buttons[0]);
    matrix.addEventListener('focusin', event => stopAt(event.target));
    matrix.addEventListener('keydown', event => {
      const found = event.key in steps && neighbour(event.target, steps[event.key]);
      if (!found) return;
      event.preventDefault();
      found.focus();
    });
  }
}
