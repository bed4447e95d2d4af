// Filing a form through its pages as a person without JavaScript does: a short form on its page, a long one part by
// part, then the page before it cannot be undone, then the receipt.
const links = (page) => [...page.html.matchAll(/\shref="([^"]*)"/g)].map((found) => found[1].replaceAll('&amp;', '&'));

// The addresses of the parts of a long form, from its list of parts; none on a short one.
export const partsOf = (page) => links(page).filter((href) => /^\/drafts\/[^/]+\/part\/[a-z_]+(\?[^#]*)?$/.test(href));
export const draftOf = (page) => (links(page).find((href) => href.startsWith('/drafts/')) ?? page.form().action).split(/[/?]/)[2];

// Which part of a long form a field stands in: rows of people and things have a page each.
const inline = ['offences'];
function placeOf(name) {
  const [section, row] = name.split('.');
  return /^\d+$/.test(row) && !inline.includes(section) ? `${section}.${row}` : section;
}

// Fills the form at `path`; gives the page before signing, or the one that came back with errors.
export async function fill(browser, path, values) {
  const first = await browser.go(path);
  if (partsOf(first).length === 0) return first.submit({ ...values, _continue: '1' });
  const query = partsOf(first)[0].replace(/^[^?]*/, '');
  const draft = draftOf(first);
  const places = new Map();
  for (const [name, value] of Object.entries(values)) {
    const place = placeOf(name);
    places.set(place, { ...places.get(place), [name]: value });
  }
  let saved = false;
  for (const [place, some] of places) {
    const page = await browser.go(`/drafts/${draft}/part/${place}${saved ? '' : query}`);
    const next = await page.submit({ ...some, _continue: '1' });
    if (next.status !== 200) return next;
    saved = true;
  }
  return browser.go(`/drafts/${draft}/sign`);
}

// Fills, signs, and gives the receipt, or the page that refused.
export async function file(browser, path, values) {
  const page = await fill(browser, path, values);
  return page.path.endsWith('/sign') && page.status === 200 ? page.submit({ _record: '1' }) : page;
}
