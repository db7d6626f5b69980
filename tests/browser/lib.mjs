// What every browser test leans on: a browser, a survey of the site's pages, and a tally.
//
// Tests are driven by the built site: they crawl it and take one page of each kind (`<body data-page="…">`), so that
// they hold for any content and any theme. Pages are opened from disk; `serve` puts the same folder under a sub-path
// with the security headers of netlify.toml, to see that nothing depends on either.

import { chromium } from 'playwright-core';
import { test, after } from 'node:test';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The site under test: an absolute folder with an index.html. */
export const SITE = path.resolve(process.env.GREFFE_SITE ?? path.join(PROJECT, 'public'));

// ---------------------------------------------------------------------------------------------------- the tally

let tested = false;

/** A test whose outcome is also one line of the file that `tests/run` adds up. */
export function check(name, run) {
  if (!tested) after(async () => (await opened)?.close());
  tested = true;
  test(name, { timeout: 600_000 }, async (context) => {
    let outcome = 'pass';
    const skip = (why) => {
      outcome = 'skip';
      context.skip(why);
    };
    try {
      await run(skip);
    } catch (problem) {
      outcome = 'fail';
      throw problem;
    } finally {
      if (process.env.GREFFE_TALLY) fs.appendFileSync(process.env.GREFFE_TALLY, `${outcome}\t${name}\n`);
    }
  });
}

/** Fails with the offences found, at most twenty of them in full. */
export function none(offences, what) {
  if (offences.length === 0) return;
  const shown = offences.slice(0, 20).map((o) => `  - ${typeof o === 'string' ? o : JSON.stringify(o)}`);
  if (offences.length > 20) shown.push(`  … and ${offences.length - 20} more`);
  const problem = new Error(`${offences.length} × ${what}\n${shown.join('\n')}`);
  problem.stack = problem.message;
  throw problem;
}

// -------------------------------------------------------------------------------------------------- the browser

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium', '/usr/bin/google-chrome'];

let opened;

