// The search page without a browser: `search.js` runs on the few elements it needs, over the small index that
// `tests/search.rs` keeps in `tests/search/index`. What a real browser adds is tested on the built site.

import { test } from 'node:test';
import assert from 'node:assert';
import fs from 'node:fs';
import vm from 'node:vm';

const here = (path) => fs.readFileSync(new URL(path, import.meta.url), 'utf8');

/** As much of an element as the script uses. Text goes in as text: there is no innerHTML to misuse. */
class Element {
  constructor(tag, attributes = {}) {
    Object.assign(this, { tag, children: [], dataset: {}, value: '', hidden: false }, attributes);
  }
  set textContent(text) { this.children = text ? [String(text)] : []; }
  get textContent() { return this.children.map((c) => (typeof c === 'string' ? c : c.textContent)).join(''); }
  append(...nodes) { this.children.push(...nodes.filter((n) => n !== '')); }
  replaceChildren(...nodes) { this.children = nodes; }
  addEventListener(name, act) { this[`on${name}`] = act; }
  closest() { return null; }
  remove() {}
  focus() {}
  get parentElement() { return new Element('label'); }
  get options() { return this.children; }
  get selectedIndex() { return this.children.findIndex((o) => o.value === this.value); }
  all(tag) { return this.children.filter((c) => c.tag).flatMap((c) => (c.tag === tag ? [c] : []).concat(c.all(tag))); }
  querySelector(tag) { return this.all(tag)[0] || null; }
}

const MESSAGES = { hint: 'hint', one: 'one {q}', many: '{n} for {q}', some: 'some {n}', none: 'none {q}', common: 'common {q}', page: '{page}/{pages}', suggest: 'near:', error: 'error', previous: '<', next: '>' };

/** Opens the page with a query and waits for the answer. */
async function open(query, root = '../') {
  const elements = { 'search-input': new Element('input') };
  for (const id of ['status', 'results', 'pages', 'suggestions']) elements[`search-${id}`] = new Element(id);
  const selects = {};
  for (const name of ['kind', 'consultation', 'article', 'position', 'status']) {
    selects[name] = new Element('select', { children: [new Element('option', { children: ['All'] })] });
  }
  selects.kind.append(new Element('option', { value: 'proposal', children: ['Proposal'] }));
  const form = (elements['search-form'] = new Element('form', { querySelector: (s) => selects[/"(\w+)"/.exec(s)[1]] }));
  const search = new Element('div', { dataset: { index: 'index', root, ...MESSAGES } });
  const loaded = [];
  const document = {
    documentElement: { lang: 'fr' },
    getElementById: (id) => elements[id] || null,
    querySelector: (s) => (s === '[data-index]' ? search : null),
    createElement: (tag) => new Element(tag),
    head: { append(script) {
      loaded.push(script.src);
      try {
        vm.runInContext(here(`../search/${script.src}`), page);
      } catch (e) {
        return queueMicrotask(script.onerror);
      }
      queueMicrotask(script.onload);
    } },
  };
  const page = vm.createContext({
    document, URLSearchParams, setTimeout, clearTimeout, addEventListener() {}, location: { search: query },
    history: { replaceState: (_, __, url) => (page.address = url) },
  });
  page.window = page;
  vm.runInContext(here('../../themes/default/static/search.js'), page);
  const settle = async () => { for (let i = 0; i < 20; i++) await new Promise((done) => setImmediate(done)); };
  await settle();
  return {
    elements, selects, loaded, page, settle, form,
    status: () => elements['search-status'].textContent,
    links: () => elements['search-results'].children.map((li) => li.querySelector('a').href),
    marks: () => elements['search-results'].children.flatMap((li) => li.all('mark').map((m) => m.textContent)),
    near: () => elements['search-suggestions'].textContent,
  };
}

const finds = async (query, ...links) => {
  const page = await open(`?q=${encodeURIComponent(query)}`);
  assert.deepEqual(page.links(), links.map((l) => `../${l}`), query);
  return page;
};

test('accents, elisions, plurals and legal references are found', async () => {
  await finds("l'accessibilite", 'eau/p1.html#a2');
  await finds('VERIFIABLES', 'eau/p1.html#a1');
  await finds('donnee publiee', 'eau/p1.html');
  await finds('L. 533-4', 'eau/p1.html');
  await finds('l533-4', 'eau/p1.html');
  await finds('n° 2015-990', 'eau/p1.html#a2');
  await finds('vice président', 'eau/CL12.html');
  await finds('viceprésidents', 'eau/CL12.html');
  await finds('17 bis', 'eau/CL12.html');
  await finds('cl12', 'eau/CL12.html');
  await finds('aujourd’hui', 'eau/p1.html#a1');
});

test('the page comes before its fragments, words are marked as they are written', async () => {
  const page = await finds('données', 'eau/p1.html', 'eau/p1.html#a1', 'eau/p1.html#a2');
  assert.equal(page.status(), '3 for données');
  assert.deepEqual([...new Set(page.marks())], ['données', 'donnée']);
});

test('the last word may be unfinished, a quoted one is as it stands', async () => {
  await finds('patrim', 'eau/a1.html');
  await finds('"donnée"', 'eau/p1.html#a1');
});

test('words that no document has together are looked for apart, and it is said', async () => {
  const page = await open('?q=patrimoine+bassin');
  assert.equal(page.status(), 'some 2');
});

test('nothing found is said, with the nearest words', async () => {
  const page = await open('?q=patrimone');
  assert.equal(page.status(), 'none patrimone');
  assert.equal(page.near(), 'near: patrimoine');
  assert.equal((await open('?q=de+la')).status(), 'common de la');
});

test('filters narrow, count and stand in the address', async () => {
  const page = await open('?q=donn%C3%A9es&position=against');
  assert.deepEqual(page.links(), ['../eau/p1.html#a2']);
  assert.match(page.page.address, /q=donn%C3%A9es&position=against/);
  page.selects.position.value = '';
  page.selects.kind.value = 'argument';
  page.form.onchange({ target: page.selects.kind });
  await page.settle();
  assert.equal(page.links().length, 2);
  assert.deepEqual(page.selects.position.options.map((o) => o.textContent), ['All', 'against (1)', 'for (1)']);
});

test('participants’ words are text and nothing else', async () => {
  const page = await finds('onerror', 'eau/p2.html');
  assert.match(page.elements['search-results'].textContent, /<\/script><script>alert\(1\)/);
  assert.deepEqual(new Set(page.elements['search-results'].children.flatMap((li) => ['script', 'img'].flatMap((t) => li.all(t)))), new Set());
  await finds('__proto__ constructor toString', 'eau/p2.html');
});

test('a search loads little', async () => {
  const page = await open('?q=eau');
  assert.deepEqual(page.loaded, ['index/meta.js', 'index/terms/0.js', 'index/facets/0.js', 'index/texts/0/0.js']);
});
