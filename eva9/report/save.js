// Tables that a spreadsheet reads: no text may become a formula. The scripts below use both.
function csvText(lines) {
  const harmless = value => (/^\s*[=+\-@＝＋－＠]/.test(value) ? `'${value}` : value);
  const quoted = value => `"${String(value).replaceAll('"', '""')}"`;
  const field = value => (/[",\r\n]/.test(value) ? quoted(value) : value);
  const cell = value => field(typeof value === 'string' ? harmless(value) : (value.cell ?? value));
  return lines.map(line => line.map(cell).join(',') + '\n').join('');
}

function saveAs(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
