// The importer against the invented register: what it takes, what it refuses and why, and that running it again is safe.
// What is expected of register.csv was written by the program that made it (make-register.mjs), which never ran the importer.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const program = process.env.PANJI ?? join(here, "../../build/panji");
const password = "only-for-this-test";
const expected = JSON.parse(readFileSync(join(here, "register.expected.json"), "utf8"));
const refusedRows = Object.values(expected.refused_rows).flat().sort((a, b) => a - b);

let folder, data, register;
function panji(...words) {
  const done = spawnSync(program, words, { encoding: "utf8", env: { ...process.env, PANJI_PASSWORD: password }, maxBuffer: 1 << 26 });
  return { code: done.status, out: done.stdout, err: done.stderr };
}
function importFile(file, ...more) {
  const done = panji("import", "firs", file, "--map", join(here, "register.map"), "--data", data, "--officer", "admin", "--json", ...more);
  return { ...done, report: done.out ? JSON.parse(done.out) : undefined };
}
function entryCount() {
  const done = panji("verify", "--data", data, "--json");
  assert.equal(done.code, 0, done.err);
  return JSON.parse(done.out).entries;
}
// The id the importer must give: UUIDv7 of the year's first day in India and a hash of station, number and year.
function entryId(station, number, year) {
  const hash = createHash("sha256").update(`fir_legacy ${station}/${number}/${year}`).digest();
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Date.UTC(year, 0, 1) - 19800000, 0, 6);
  hash.copy(bytes, 6, 0, 10);
  bytes[6] = 0x70 | (bytes[6] & 15);
  bytes[8] = 0x80 | (bytes[8] & 63);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
function entryBody(id) {
  const done = panji("show", id, "--data", data, "--json");
  assert.equal(done.code, 0, done.err);
  return JSON.parse(done.out).body;
}
const heading = "Sl,District,Police Station,FIR No.,Year,FIR Date,Date of Occurrence,Time,Place,Act & Section,Complainant,Accused,IO,Stage,Court Case No,Brief Facts\n";
function writeCsv(name, ...lines) {
  const file = join(folder, name);
  writeFileSync(file, heading + lines.join("\n") + "\n");
  return file;
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), "panji-import-"));
  data = join(folder, "data");
  register = join(folder, "register.csv");
  copyFileSync(join(here, "register.csv"), register);
  const done = panji("init", "--data", data, "--name", "import.example", "--places", "Baloda Bazar");
  assert.equal(done.code, 0, done.err);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("the register in the tree is the one its generator writes", () => {
  const fresh = mkdtempSync(join(tmpdir(), "panji-register-"));
  assert.equal(spawnSync(process.execPath, [join(here, "make-register.mjs"), fresh]).status, 0);
  for (const name of ["register.csv", "register.expected.json"])
    assert.ok(readFileSync(join(fresh, name)).equals(readFileSync(join(here, name))), name);
  rmSync(fresh, { recursive: true });
});

function assertReport(report, added, again) {
  assert.equal(report.rows, expected.rows);
  assert.equal(report.new, added);
  assert.equal(report.already_there, again);
  assert.equal(report.refused, expected.refused);
  assert.equal(report.rows, report.new + report.already_there + report.refused);
  assert.deepEqual(report.refusals.map((refusal) => refusal.row), refusedRows);
  for (const refusal of report.refusals) assert.ok(refusal.reason.length > 5);
}

test("a dry run tells all and files nothing", () => {
  const entries = entryCount();
  const { code, report } = importFile(register, "--dry-run");
  assert.equal(code, 0);
  assertReport(report, expected.new, expected.already_there);
  assert.equal(entryCount(), entries);
});

test("good rows are taken, each other row is refused with column and reason", () => {
  const entries = entryCount();
  const { code, report } = importFile(register);
  assert.equal(code, 0);
  assertReport(report, expected.new, expected.already_there);
  assert.equal(report.noted, expected.noted);
  assert.deepEqual(report.notes.map((note) => note.row), expected.noted_rows);
  assert.equal(entryCount(), entries + expected.new);
  const columns = { no_number: "FIR No.", impossible_date: "FIR Date", future_date: "FIR Date", no_date: "FIR Date",
    year_mismatch: "FIR Date", unknown_unit: "Police Station", other_content: "FIR No.", wrong_columns: "", no_sections: "Act & Section",
    unknown_stage: "Stage", occurrence_later: "Date of Occurrence", bad_number: "FIR No.", bad_bytes: "", stray_quote: "" };
  const columnOf = new Map(report.refusals.map((refusal) => [refusal.row, refusal.column]));
  for (const [kind, rows] of Object.entries(expected.refused_rows))
    for (const row of rows) assert.equal(columnOf.get(row), columns[kind], `${kind}, row ${row}`);
});

test("refused rows lie in a file of their own, as they were", () => {
  const { code, report } = importFile(`${register}.refused.csv`);
  assert.equal(code, 0);
  // unmended they are refused again, for the same reasons
  assert.equal(report.rows, expected.refused);
  assert.equal(report.refused, expected.refused);
});

