// What a spreadsheet program would find in an XLSX file: the cells of its sheet, read from the archive as it is written.
import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';

// The files of a ZIP archive by name, by its central directory.
function unzipped(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(end >= 0, 'the archive has an end');
  const files = new Map();
  for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [method, packed, names, extra, note, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.subarray(at + 46, at + 46 + names).toString();
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + packed);
    files.set(name, (method === 0 ? data : inflateRawSync(data)).toString());
    at += 46 + names + extra + note;
  }
  return files;
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => entities[name]);

// Rows of cells: { text } of a text, { number } of a number or a day; empty cells are left out. A formula fails.
export function sheetRows(bytes) {
  const files = unzipped(bytes);
  for (const name of ['[Content_Types].xml', 'xl/workbook.xml', 'xl/styles.xml']) assert.ok(files.has(name), name);
  const sheet = files.get('xl/worksheets/sheet1.xml');
  assert.ok(!/<f[ >]/.test(sheet), 'no cell is a formula');
  return [...sheet.matchAll(/<row [^>]*>([^]*?)<\/row>/g)].map(([, row]) => Object.fromEntries(
    [...row.matchAll(/<c r="([A-Z]+)\d+"([^>]*)>([^]*?)<\/c>/g)].map(([, column, kind, cell]) => {
      const text = cell.match(/<t[^>]*>([^]*?)<\/t>/);
      return [column, /t="inlineStr"/.test(kind) ? { text: plain(text[1]) } : { number: Number(cell.match(/<v>([^<]*)<\/v>/)[1]) }];
    })));
}

// The sheet at an address of the API, as the client sees it.
export async function sheetOf(server, client, path) {
  const answer = await fetch(server.url + path, { headers: { Authorization: `Bearer ${client.token}` } });
  assert.equal(answer.status, 200, path);
  assert.match(answer.headers.get('content-type'), /spreadsheetml/);
  return sheetRows(Buffer.from(await answer.arrayBuffer()));
}
