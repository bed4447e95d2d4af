// Writes an invented register of 2,000 old FIRs as clerks leave them behind, and how many rows of each kind it put in:
//
//     node tests/import/make-register.mjs [FOLDER]
//
// Everybody in it is invented. The same program writes the same bytes: the random numbers have a fixed seed. What
// the importer must make of the file is known here by construction, never by running the importer.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.argv[2] ?? dirname(fileURLToPath(import.meta.url));
const ROWS = 2000;

// mulberry32
let seed = 20190312;
function random() {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];

const columns = ["Sl", "District", "Police Station", "FIR No.", "Year", "FIR Date", "Date of Occurrence", "Time",
  "Place", "Act & Section", "Complainant", "Accused", "IO", "Stage", "Court Case No", "Brief Facts"];

// code of the station, and how clerks write its name
const stations = [
  ["33302001", ["Balodabazar", "PS Balodabazar", "Baloda Bazar Kotwali", "बलौदाबाजार"]],
  ["33302002", ["Bhatapara City", "BHATAPARA (C)", "भाटापारा शहर", "33302002"]],
  ["33302003", ["Bhatapara Rural", "Bhatapara (R)", "भाटापारा ग्रामीण"]],
  ["33302006", ["Kasdol", "PS Kasdol", "थाना कसडोल", "kasdol "]],
  ["33302007", ["Palari", "PALARI", "पलारी"]],
  ["33302009", ["Simga", "P.S. Simga", "सिमगा"]],
];

const men = ["Ramkumar", "Santosh", "Devlal", "Bisahu", "Dhaniram", "Khemlal", "Manharan", "Tularam", "रामकुमार", "संतोष", "देवलाल",
  "खेमलाल", "भुवन", "पुनाराम", "Mo. Rafiq", "Joseph"];
const women = ["Sukhmati", "Kumari Bai", "Rekha", "Phulbasan", "सुखमती", "रेखा", "फुलबासन", "Shanti Bai"];
const families = ["Sahu", "Verma", "Patel", "Dhruw", "Nishad", "Yadav", "साहू", "वर्मा", "पटेल", "ध्रुव", "निषाद", "Ghritlahare"];
const villages = ["Ghirgholi", "Semhardih", "Khapri", "Amlidih", "सेमरिया", "खपरी", "अमलीडीह"];
const man = () => `${pick(men)} ${pick(families)}`;

function person() {
  const shape = below(7);
  if (shape === 0 || shape > 4) return man();
  if (shape === 1) return `${man()} S/o ${man()}, R/o ${pick(villages)}`;
  if (shape === 2) return `${pick(women)} W/o ${man()} age ${20 + below(50)} r/o ${pick(villages)}`;
  if (shape === 3) return `${man()} पिता ${man()} उम्र ${18 + below(50)} वर्ष साकिन ${pick(villages)}`;
  return `${pick(women)} पति ${man()}`;
}
function accusedCell() {
  const shape = below(7);
  if (shape === 0) return "अज्ञात";
  if (shape === 1) return "Unknown";
  if (shape === 2) return "";
  if (shape === 6) return man();
  if (shape === 3) return `1. ${person()}; 2. ${person()}`;
  if (shape === 4) return `${person()}\n${person()}`; // a line break inside the cell
  return person();
}

// strings the reader understands whole, and strings of which it must leave a part and say so
const ipcWhole = ["379 IPC", "302/34 IPC", "u/s 294,323,506 IPC", "धारा 294, 323, 506, 34 भादवि", "420,467,468,471 IPC", "363 भा.द.वि.",
  "457, 380 IPC", "279,337 IPC", "304A IPC", "498-A/34 I.P.C.", "376(2)(n) IPC, 6 POCSO Act", "३७९ भा.द.वि.", "34(2) आबकारी एक्ट",
  "341,294,323 ता.हि.", "379,411 IPC & 25(1B)(a) Arms Act", "IPC 452, 323", "354(A) IPC", "20(b)(ii)(B) NDPS Act"];
const ipcPart = ["25 Arms Act", "379-382 IPC", "302 IPC PS case", "13 Juaa Act", "8/20(b) NDPS Act", "999 IPC"];
const bnsWhole = ["303(2) BNS", "115(2), 296, 351(2), 3(5) BNS", "बीएनएस 137(2)", "धारा 281, 125(a) बीएनएस", "भा.न्या.सं. 331(4), 305",
  "103(1) BNS", "61(2), 318(4) BNS", "115 BNS", "309(4) BNS"];