test("running it again takes nothing twice", () => {
  const entries = entryCount();
  const { code, report } = importFile(register);
  assert.equal(code, 0);
  assert.equal(report.new, 0);
  assert.equal(report.rows, report.already_there + report.refused);
  assert.equal(entryCount(), entries);
});

test("an entry says what the row said, and what was understood", () => {
  const file = writeCsv("one.csv",
    '7,,थाना कसडोल,९००१/१९,,१२-०३-२०१९,11.03.19,2.30 PM,Khapri,"धारा 379, 411 भादवि व 25 आर्म्स एक्ट",रामकुमार साहू पिता देवलाल साहू उम्र 39 वर्ष,"1. अज्ञात; 2. Santosh S/o Bisahu, R/o Simga",SI Tandan,चालान,12/2019,मोटर सायकल चोरी');
  const { report } = importFile(file);
  assert.equal(report.new, 1);
  assert.deepEqual(report.notes, [{ row: 2, column: "Act & Section", reason: "ARMS 25: several sub-sections: say which" }]);
  const body = entryBody(entryId("33302006", 9001, 2019));
  assert.equal(body.register.number, "९००१/१९");
  assert.equal(body.register.year, 2019);
  assert.equal(body.register.registered_on, "2019-03-12");
  assert.equal(body.register.act_sections_as_typed, "धारा 379, 411 भादवि व 25 आर्म्स एक्ट");
  assert.equal(body.register.stage, "charge_sheeted");
  assert.equal(body.register.sensitive, true); // a part was not understood
  assert.deepEqual(body.offences, [{ offence: "IPC 379" }, { offence: "IPC 411" }]);
  assert.equal(body.occurrence.from, "2019-03-11T14:30:00+05:30");
  assert.deepEqual(body.complainant.who, { name: "रामकुमार साहू", relation: "father", relative_name: "देवलाल साहू" });
  assert.deepEqual(body.accused.map((row) => row.who.name), ["अज्ञात", "Santosh"]);
  assert.match(body.register.remarks, /उम्र 39 वर्ष/); // nothing of the row is lost
});

test("the law is that of the day of the act, not of the FIR", () => {
  const file = writeCsv("days.csv",
    "1,,Kasdol,9101,2024,02.07.2024,30.06.2024,,,379,Ram,,,,,", "2,,Kasdol,9102,2024,02.07.2024,01.07.2024,,,303(2),Ram,,,,,");
  assert.equal(importFile(file).report.new, 2);
  assert.deepEqual(entryBody(entryId("33302006", 9101, 2024)).offences, [{ offence: "IPC 379" }]);
  assert.deepEqual(entryBody(entryId("33302006", 9102, 2024)).offences, [{ offence: "BNS 303(2)" }]);
});

test("a sexual offence and one against a child are never public", () => {
  const file = writeCsv("sensitive.csv", "1,,Kasdol,9201,2019,02.07.2019,,,,376 IPC,Ram,,,,,", "2,,Kasdol,9202,2019,02.07.2019,,,,6 POCSO Act,Ram,,,,,",
    "3,,Kasdol,9203,2019,02.07.2019,,,,379 IPC,Ram,,,,,");
  assert.equal(importFile(file).report.new, 3);
  const sensitive = [9201, 9202, 9203].map((number) => entryBody(entryId("33302006", number, 2019)).register.sensitive);
  assert.deepEqual(sensitive, [true, true, false]);
});

test("a malformed file is refused whole", () => {
  const entries = entryCount();
  const open = writeCsv("open.csv", "1,,Kasdol,9301,2019,02.07.2019,,,,379 IPC,Ram,,,,,", '2,,Kasdol,9302,2019,02.07.2019,,,,"379 IPC,Ram,,,,,');
  assert.equal(importFile(open).code, 65);
  const empty = join(folder, "empty.csv");
  writeFileSync(empty, "");
  assert.equal(importFile(empty).code, 65);
  const other = join(folder, "other.csv");
  writeFileSync(other, "FIR,Date\n1,2\n");
  const done = importFile(other);
  assert.equal(done.code, 65);
  assert.match(done.err, /there is no column 'Police Station'/);
  assert.equal(entryCount(), entries);
  assert.ok(!existsSync(`${open}.refused.csv`));
});

test("a wrong map, a wrong password and a wrong use are told apart", () => {
  const map = join(folder, "wrong.map");
  writeFileSync(map, "column unit | PS\ncolumn colour | Colour\nstage charge_sheeted\n");
  const words = ["import", "firs", register, "--data", data, "--officer", "admin"];
  const wrong = panji(...words, "--map", map);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /wrong\.map:2: there is no such cell/);
  assert.match(wrong.err, /wrong\.map:3: /);
  assert.match(wrong.err, /there is no column number/);
  assert.equal(panji(...words).code, 2);
  const stranger = spawnSync(program, [...words, "--map", join(here, "register.map")], { env: { ...process.env, PANJI_PASSWORD: "not-the-password" } });
  assert.notEqual(stranger.status, 0);
});
