// The comparison of runs: saves the images that turned as a table.
{
  const { head, rows } = JSON.parse(document.querySelector('#data').textContent);
  // A table that a spreadsheet reads: no text may become a formula.
  const harmless = value =>
    typeof value === 'string' && /^\s*[=+\-@＝＋－＠]/.test(value) ? `'${value}` : value;
  const quoted = value => `"${String(value).replaceAll('"', '""')}"`;
  const field = value => (/[",\r\n]/.test(value) ? quoted(value) : value);

  function save() {
    const lines = [head, ...rows].map(row => row.map(harmless).map(field).join(',') + '\n');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(lines, { type: 'text/csv' }));
    link.download = 'turned.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  document.querySelector('#save')?.addEventListener('click', save);
  for (const part of document.querySelectorAll('main .actions')) part.hidden = false;
}