/** The one browser of this process. */
export function browser() {
  opened ??= chromium.launch({
    executablePath: process.env.CHROMIUM || CANDIDATES.find((p) => fs.existsSync(p)),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return opened;
}

export const PHONE = { width: 320, height: 640 };
export const DESKTOP = { width: 1280, height: 900 };

/** Runs `use(page)` in a context of its own, with French as the reader's language. */
export async function withPage(options, use) {
  const context = await (await browser()).newContext({ viewport: DESKTOP, locale: 'fr-FR', ...options });
  try {
    return await use(await context.newPage(), context);
  } finally {
    await context.close().catch(() => {});
  }
}

/** Collects everything a well-behaved page never does. */
export function watch(page, { origin = 'file://' } = {}) {
  const seen = [];
  const here = () => page.url().replace(pathToFileURL(SITE).href, '');
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(about:|data:image\/)/.test(url)) seen.push(`${here()}: request to ${url}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') seen.push(`${here()}: ${why} ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) seen.push(`${here()}: status ${response.status()} ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(`${here()}: console: ${message.text()}`);
  });
  page.on('pageerror', (error) => seen.push(`${here()}: uncaught: ${error.message}`));
  page.on('dialog', (dialog) => {
    seen.push(`${here()}: dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('popup', (popup) => seen.push(`${here()}: opened a window: ${popup.url()}`));
  page.on('download', (download) => seen.push(`${here()}: started a download: ${download.url()}`));
  return seen;
}

/** The file:// address of a path of the site. */
export const address = (file) => pathToFileURL(path.join(SITE, file)).href;

// --------------------------------------------------------------------------------------------------- the survey

/** Every file of the site, as paths from its root with `/`, in order. */
export function files(folder = SITE, prefix = '') {
  const found = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = prefix + entry.name;
    if (entry.isDirectory()) found.push(...files(path.join(folder, entry.name), `${name}/`));
    else found.push(name);
  }
  return found;
}

let surveyed;

/**
 * One value per HTML file, read by the browser's own parser without running anything:
 * { file, kind, lang, title, h1, mains, viewport, csp, refresh, alternates, ids, links, resources, inline, bytes }.
 */
export function survey() {
  surveyed ??= withPage({}, async (page) => {
    const pages = [];
    for (const file of files().filter((f) => f.endsWith('.html'))) {
      const html = fs.readFileSync(path.join(SITE, file), 'utf8');
      pages.push({ file, bytes: html.length, ...(await page.evaluate(readPage, html)) });
    }
    return pages;
  });
  return surveyed;
}

/** Runs in the browser. */
function readPage(html) {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const all = [...doc.querySelectorAll('*')];
  const attribute = (selector, name) => doc.querySelector(selector)?.getAttribute(name) ?? null;
  const links = [];
  const resources = [];
  const inline = [];
  for (const el of all) {
    const tag = el.localName;
    const say = `<${tag}${el.id ? ` id="${el.id}"` : ''}>`;
    for (const { name, value } of el.attributes) {
      if (/^on/i.test(name)) inline.push(`${say} has ${name}`);
      if (name === 'style') inline.push(`${say} has a style attribute`);
      if (name === 'srcdoc') inline.push(`${say} has srcdoc`);
      if (/^\s*(javascript|vbscript|data\s*:\s*text)/i.test(value.replace(/[\u0000-\u0020]/g, '')) &&
          ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'to', 'values'].includes(name)) {
        inline.push(`${say} ${name}=${value.slice(0, 60)}`);
      }
    }
    if (tag === 'style') inline.push(`${say} is an inline style sheet`);
    if (tag === 'script' && !el.hasAttribute('src')) {
      // A data block is not run and no policy concerns it.
      const type = (el.getAttribute('type') ?? '').toLowerCase();
      if (type !== 'application/json' && type !== 'application/ld+json') inline.push(`${say} is an inline script`);
    }
    if (['iframe', 'frame', 'object', 'embed', 'applet', 'base', 'portal'].includes(tag)) inline.push(`${say} has no place here`);
    if ((tag === 'a' || tag === 'area') && el.hasAttribute('href')) links.push(el.getAttribute('href'));
    if (tag === 'form') links.push(el.getAttribute('action') || '');
    if (tag === 'link' && el.hasAttribute('href')) {
      const rel = (el.getAttribute('rel') ?? '').toLowerCase();
      if (/stylesheet|icon|preload|manifest|modulepreload|prefetch|preconnect/.test(rel)) resources.push(el.getAttribute('href'));
      else if (!/canonical|licen[cs]e/.test(rel)) links.push(el.getAttribute('href'));
    }
    for (const name of ['src', 'poster', 'data']) {
      if (el.hasAttribute(name) && ['script', 'img', 'audio', 'video', 'source', 'track', 'iframe', 'embed', 'object', 'input'].includes(tag)) {
        resources.push(el.getAttribute(name));
      }
    }
    if (el.hasAttribute('srcset')) {
      resources.push(...el.getAttribute('srcset').split(',').map((s) => s.trim().split(/\s+/)[0]));
    }
    if (['use', 'image'].includes(tag)) resources.push(el.getAttribute('href') ?? el.getAttribute('xlink:href') ?? '');
  }
  return {
    kind: doc.body?.getAttribute('data-page') ?? null,
    lang: doc.documentElement.getAttribute('lang'),
    title: doc.title.trim(),
    h1: [...doc.querySelectorAll('h1')].map((h) => h.textContent.trim()),
    mains: doc.querySelectorAll('main, [role=main]').length,
    viewport: attribute('meta[name=viewport]', 'content'),
    csp: attribute('meta[http-equiv="Content-Security-Policy" i]', 'content'),
    refresh: attribute('meta[http-equiv=refresh i]', 'content'),
    alternates: [...doc.querySelectorAll('link[rel~=alternate][type="application/json"]')].map((l) => l.getAttribute('href')),
    visibleData: [...doc.querySelectorAll('a[href]')].some((a) => /(^|\/)index\.json$/.test(a.getAttribute('href'))),
    quirks: doc.compatMode !== 'CSS1Compat',
    text: (doc.querySelector('main')?.textContent ?? '').length,
    ids: all.filter((el) => el.id).map((el) => el.id).concat([...doc.querySelectorAll('a[name]')].map((a) => a.name)),
    links,
    resources,
    inline,
  };
}

