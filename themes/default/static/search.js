// Search in the page, from any host or from a disk. The index is made by `src/search`: files that each call
// greffeSearch(name, data), loaded when they are needed. Words are analysed as there and never stemmed here: the
// index knows which forms belong together. Data are participants' words: they become text nodes, never markup.
(function () {
  'use strict';
  const $ = (id) => document.getElementById(id);
  const form = $('search-form');
  const root = document.querySelector('[data-index]');

  addEventListener('keydown', (e) => {
    const box = $('search-input') || document.querySelector('input[type=search]');
    if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || !box || /^(input|textarea|select)$/i.test(e.target.tagName)) return;
    e.preventDefault();
    box.focus();
  });

  // ---- loading: one script per file, once

  const files = new Map();
  const came = new Map();
  window.greffeSearch = (name, data) => came.set(name, data);

  function load(name) {
    if (!files.has(name)) {
      files.set(name, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = `${root.dataset.index.replace(/\/$/, '')}/${name}.js`;
        script.onload = () => (script.remove(), came.has(name) ? resolve(came.get(name)) : reject(new Error(name)));
        script.onerror = () => (script.remove(), files.delete(name), reject(new Error(name)));
        document.head.append(script);
      }));
    }
    return files.get(name);
  }

  /** Lists of numbers: digits in base 45, the upper half of 90 characters meaning that more follow. */
  function numbers(text) {
    const all = [];
    for (let i = 0, value = 0, unit = 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const digit = code - 35 - (code > 60) - (code > 92);
      if (digit < 45) all.push(value + digit * unit), (value = 0), (unit = 1);
      else (value += (digit - 45) * unit), (unit *= 45);
    }
    return all;
  }
  const sums = (list) => { let sum = 0; return list.map((n) => (sum += n)); };
  /** Place of the last element that is not above x. */
  function below(list, x) {
    let low = 0, high = list.length;
    while (low < high) { const middle = (low + high) >> 1; if (list[middle] <= x) low = middle + 1; else high = middle; }
    return low - 1;
  }

  // ---- analysis: the same rules as src/search/analyse.rs

  const LETTERS = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i', ς: 'σ' };
  const fold = (text) => text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').normalize('NFKD').replace(/\p{M}/gu, '')
    .toLowerCase().replace(/\p{M}/gu, '').replace(/[œæßøłđıς]/g, (c) => LETTERS[c]);

  /** Words of a text: { parts, wholes }. */
  function analyse(text, grammar) {
    const folded = fold(text);
    const pieces = [];
    const joints = [];
    let end = 0;
    folded.replace(/(?:(?!ʼ)[\p{Alphabetic}\p{N}])+/gu, (piece, at) => {
      const gap = folded.slice(end, at);
      joints.push(!pieces.length ? '' : /^[-‐‑]$/.test(gap) ? '-' : /^['’‘ʼ]$/.test(gap) ? "'" : gap === '.' ? '.'
        : /^\s{1,2}$/.test(gap) ? ' ' : /^\.\s{1,2}$/.test(gap) ? '. ' : '');
      pieces.push(piece);
      end = at + piece.length;
    });
    const letter = (i) => /^\p{Alphabetic}$/u.test(pieces[i]);
    const tied = (i) => joints[i] === '-' || joints[i] === "'" || (joints[i] === '.' && letter(i - 1) && letter(i));
    const words = [];
    for (let i = 0, next; i < pieces.length; i = next) {
      next = i + 1;
      while (next < pieces.length && tied(next)) next++;
      let first = i, last = next;
      while (first + 1 < last && joints[first + 1] === "'" && grammar.elisions.includes(pieces[first])) first++;
      if (grammar.possessive && last - first > 1 && joints[last - 1] === "'" && pieces[last - 1] === 's') last--;
      let parts = pieces.slice(first, last);
      const many = parts.length > 1;
      const whole = !many || parts.length > 6 ? '' : parts.reduce((a, b) => a + (/[0-9]$/.test(a) && /^[0-9]/.test(b) ? '-' : '') + b);
      const wholes = whole ? [whole] : [];
      const number = many ? whole : parts[0];
      const acronym = many && parts.every((_, k) => !k || joints[first + k] === '.');
      if ((acronym && whole) || whole === 'aujourdhui') parts = [];
      if (first && /^[0-9]/.test(number)) {
        const code = pieces[first - 1];
        if ((/^[. ]/.test(joints[first]) && grammar.codes.includes(code)) || (joints[first][0] === '.' && grammar.dotted_codes.includes(code))) wholes.push(code + number);
      }
      if (last === next && /[0-9]$/.test(number) && joints[next] === ' ' && grammar.suffixes.includes(pieces[next]) && !(next + 1 < pieces.length && tied(next + 1))) {
        parts.push(pieces[next]);
        wholes.push(number + pieces[next]);
        next++;
      }
      words.push({ parts, wholes });
    }
    return words;
  }
  if (!form || !root) {
    window.greffeAnalyse = analyse;
    return;
  }

  // ---- looking up

  let meta, shards, ranks, stops;

  /** The shard a form would stand in: { forms, postings, classes, elsewhere }. */
  async function shard(place) {
    const raw = await load(`terms/${ranks[place]}`);
    if (!raw.forms) {
      raw.forms = raw.f.split(' ');
      raw.lists = raw.p.split(' ');
      raw.classes = raw.c.split(' ').map(numbers);
    }
    return raw;
  }
  const place = (word) => Math.max(0, below(shards, word));

  /** What is written of one form, or undefined. */
  async function entry(word) {
    const at = await shard(place(word));
    const i = below(at.forms, word);
    return at.forms[i] === word ? { word, at, i, list: at.lists[i] } : undefined;
  }

  /** Forms that share a class with this one, other than it. */
  async function kin({ word, at, i }) {
    const mine = at.classes[i];
    if (!mine.length) return [];
    const here = at.forms.map((w, k) => ({ word: w, list: at.lists[k], k })).filter((f) => f.word !== word && at.classes[f.k].some((c) => mine.includes(c)));
    const far = at.x.filter((x) => mine.includes(x[0])).flatMap((x) => x[1].split(' ')).filter((w) => w !== word);
    return here.concat((await Promise.all(far.map(entry))).filter(Boolean));
  }

  /** Documents of one word typed: { scores: Map, forms: Set }. `open`: the word may go on; `exact`: this form only. */
  async function lookup(word, open, exact) {
    const found = new Map();
    const take = (e, weight) => { if (!((found.get(e.word) || {}).weight >= weight)) found.set(e.word, { list: e.list, weight }); };
    const self = await entry(word);
    if (self) take(self, 1);
    if (self && !exact) (await kin(self)).forEach((e) => take(e, 0.8));
    if (!exact && !self) {
      // A form nobody wrote: its singular, plural or feminine may exist.
      const near = [word.slice(0, -1), word.slice(0, -2), word + 's', word + 'e', word + 'es', word + 'x'].filter((w) => w.length > 3);
      for (const e of (await Promise.all(near.map(entry))).filter(Boolean)) {
        take(e, 0.8);
        (await kin(e)).forEach((k) => take(k, 0.7));
      }
    }
    if (open && !exact && word.length > 1) {
      const last = Math.min(place(word + '\uffff'), place(word) + 5);
      for (let p = place(word); p <= last; p++) {
        const at = await shard(p);
        at.forms.forEach((w, i) => w.startsWith(word) && take({ word: w, list: at.lists[i] }, 0.5));
      }
    }
    const scores = new Map();
    for (const { list, weight } of found.values()) {
      let doc = 0;
      for (const n of numbers(list)) {
        doc += Math.floor(n / 16);
        const score = weight * (1 + (n % 16)) / 16;
        if (!(scores.get(doc) >= score)) scores.set(doc, score);
      }
    }
    const rarity = Math.log(1 + (meta.documents - scores.size + 0.5) / (scores.size + 0.5));
    scores.forEach((score, doc) => scores.set(doc, score * rarity));
    return { scores, forms: [...found.keys()] };
  }

  /** Documents of one group: all its parts, or one of its wholes. */
  async function group({ parts, wholes, open, exact }) {
    const of = (words) => Promise.all(words.map((w, i) => lookup(w, open && i === words.length - 1, exact)));
    const [some, all] = [await of(parts), await of(wholes)];
    const scores = new Map();
    if (some.length) {
      some[0].scores.forEach((_, doc) => {
        if (some.every((p) => p.scores.has(doc))) scores.set(doc, some.reduce((sum, p) => sum + p.scores.get(doc), 0));
      });
    }
    all.forEach((w) => w.scores.forEach((score, doc) => scores.set(doc, (scores.get(doc) || 0) + score)));
    const lost = parts.filter((_, i) => !some[i].scores.size);
    return { scores, lost: scores.size ? [] : parts.length ? lost : wholes, forms: some.concat(all).flatMap((l) => l.forms) };
  }

  /** Groups of a query. Words in quotation marks are looked up as they are spelt. */
  function groups(query) {
    const all = query.split(/["«»“”]/).flatMap((text, i, list) => analyse(text, meta.grammar).map((word) => Object.assign(word, { exact: i % 2 === 1, text })));
    for (const g of all) g.parts = g.parts.filter((w) => !stops.has(w) && !/^[a-z]$/.test(w));
    const kept = all.filter((g) => g.parts.length + g.wholes.length);
    const last = kept[kept.length - 1];
    if (last && last === all[all.length - 1] && /[\p{L}\p{N}]$/u.test(query)) last.open = true;
    return kept;
  }

  // ---- showing

  const FACETS = ['kind', 'consultation', 'article', 'position', 'status'];
  const PAGE = 20;
  const input = $('search-input'), status = $('search-status'), list = $('search-results'), pages = $('search-pages'), box = $('search-suggestions');
  const selects = FACETS.map((name) => form.querySelector(`select[name="${name}"]`));
  const say = (key, values) => (root.dataset[key] || '').replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString(document.documentElement.lang || undefined));
  const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text || '' });
  const label = (facet, value) => {
    const option = selects[facet] && [...selects[facet].options].find((o) => o.value === value);
    return option ? option.dataset.label : value;
  };
  /** A day as the reader's language writes it; the hour is of no help in a list. */
  const day = (date) => date && new Date(`${date.slice(0, 10)}T12:00`).toLocaleDateString(document.documentElement.lang || undefined, { dateStyle: 'long' });
  let turn = 0;

  /** The address of a search. */
  function address(q, page) {
    const to = new URLSearchParams({ q });
    selects.forEach((s, i) => s && s.value && to.set(FACETS[i], s.value));
    if (page > 1) to.set('page', page);
    return `?${to}`;
  }

  function link(text, q, page, then) {
    const a = make('a', '', text);
    a.href = address(q, page);
    a.onclick = (e) => { if (!e.ctrlKey && !e.metaKey && !e.shiftKey) e.preventDefault(), then(); };
    return a;
  }

  /** Appends text with the words that were looked for marked; long text is cut around the most of them. */
  function mark(node, text, forms, room) {
    const hits = [];
    text.replace(/aujourd['’]hui|[\p{L}\p{N}\p{M}]+/giu, (word, at) => { const form = fold(word).replace(/['’]/, ''); if (forms.has(form)) hits.push({ at, end: at + word.length, form }); });
    let from = 0, to = text.length;
    if (to > room) {
      const kinds = (h) => new Set(hits.filter((o) => o.at >= h.at && o.end < h.at + room - 60).map((o) => o.form)).size;
      const best = hits.slice(0, 60).reduce((a, h) => (a && a.n >= kinds(h) ? a : { at: h.at, n: kinds(h) }), null);
      if (best && best.at > 60) from = text.indexOf(' ', best.at - 60) + 1 || best.at;
      if (best && from > best.at) from = best.at;
      to = from + room < to ? Math.max(text.lastIndexOf(' ', from + room), from + 1) : to;
    }
    let done = from;
    if (from) node.append('… ');
    for (const h of hits) {
      if (h.at < from || h.end > to) continue;
      node.append(text.slice(done, h.at), make('mark', '', text.slice(h.at, h.end)));
      done = h.end;
    }
    node.append(text.slice(done, to), to < text.length ? ' …' : '');
    return node;
  }

  /** Values of the facets of some documents, and the files that show them. */
  async function facetsOf(docs) {
    const parts = new Map();
    await Promise.all([...new Set(docs.map((d) => Math.floor(d / meta.stretch)))].map(async (n) => {
      const raw = await load(`facets/${n}`);
      raw.of = raw.of || numbers(raw.d);
      raw.starts = raw.starts || sums(numbers(raw.s));
      parts.set(n, raw);
    }));
    return {
      values: (d) => { const p = parts.get(Math.floor(d / meta.stretch)); return p.c[p.of[d % meta.stretch]]; },
      async shown(d) {
        const p = parts.get(Math.floor(d / meta.stretch));
        const first = d - (d % meta.stretch) + p.starts[below(p.starts, d % meta.stretch)];
        return (await load(`texts/${Math.floor(first / 8192)}/${first}`))[d - first];
      },
    };
  }

  /** Keeps what passes the filters and counts, for every value of a filter, what it would keep. */
  function filter(docs, facets) {
    const wanted = selects.map((s, i) => (s && s.value ? meta.facets[i].indexOf(s.value) : 0));
    const counts = FACETS.map(() => new Map());
    const kept = docs.filter((d) => {
      const values = facets.values(d);
      const failed = FACETS.map((_, i) => i).filter((i) => wanted[i] && values[i] !== wanted[i]);
      const counted = failed.length === 0 ? FACETS.map((_, i) => i) : failed.length === 1 ? failed : [];
      counted.forEach((i) => counts[i].set(values[i], (counts[i].get(values[i]) || 0) + 1));
      return !failed.length;
    });
    selects.forEach((s, i) => s && [...s.options].forEach((o) => {
      if (!o.value) return;
      const n = counts[i].get(meta.facets[i].indexOf(o.value)) || 0;
      o.textContent = docs.length ? `${o.dataset.label} (${n})` : o.dataset.label;
      o.hidden = docs.length > 0 && !n && !o.selected;
    }));
    return kept;
  }

  /** Letters to change between two words, up to 3. */
  function distance(a, b) {
    if (Math.abs(a.length - b.length) > 2) return 3;
    let before = [], row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return Math.min(3, row[b.length]);
  }

  /** Offers, for each word that stands nowhere, words near it. */
  async function suggest(query, lost) {
    const words = (await load('words')).split(' ');
    for (const word of lost) {
      const near = words.map((w) => ({ w, n: distance(word, fold(w)) })).filter((c) => c.n && c.n <= (word.length > 5 ? 2 : 1));
      const least = Math.min(...near.map((c) => c.n));
      const found = near.filter((c) => c.n === least).slice(0, 3);
      found.forEach(({ w }, i) => {
        const q = query.split(/(\s+|['’])/).map((part) => (fold(part) === word ? w : part)).join('');
        box.append(i || box.textContent ? ', ' : `${root.dataset.suggest} `, link(w, q === query ? w : q, 1, () => { input.value = q === query ? w : q; run(1); }));
      });
    }
  }

  async function search(query, page, mine) {
    const asked = groups(query);
    const found = await Promise.all(asked.map(group));
    const totals = new Map();
    found.forEach((g) => g.scores.forEach((score, doc) => { const t = totals.get(doc) || [0, 0]; totals.set(doc, [t[0] + 1, t[1] + score]); }));
    let docs = [...totals.keys()];
    const complete = docs.filter((d) => totals.get(d)[0] === asked.length);
    const partial = !complete.length && docs.length > 0;
    if (!partial) docs = complete;
    docs.sort((a, b) => totals.get(b)[0] - totals.get(a)[0] || totals.get(b)[1] - totals.get(a)[1] || a - b);
    const facets = await facetsOf(docs);
    if (mine !== turn) return;
    docs = filter(docs, facets);
    const last = Math.max(1, Math.ceil(docs.length / PAGE));
    page = Math.min(page, last);
    const here = docs.slice((page - 1) * PAGE, page * PAGE);
    const shown = await Promise.all(here.map(facets.shown));
    if (mine !== turn) return;
    const forms = new Set(found.flatMap((g) => g.forms));
    list.replaceChildren(...shown.map(([url, title, date, text], i) => {
      const item = make('li', 'search-result');
      const a = make('a', 'search-title');
      a.href = root.dataset.root.replace(/\/?$/, '/') + url;
      const values = facets.values(here[i]).map((v, f) => v && label(f, meta.facets[f][v]));
      item.append(mark(a, title || url, forms, 1e9), make('p', 'search-about', values.concat(day(date)).filter(Boolean).join(' · ')), mark(make('p', 'search-excerpt'), text, forms, 260));
      return item;
    }));
    list.start = (page - 1) * PAGE + 1;
    const values = { n: docs.length, q: query, page, pages: last };
    status.textContent = asked.length ? say(!docs.length ? 'none' : partial ? 'some' : docs.length === 1 ? 'one' : 'many', values) + (last > 1 ? ` ${say('page', values)}` : '') : say(query ? 'common' : 'hint', values);
    const go = (to) => () => run(to).then(() => { const a = list.querySelector('a'); if (a) a.focus(); });
    const turns = [[page > 1, 'previous', page - 1], [page < last, 'next', page + 1]].filter((t) => t[0]).map((t) => link(root.dataset[t[1]], query, t[2], go(t[2])));
    pages.replaceChildren(...turns.flatMap((a) => [a, ' ']));
    const lost = found.flatMap((g) => g.lost);
    box.replaceChildren();
    if (lost.length) await suggest(query, lost);
  }

  async function run(page) {
    const mine = ++turn;
    const query = input.value.trim();
    try { history.replaceState(null, '', address(query, page)); } catch (_) { /* some browsers refuse on a disk */ }
    try {
      await ready;
      await search(query, page, mine);
    } catch (e) {
      if (mine === turn) status.textContent = say('error', {});
    }
  }

  const ready = load('meta').then((data) => {
    meta = data;
    shards = data.shards.split(' ');
    ranks = sums(numbers(data.ranks));
    stops = new Set(data.grammar.stops);
    selects.forEach((select, i) => {
      if (!select) return;
      const known = [...select.options];
      known.forEach((o) => (o.value && !meta.facets[i].includes(o.value) ? o.remove() : (o.dataset.label = o.textContent)));
      meta.facets[i].filter((v) => v && !known.some((o) => o.value === v)).forEach((v) => {
        const o = make('option', '', v);
        o.value = o.dataset.label = v;
        select.append(o);
      });
      if (select.options.length < 2) (select.closest('label') || select.parentElement).hidden = true;
      select.value = asked.get(FACETS[i]) || '';
      if (select.selectedIndex < 0) select.value = '';
    });
  });

  const asked = new URLSearchParams(location.search);
  input.value = input.value || asked.get('q') || '';
  let timer;
  const later = () => (clearTimeout(timer), (timer = setTimeout(run, 200, 1)));
  input.addEventListener('input', later);
  form.addEventListener('change', (e) => e.target !== input && (clearTimeout(timer), run(1)));
  form.addEventListener('submit', (e) => (e.preventDefault(), clearTimeout(timer), run(1)));
  // The filters take their values once they are filled: only then is there an address to rewrite.
  ready.then(() => run(+asked.get('page') || 1), () => (status.textContent = say('error', {})));
})();
