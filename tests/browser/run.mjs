// Runs browser tests on one built site.
//
//   node --test-reporter=spec tests/browser/run.mjs SITE [NAME…]
//
// NAME is the stem of a `*.test.mjs` file beside this one (default: all but `attack`, which wants the site made by
// tests/attack/make.py). Everything runs in one process, so that one browser and one survey of the site serve all.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const [site, ...names] = process.argv.slice(2);
if (!site || !fs.existsSync(path.join(site, 'index.html'))) {
  console.error(`usage: run.mjs SITE [NAME…]: ${site ? `${site} holds no index.html` : 'which site?'}`);
  process.exit(2);
}
process.env.GREFFE_SITE = path.resolve(site);

const every = fs.readdirSync(here).filter((f) => f.endsWith('.test.mjs')).map((f) => f.slice(0, -'.test.mjs'.length)).sort();
for (const name of names.length ? names : every.filter((n) => n !== 'attack')) {
  await import(`./${name}.test.mjs`);
}
