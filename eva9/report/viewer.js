// A click on an image opens it large; arrow keys go on, Escape closes.
{
  const dialog = document.querySelector('#viewer');
  const frame = document.querySelector('#viewer-image');
  const caption = document.querySelector('#viewer-caption');
  let group = []; // buttons of the images that one can go through
  let at = 0;

  function draw() {
    const image = group[at].firstElementChild.cloneNode();
    const figure = group[at].closest('figure');
    frame.replaceChildren(image);
    caption.replaceChildren(...figure.querySelector('figcaption').cloneNode(true).childNodes);
    caption.className = figure.className;
    document.querySelector('#viewer-back').disabled = at === 0;
    document.querySelector('#viewer-on').disabled = at === group.length - 1;
  }

  function open(button) {
    const section = button.closest('section');
    group = [...section.querySelectorAll('.enlarge')].filter(b => !b.closest('[hidden]'));
    at = group.indexOf(button);
    draw();
    dialog.showModal();
  }

  function go(step) {
    if (!(at + step in group)) return;
    at += step;
    draw();
  }

  for (const button of document.querySelectorAll('.enlarge')) {
    button.addEventListener('click', () => open(button));
  }
  dialog.addEventListener('keydown', event => {
    if (event.key === 'ArrowLeft') go(-1);
    if (event.key === 'ArrowRight') go(1);
  });
  dialog.addEventListener('click', event => {
    if (event.target === dialog) dialog.close(); // beside the image
  });
  dialog.addEventListener('close', () => group[at].focus());
  document.querySelector('#viewer-back').addEventListener('click', () => go(-1));
  document.querySelector('#viewer-on').addEventListener('click', () => go(1));
  document.querySelector('#viewer-close').addEventListener('click', () => dialog.close());
}