const bnsPart = ["103 BNS", "379 IPC", "118 BNS"];

const two = (n) => String(n).padStart(2, "0");
const devanagari = (text) => text.replace(/[0-9]/g, (d) => String.fromCharCode(0x966 + Number(d)));
function dateText(year, month, day) {
  const shapes = [
    () => `${two(day)}.${two(month)}.${two(year % 100)}`,
    () => `${day}/${month}/${year}`,
    () => `${year}-${two(month)}-${two(day)}`,
    () => devanagari(`${two(day)}-${two(month)}-${year}`),
    () => `${day}-${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]}-${year}`,
    () => ` ${two(day)} . ${two(month)} . ${year} `,
  ];
  return pick(shapes)();
}

const kinds = { taken: 0, not_understood: 0, duplicate: 0, no_number: 0, impossible_date: 0, future_date: 0, no_date: 0,
  year_mismatch: 0, unknown_unit: 0, other_content: 0, wrong_columns: 0, no_sections: 0, unknown_stage: 0,
  occurrence_later: 0, bad_number: 0, bad_bytes: 0, stray_quote: 0 };
const numbers = new Map(); // station and year: last number given

const stages = ["", "Challan", "चालान", "CS", "Under investigation", "विवेचना", "FR", "सजा", "Acquitted"];

function cleanRow() {
  const [code, names] = pick(stations);
  const year = 2015 + below(10);
  const month = 1 + below(12), day = 1 + below(28);
  const sanhita = year > 2024 || (year === 2024 && month >= 7);
  const key = `${code}/${year}`;
  const number = (numbers.get(key) ?? 0) + 1;
  numbers.set(key, number);
  const whole = random() < 0.9;
  const sections = pick(sanhita ? (whole ? bnsWhole : bnsPart) : whole ? ipcWhole : ipcPart);
  const numberShape = below(4);
  const occurredDay = Math.max(1, day - below(3));
  const cells = {
    "Sl": "", "District": pick(["Baloda Bazar", "BALODABAZAR", "बलौदा बाजार", ""]), "Police Station": pick(names),
    "FIR No.": numberShape === 0 ? `${number}/${year}` : numberShape === 1 ? `${String(number).padStart(4, "0")}/${two(year % 100)}`
      : numberShape === 2 ? devanagari(String(number)) : String(number),
    "Year": numberShape >= 2 || below(2) ? String(year) : "", "FIR Date": dateText(year, month, day),
    "Date of Occurrence": below(4) ? dateText(year, month, occurredDay) : "",
    "Time": pick(["", "14:30", "1430", "9.05", "रात्रि", "08:15 बजे", "7 PM"]), "Place": pick(villages),
    "Act & Section": sections, "Complainant": person(), "Accused": accusedCell(), "IO": pick(["SI Tandan", "उ.नि. मिश्रा", "", ""]),
    "Stage": pick(stages), "Court Case No": below(3) ? "" : `${below(900) + 1}/${year}`,
    "Brief Facts": pick(["", "", "", "", "मोटर सायकल चोरी", 'Said "give me money", beat him', "Report lodged.\nSpot seen.", "नगदी 2,500"]),
  };
  return { cells, kind: whole ? "taken" : "not_understood" };
}

// Each fault spoils a good row, whose number then stays unused.
const faults = {
  no_number: (c) => { c["FIR No."] = pick(["", " ", "  "]); },
  impossible_date: (c) => { c["FIR Date"] = pick(["31.02.2019", "30/2/2018", "2019-13-05", "३१-०४-२०१९", "00.00.0000", "12 March", "N/A"]); },
  future_date: (c) => { c["FIR No."] = c["FIR No."].split("/")[0]; c["Year"] = ""; c["FIR Date"] = "01.01.2190"; },
  no_date: (c) => { c["FIR Date"] = ""; },
  year_mismatch: (c) => { c["FIR No."] = c["FIR No."].split("/")[0]; c["Year"] = "2011"; },
  unknown_unit: (c) => { c["Police Station"] = pick(["Kasdole Chowki", "??", "", "Raipur Kotwali", "थाना कसडोली"]); },
  no_sections: (c) => { c["Act & Section"] = pick(["", "  "]); },
  unknown_stage: (c) => { c["Stage"] = pick(["pending??", "File with reader", "मालूम नहीं"]); },
  occurrence_later: (c) => { c["FIR Date"] = "05.05.2017"; c["Date of Occurrence"] = "06.05.2017"; c["Year"] = "2017";
    c["FIR No."] = c["FIR No."].split("/")[0]; },
  bad_number: (c) => { c["FIR No."] = pick(["12A", "cross case", "0", "123456", "12/2019/3"]); },
};

