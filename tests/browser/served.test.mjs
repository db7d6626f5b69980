// The same folder behind a server, under a sub-path, with the headers of netlify.toml: nothing is refused or missing.

import fs from 'node:fs';
import path from 'node:path';
import { SITE, check, none, publishedHeaders, readable, sample, serve, watch, withPage } from './lib.mjs';

check('served: the published headers are the strict ones', async () => {
  const headers = publishedHeaders();
  const csp = headers['Content-Security-Policy'] ?? '';
  const wanted = ["default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'"];
  none(wanted.filter((w) => !csp.includes(w)), 'directive missing from netlify.toml');
  if (/unsafe|https?:|\*/.test(csp)) throw new Error(`weakened policy: ${csp}`);
  if (headers['X-Content-Type-Options'] !== 'nosniff') throw new Error('no nosniff');
  for (const name of ['Referrer-Policy', 'Permissions-Policy']) if (!headers[name]) throw new Error(`no ${name}`);
});

check('served: under a sub-path with those headers, every kind of page works', async () => {
  const server = await serve();
  try {
    none(await withPage({}, async (page) => {
      const seen = watch(page, { origin: server.url });
      for (const { file } of await sample(2)) {
        await page.goto(server.url + file.split('/').map(encodeURIComponent).join('/'));
        await page.evaluate(() => new Promise((r) => setTimeout(r, 20)));
      }
      return seen;
    }), 'thing refused or missing');
  } finally {
    await server.close();
  }
});

check('served: a missing address, at any depth, shows a page that works', async (skip) => {
  const home = fs.readFileSync(path.join(SITE, 'index.html'), 'utf8');
  if (!/rel="?canonical/.test(home)) return skip('the site has no address: its 404 page cannot know where it stands');
  if (!(await readable()).some((p) => p.file === '404.html')) throw new Error('no 404.html');
  const server = await serve();
  try {
    none(await withPage({}, async (page) => {
      const seen = watch(page, { origin: server.url });
      for (const missing of ['nulle-part', 'nulle/part/ici.html']) {
        await page.goto(server.url + missing);
        if (!(await page.locator('h1').isVisible())) seen.push(`${missing}: no h1`);
        const hrefs = await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.href.split('#')[0]));
        for (const href of new Set(hrefs)) {
          if (!href.startsWith(server.url)) {
            if (href.startsWith(new URL(server.url).origin)) seen.push(`${missing}: leads to ${href}, outside the site`);
          } else if (!href.endsWith(missing) && !(await fetch(href)).ok) seen.push(`${missing}: leads to ${href}, which is not there`);
        }
      }
      return seen.filter((what) => !(/nulle/.test(what) && /404/.test(what) && /(nulle-part|ici\.html)$/.test(what)) && !/status of 404/.test(what));
    }), 'thing wrong on the page for missing addresses');
  } finally {
    await server.close();
  }
});
