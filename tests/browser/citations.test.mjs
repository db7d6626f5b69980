// How pages are cited, read by someone else's programs: every page that is cited, without a browser.

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import { SITE, check, files, none } from './lib.mjs';

const NAMED = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** What is written in HTML, as it is read. */
function unescaped(html) {
  const number = (words) => (words[0] === 'x' ? parseInt(words.slice(1), 16) : Number(words));
  return html.replace(/&(?:#(x?[0-9a-f]+)|(\w+));/gi, (whole, code, name) =>
    code ? String.fromCodePoint(number(code.toLowerCase())) : (NAMED[name] ?? whole),
  );
}

/** Every page that is cited: its file, its BibTeX and its CSL-JSON. */
function* cited() {
  for (const file of files().filter((name) => name.endsWith('index.html'))) {
    const html = fs.readFileSync(path.join(SITE, file), 'utf8');
    const start = html.indexOf('<details class="citation">');
    if (start < 0) continue;
    const forms = [...html.slice(start).matchAll(/<pre><code>([^]*?)<\/code><\/pre>/g)].map((form) => unescaped(form[1]));
    yield { file, bibtex: forms[0], csl: forms[1] };
  }
}

// BibTeX has no control characters, and takes runs of spaces for one.
const plain = (words) => (words ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
const names = (item) => (item.author ?? []).map((name) => plain(name.literal ?? name.family)).join(' | ');

check('citations: BibTeX and CSL-JSON are read, and say the same', async (skip) => {
  const wrong = [];
  let count = 0;
  for (const { file, bibtex, csl } of cited()) {
    count += 1;
    try {
      const items = new Cite(JSON.parse(csl)).data;
      const entries = new Cite(bibtex).data;
      if (items.length !== 1 || entries.length !== 1) wrong.push(`${file}: ${items.length} items, ${entries.length} entries`);
      const [item, entry] = [items[0], entries[0]];
      for (const [what, a, b] of [
        ['title', plain(item.title), plain(entry.title)],
        ['authors', names(item), names(entry)],
        ['year and month', item.issued['date-parts'][0].slice(0, 2).join('-'), entry.issued['date-parts'][0].join('-')],
        ['address', item.URL ?? '', entry.URL ?? ''],
      ]) {
        if (a !== b) wrong.push(`${file}: ${what}: ${JSON.stringify(a)} in CSL-JSON, ${JSON.stringify(b)} in BibTeX`);
      }
    } catch (problem) {
      wrong.push(`${file}: ${String(problem.message).slice(0, 200)}`);
    }
  }
  if (count === 0) skip('no page of this site is cited');
  none(wrong, 'citation that another program reads otherwise');
});

check('citations: the digest is that of the page’s data', async (skip) => {
  const wrong = [];
  let count = 0;
  for (const { file, csl } of cited()) {
    count += 1;
    const data = fs.readFileSync(path.join(SITE, path.dirname(file), 'index.json'));
    const digest = crypto.createHash('sha256').update(data).digest('hex');
    if (!JSON.parse(csl)[0].note.includes(digest)) wrong.push(file);
  }
  if (count === 0) skip('no page of this site is cited');
  none(wrong, 'digest of something else');
});
