// Pictures for people, not a test: one page of each kind, on a phone and a desktop, light and dark.
//
//   node tests/browser/look.mjs SITE OUTDIR [KIND…]
//
// writes OUTDIR/<kind>-<width>-<light|dark>.png (full page, cut at 6 000 px), taking the longest page of each kind,
// and prints which page each is. With KIND, only those. `tests/run browser` once before, to install what it needs.

import fs from 'node:fs';
import path from 'node:path';

const [site, out, ...kinds] = process.argv.slice(2);
if (!site || !out) {
  console.error('usage: look.mjs SITE OUTDIR [KIND…]');
  process.exit(2);
}
process.env.GREFFE_SITE = path.resolve(site);
const { address, browser, sample, withPage } = await import('./lib.mjs');
fs.mkdirSync(out, { recursive: true });

for (const { file, kind } of await sample(1)) {
  const name = (kind ?? 'none').replace(/[^\w-]/g, '_');
  if (kinds.length && !kinds.includes(name)) continue;
  console.log(`${name}: ${file}`);
  for (const width of [320, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      await withPage({ viewport: { width, height: 900 }, colorScheme }, async (page) => {
        await page.goto(address(file));
        const height = Math.min(6000, await page.evaluate(() => document.documentElement.scrollHeight));
        await page.setViewportSize({ width, height: Math.max(900, height) });
        await page.screenshot({ path: path.join(out, `${name}-${width}-${colorScheme}.png`) });
      });
    }
  }
}
await (await browser()).close();
process.exit(0);
