// A click on a cell of the confusion matrix shows its images alone;
// a second click shows the most confident mistakes again.
const cards = [...document.querySelectorAll('#gallery .card')];
const buttons = [...document.querySelectorAll('.confusion button')];
const status = document.querySelector('#shown');
const most = 48; // mistakes shown at first
let chosen = null; // the cell: 'true-predicted', two class numbers

function isShown(card, shown) {
  if (chosen) return card.dataset.cell === chosen;
  return shown < most && card.classList.contains('wrong');
}

function describe(shown) {
  if (!chosen) {
    return `The ${shown} most confident of ${status.dataset.mistakes} mistakes. ` +
      'Click a number above to see its images.';
  }
  const button = buttons.find(b => b.dataset.cell === chosen);
  return `${shown} images: ${button.title} in all. Click again for the most confident mistakes.`;
}

function show() {
  let shown = 0;
  for (const card of cards) {
    card.hidden = !isShown(card, shown);
    if (!card.hidden) shown += 1;
  }
  for (const button of buttons) button.classList.toggle('on', button.dataset.cell === chosen);
  status.textContent = describe(shown);
}

for (const button of buttons) {
  button.addEventListener('click', () => {
    chosen = chosen === button.dataset.cell ? null : button.dataset.cell;
    show();
  });
}
show();

// A click on an image shows it larger; a second click as it was.
for (const button of document.querySelectorAll('.enlarge')) {
  button.addEventListener('click', () => button.closest('.card').classList.toggle('large'));
}
