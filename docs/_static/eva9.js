// What furo leaves to the mouse can be done with the keyboard too.

// A box of code or a table that is too wide scrolls, so it must be possible to go there.
function letScroll() {
  for (const box of document.querySelectorAll('pre, .table-wrapper, div.math')) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
}

// On a small window, two labels open the side bars: make buttons of them.
function letOpen() {
  for (const label of document.querySelectorAll('.nav-overlay-icon, .toc-overlay-icon')) {
    const box = document.getElementById(label.htmlFor);
    label.tabIndex = 0;
    label.role = 'button';
    label.ariaLabel = label.matches('.nav-overlay-icon') ? 'All pages' : 'On this page';
    label.ariaExpanded = box.checked;
    box.addEventListener('change', () => { label.ariaExpanded = box.checked; });
    label.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      label.click();
    });
  }
}

addEventListener('DOMContentLoaded', () => { letScroll(); letOpen(); });
addEventListener('resize', letScroll);