const quote = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
function line(cells) {
  let text = columns.map((column) => quote(cells[column])).join(",");
  if (below(12) === 0) text += ",,"; // empty columns behind the last
  return text;
}

const rows = []; // bytes of one row each
const taken = []; // cells of rows that are taken, to repeat or to contradict
const rowsOf = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []])); // row numbers as a spreadsheet shows them
const isBlankAfter = (i) => i % 500 === 250;
function add(kind, text) {
  kinds[kind]++;
  const blanks = 2 * Math.floor((rows.length + 249) / 500); // an empty line and a row of empty cells
  rowsOf[kind].push(rows.length + 2 + blanks);
  rows.push(typeof text === "string" ? Buffer.from(text) : text);
}

const special = new Map(); // row -> what to do there
const place = (what, count) => {
  for (let n = 0; n < count; ) {
    const at = 40 + below(ROWS - 40);
    if (special.has(at)) continue;
    special.set(at, what);
    n++;
  }
};
for (const fault of Object.keys(faults)) place(fault, 14);
place("duplicate", 40);
place("other_content", 20);
place("wrong_columns", 12);
place("bad_bytes", 6);
place("stray_quote", 6);

for (let i = 0; i < ROWS; i++) {
  const what = special.get(i);
  const sl = String(i + 1);
  if (what === "duplicate") {
    add("duplicate", line({ ...pick(taken), Sl: sl }));
  } else if (what === "other_content") {
    const first = pick(taken);
    add("other_content", line({ ...first, Sl: sl, Complainant: `${first.Complainant} (2)` }));
  } else {
    const { cells, kind } = cleanRow();
    cells.Sl = sl;
    if (what === "wrong_columns") {
      add(what, below(2) ? columns.slice(0, 9).map((c) => quote(cells[c])).join(",") : `${columns.map((c) => quote(cells[c])).join(",")},x,y`);
    } else if (what === "bad_bytes") {
      cells.Complainant = "@@@";
      add(what, Buffer.concat(line(cells).split("@@@").flatMap((part, n) => n ? [Buffer.from([0xff, 0xc0, 0x80]), Buffer.from(part)] : [Buffer.from(part)])));
    } else if (what === "stray_quote") {
      cells.Place = "@@@";
      add(what, line(cells).replace("@@@", 'Near "big" tree'));
    } else if (what) {
      faults[what](cells);
      add(what, line(cells));
    } else {
      taken.push(cells);
      add(kind, line(cells));
    }
  }
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);
const heading = Buffer.from(columns.map(quote).join(","));
const ends = [Buffer.from("\r\n"), Buffer.from("\n")];
const parts = [mark, heading, ends[0]];
rows.forEach((row, i) => {
  parts.push(row, ends[i % 7 === 0 ? 1 : 0]); // both line ends
  if (isBlankAfter(i)) parts.push(ends[0], Buffer.from(",,,,,,,,,,,,,,,"), ends[0]); // an empty line and empty cells are no rows
});
writeFileSync(join(folder, "register.csv"), Buffer.concat(parts));

const refusedKinds = Object.keys(kinds).filter((kind) => !["taken", "not_understood", "duplicate"].includes(kind));
const refused = refusedKinds.reduce((sum, kind) => sum + kinds[kind], 0);
writeFileSync(join(folder, "register.expected.json"), `${JSON.stringify({
  rows: rows.length, new: kinds.taken + kinds.not_understood, already_there: kinds.duplicate, refused,
  noted: kinds.not_understood, kinds,
  refused_rows: Object.fromEntries(refusedKinds.map((kind) => [kind, rowsOf[kind]])),
  noted_rows: rowsOf.not_understood }).replaceAll('],"', '],\n"')}\n`);
