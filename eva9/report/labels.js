// Labels to mend: a tick and a new label beside each suspect, and the table that eva9_train reads.
{
  const section = document.querySelector('#labels');
  const classes = JSON.parse(document.querySelector('#data').textContent).classes;
  const suspects = [...section.querySelectorAll('.suspect')];
  const bar = section.querySelector('.mending');
  const leaveOut = '-'; // in place of a label
  let unsaved = false;

  function choice(label) {
    const select = document.createElement('select');
    classes.forEach((name, c) => select.append(new Option(name, c, false, c === label)));
    select.append(new Option('leave the image out', leaveOut));
    return select;
  }

  // Each suspect's controls; choosing a label ticks it.
  const controls = suspects.map(suspect => {
    const [tick, menu] = suspect.querySelectorAll('.mend label');
    const box = tick.querySelector('input');
    const select = choice(Number(suspect.dataset.predicted));
    menu.append(select);
    select.setAttribute('aria-label', box.getAttribute('aria-label').replace('mend', 'new label'));
    select.addEventListener('change', () => {
      box.checked = true;
      tell();
    });
    box.addEventListener('change', () => tell());
    return { suspect, box, select };
  });

  // All at once only where no result is measured: the model must not mend its own test.
  const learned = controls.filter(({ suspect }) => suspect.classList.contains('learned'));

  const ticked = () => controls.filter(({ box }) => box.checked);

  function tell() {
    const chosen = ticked();
    const out = chosen.filter(({ select }) => select.value === leaveOut).length;
    unsaved = chosen.length > 0;
    bar.querySelector('[data-do=save]').disabled = !chosen.length;
    const all = learned.every(({ box }) => box.checked);
    bar.querySelector('[data-do=all]').textContent =
      `${all ? 'Untick' : 'Tick'} all of the training images`;
    bar.querySelector('[role=status]').textContent =
      `${chosen.length} of ${controls.length} ticked` +
      (out ? `, of which ${out} ${out === 1 ? 'is' : 'are'} left out` : '');
  }

  // The table: what was mended before, then what is ticked. Names are cells already.
  function table() {
    const rows = new Map();
    for (const [image, label, was] of JSON.parse(bar.dataset.earlier)) {
      rows.set(image, [image, label, was].map(cell => ({ cell })));
    }
    for (const { suspect, select } of ticked()) {
      const image = suspect.dataset.image;
      const label = select.value === leaveOut ? { cell: leaveOut } : classes[select.value];
      const was = rows.get(image)?.[2] ?? classes[suspect.dataset.label];
      rows.set(image, [{ cell: image }, label, was]);
    }
    return [['image', 'label', 'was'], ...rows.values()];
  }

  if (bar) {
    bar.querySelector('[data-do=all]').addEventListener('click', () => {
      const all = !learned.every(({ box }) => box.checked);
      for (const { box } of learned) box.checked = all;
      tell();
    });
    bar.querySelector('[data-do=save]').addEventListener('click', () => {
      saveAs('labels.csv', csvText(table()));
      unsaved = false;
    });
    addEventListener('beforeunload', event => {
      if (unsaved) event.preventDefault();
    });
    for (const part of [bar, ...section.querySelectorAll('.mend')]) part.hidden = false;
    bar.querySelector('[data-do=all]').hidden = !learned.length;
    tell();
  }
}
