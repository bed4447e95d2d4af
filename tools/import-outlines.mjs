#!/usr/bin/env node
// Makes places/outlines anew from a GeoJSON file of districts:
//
//     tools/import-outlines.mjs DISTRICTS.geojson [ROOT]
//
// Each feature has lgd_code (null: none) and state_lgd. Corners are put on a grid of a hundredth of a degree; as every
// corner goes to the same place whatever district it belongs to, neighbours still meet. The same source gives the same
// bytes. Where it comes from stands in places/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const GRID = 100; // a degree
const NORTH = 38, WEST = 68; // of all of India: nothing is negative
const [source, root = fileURLToPath(new URL('..', import.meta.url))] = process.argv.slice(2);
if (!source) {
  console.error('usage: tools/import-outlines.mjs DISTRICTS.geojson [ROOT]');
  process.exit(2);
}

const place = ([lon, lat]) => [Math.round((lon - WEST) * GRID), Math.round((NORTH - lat) * GRID)];

// Corners that fell on one point are one; a ring that shrank to a line is none.
function ringOf(corners) {
  const points = corners.map(place).filter(([x, y], i, all) => i === 0 || x !== all[i - 1][0] || y !== all[i - 1][1]);
  if (points.length > 1 && points[0].every((n, i) => n === points.at(-1)[i])) points.pop();
  return points.length > 2 ? points : undefined;
}

// "m812 213l3-4 5 0z", each number as short as SVG allows.
function pathOf(rings) {
  let path = '', at = [0, 0];
  for (const ring of rings) {
    ring.forEach(([x, y], i) => {
      const [dx, dy] = [x - at[0], y - at[1]];
      if (i < 2) path += i === 0 ? 'm' : 'l';
      else if (dx >= 0) path += ' ';
      path += `${dx}${dy >= 0 ? ' ' : ''}${dy}`;
      at = [x, y];
    });
    path += 'z';
    [at] = [ring[0]];
  }
  return path;
}

const rows = JSON.parse(readFileSync(source, 'utf8')).features.map(({ properties, geometry }) => {
  const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates];
  const rings = polygons.flat().map(ringOf).filter(Boolean);
  const xs = rings.flat().map(([x]) => x), ys = rings.flat().map(([, y]) => y);
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  return { state: Number(properties.state_lgd), lgd: Number(properties.lgd_code ?? 0), text: `${box.join(' ')} | ${pathOf(rings)}` };
});
rows.sort((a, b) => a.state - b.state || a.lgd - b.lgd || (a.text < b.text ? -1 : 1));
writeFileSync(`${root}/places/outlines`, `# Outlines of districts. Made by tools/import-outlines.mjs; see README.md.
# State district x0 y0 x1 y1 | path, in hundredths of a degree east of 68 E and south of 38 N; district 0: no code
${rows.map((row) => `${row.state} ${row.lgd} ${row.text}\n`).join('')}`);