/** Pages that readers see: the survey without the pages that only send a former address on. */
export async function readable() {
  return (await survey()).filter((page) => page.refresh === null);
}

/**
 * Up to `most` pages of each kind: the first, the longest, then others evenly spread. The longest is where wide
 * tables and long words are.
 */
export async function sample(most = 1) {
  const kinds = new Map();
  for (const page of await readable()) {
    // A 404 page with whole paths works where it was built for, not from disk: the served tests open it.
    if (/(^|\/)404\.html$/.test(page.file) && page.resources.some((href) => href.startsWith('/'))) continue;
    const kind = page.kind ?? '(none)';
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push(page);
  }
  const chosen = [];
  for (const pages of kinds.values()) {
    const longest = pages.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    const few = new Set(most === 1 ? [longest] : [pages[0], longest]);
    const step = Math.max(1, Math.floor(pages.length / most));
    for (let i = 0; i < pages.length && few.size < most; i += step) few.add(pages[i]);
    chosen.push(...few);
  }
  return chosen;
}

/** Where a link of a page leads: { outside } or { file, fragment } (percent-decoded, from the site's root). */
export function resolve(from, href) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('//')) return { outside: href };
  const url = new URL(href, `http://site.invalid/${from.split('/').map(encodeURIComponent).join('/')}`);
  const decode = (words) => {
    try {
      return decodeURIComponent(words);
    } catch {
      return words;
    }
  };
  return { file: decode(url.pathname.slice(1)), fragment: decode(url.hash.slice(1)), query: url.search };
}

// ---------------------------------------------------------------------------------------------------- a server

const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', json: 'application/json', svg: 'image/svg+xml',
  csv: 'text/csv; charset=utf-8', xml: 'application/xml', zip: 'application/zip', png: 'image/png', txt: 'text/plain; charset=utf-8',
  ico: 'image/x-icon', woff2: 'font/woff2', webmanifest: 'application/manifest+json',
};

/** The headers that netlify.toml sets on every path. */
export function publishedHeaders() {
  const toml = fs.readFileSync(path.join(PROJECT, 'netlify.toml'), 'utf8');
  const block = toml.split('[[headers]]').slice(1).find((part) => /for\s*=\s*"\/\*"/.test(part));
  const values = block.split('[headers.values]')[1].split(/^\[/m)[0];
  return Object.fromEntries([...values.matchAll(/^\s*([A-Za-z-]+)\s*=\s*"(.*)"\s*$/gm)].map(([, name, value]) => [name, value]));
}

/** Serves the site under `/archives/essai/` with the published headers, and 404.html for the rest; gives { url, close }. */
export async function serve() {
  const prefix = '/archives/essai/';
  const headers = publishedHeaders();
  const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    let file = wanted.startsWith(prefix) ? path.join(SITE, wanted.slice(prefix.length)) : null;
    if (file && wanted.endsWith('/')) file = path.join(file, 'index.html');
    // Browsers ask for an icon by themselves at the root of the host, which is not ours.
    if (wanted === '/favicon.ico') return response.writeHead(204).end();
    if (!file || !file.startsWith(SITE + path.sep) || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
      const page = path.join(SITE, '404.html');
      response.writeHead(404, { ...headers, 'Content-Type': 'text/html; charset=utf-8' });
      return response.end(fs.existsSync(page) ? fs.readFileSync(page) : 'not here');
    }
    const type = TYPES[path.extname(file).slice(1)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'Content-Type': type }).end(fs.readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    close: () => new Promise((done) => { server.closeAllConnections?.(); server.close(done); }),
  };
}
