// The gallery: a filter, the buttons of the confusion matrix, and tables to save.
{
  const data = JSON.parse(document.querySelector('#data').textContent);
  const form = document.querySelector('#filter');
  const gallery = document.querySelector('#gallery');
  const told = document.querySelector('#shown');
  const more = document.querySelector('#more');
  const cells = [...document.querySelectorAll('[data-cell]')];
  const cardOf = new Map(); // row of the table -> its card
  for (const card of gallery.children) cardOf.set(Number(card.dataset.row), card);

  const step = 48; // images shown at first, and with each click on "Show more"
  let most = step;
  let order = null; // how the cards are sorted; in the page, mistakes come before what is right

  const number = n => n.toLocaleString('en');

  // What the form asks for; an empty field asks for nothing.
  function wanted() {
    const value = name => form.elements[name].value;
    const bound = (name, otherwise) => (value(name) === '' ? otherwise : Number(value(name)));
    return {
      label: value('label') === '' ? null : Number(value('label')),
      predicted: value('predicted') === '' ? null : Number(value('predicted')),
      answer: value('answer'),
      low: bound('low', 0),
      high: bound('high', 100),
      text: value('text').trim().toLowerCase(),
    };
  }

  function fits([path, label, predicted, confidence], want) {
    const sure = Math.round(100 * confidence); // as the card says it
    return (
      (want.label === null || label === want.label) &&
      (want.predicted === null || predicted === want.predicted) &&
      (want.answer === 'any' || (want.answer === 'right') === (label === predicted)) &&
      sure >= want.low &&
      sure <= want.high &&
      path.toLowerCase().includes(want.text)
    );
  }

  // How many right answers there are in all: known, unless confidence or path are asked for.
  function allRight(want) {
    if (want.low > 0 || want.high < 100 || want.text) return null;
    if (want.label !== null && want.predicted !== null && want.label !== want.predicted) return 0;
    const one = want.label ?? want.predicted;
    return one === null ? data.right.reduce((sum, n) => sum + n, 0) : data.right[one];
  }

  function sentence(what, shown, stored, all) {
    if (all === null) return `${number(shown)} of ${number(stored)} stored${what && ` ${what}`} shown`;
    const text = `${number(shown)} of ${number(all)}${what && ` ${what}`} shown`;
    return shown < stored && stored < all
      ? `${text} (${number(stored)} are stored on this page)`
      : text;
  }

  function subject(want) {
    if (want.label === null || want.predicted === null) return '';
    const name = c => data.classes[c];
    if (want.label === want.predicted) return `${name(want.label)}, right: `;
    return `${name(want.label)} taken for ${name(want.predicted)}: `;
  }

  function describe(want, shown, stored, all) {
    const parts = [];
    const what = subject(want);
    if (all.wrong) parts.push(sentence(what ? '' : 'mistakes', shown.wrong, stored.wrong, all.wrong));
    if (stored.right || all.right) {
      parts.push(sentence(what ? '' : 'right answers', shown.right, stored.right, all.right));
    }
    if (parts.length) return `${what}${parts.join('; ')}.`;
    return data.mistakes ? 'No image fits.' : 'There are no mistakes.';
  }

  function sortCards() {
    if (form.elements.order.value === order) return;
    order = form.elements.order.value;
    const by = {
      sure: ([a, x], [b, y]) => y[3] - x[3] || a - b,
      unsure: ([a, x], [b, y]) => x[3] - y[3] || a - b,
      file: ([a, x], [b, y]) => x[0].localeCompare(y[0], 'en', { numeric: true }) || a - b,
    }[order];
    const rows = [...cardOf.keys()].map(i => [i, data.rows[i]]).sort(by);
    gallery.append(...rows.map(([i]) => cardOf.get(i)));
  }

  function show() {
    const want = wanted();
    const shown = { wrong: 0, right: 0 };
    const stored = { wrong: 0, right: 0 };
    sortCards();
    for (const card of gallery.children) {
      const kind = card.classList.contains('right') ? 'right' : 'wrong';
      const found = fits(data.rows[card.dataset.row], want);
      if (found) stored[kind] += 1;
      card.hidden = !found || stored.wrong + stored.right > most;
      if (!card.hidden) shown[kind] += 1;
    }
    const wrong = data.rows.slice(0, data.mistakes).filter(row => fits(row, want)).length;
    const right = want.answer === 'wrong' ? 0 : allRight(want);
    told.textContent = describe(want, shown, stored, { wrong, right });
    more.hidden = stored.wrong + stored.right <= most;
    const cell = `${want.label}-${want.predicted}`;
    for (const button of cells) button.setAttribute('aria-pressed', button.dataset.cell === cell);
  }

  function showAgain() {
    most = step;
    show();
  }

  form.addEventListener('input', showAgain);
  form.addEventListener('reset', () => setTimeout(showAgain)); // when the fields are empty
  form.addEventListener('submit', event => event.preventDefault());
  more.addEventListener('click', () => {
    most += step;
    show();
  });

  // A click on a cell asks for its images, a second click for all mistakes.
  for (const button of cells) {
    button.addEventListener('click', () => {
      const again = button.getAttribute('aria-pressed') === 'true';
      const [label, predicted] = again ? ['', ''] : button.dataset.cell.split('-');
      form.elements.label.value = label;
      form.elements.predicted.value = predicted;
      form.elements.answer.value = again ? 'wrong' : 'any';
      showAgain();
      const first = [...gallery.children].find(card => !card.hidden);
      (first ?? told).scrollIntoView({ block: 'nearest' });
    });
  }

  function save(name, rows) {
    const lines = [['path', 'true', 'predicted', 'confidence']];
    for (const [path, label, predicted, confidence] of rows) {
      lines.push([path, data.classes[label], data.classes[predicted], confidence]);
    }
    saveAs(name, csvText(lines));
  }

  const tables = {
    mistakes: () => data.rows.slice(0, data.mistakes),
    suspects: () => data.suspects.map(i => data.rows[i]),
  };
  for (const button of document.querySelectorAll('[data-save]')) {
    const name = button.dataset.save;
    button.addEventListener('click', () => save(`${name}.csv`, tables[name]()));
  }

  for (const part of document.querySelectorAll('#filter, main .actions')) part.hidden = false;
  show();
}
