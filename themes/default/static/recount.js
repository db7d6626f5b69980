// A recount on the page of a vote. On a click it loads the script beside the page, which holds the ballots, the rule and
// what the page claims; counts with the rules of recount-rules.js, recount-budget.js and recount-lots.js; and lays what
// comes out beside each claim. A file of the reader's own can be counted in the same way: it never leaves the device.
// No words are here: they are attributes of the element with the id `recount`. Works from a disk, where nothing can be
// fetched.
(() => {
  'use strict';
  const root = document.getElementById('recount');
  if (!root) return;
  const { table, read, valid, methods } = globalThis.greffeRecount;
  const said = document.getElementById('recount-said');
  const shown = document.getElementById('recount-shown');
  const button = document.getElementById('recount-run');
  const file = document.getElementById('recount-file');
  const says = (key, values = {}) => (root.dataset[key] || key).replace(/\{(\w+)\}/g, (_, name) => number(values[name]));
  const number = (value) => (typeof value === 'number' ? value.toLocaleString(document.documentElement.lang) : value);
  const camel = (key) => key.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name || '', textContent: text || '' });

  let published;
  globalThis.greffeBallots = (data) => { published = data; };

  function load() {
    if (published) return Promise.resolve(published);
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = root.dataset.ballots;
      script.onload = () => (script.remove(), published ? resolve(published) : reject(new Error('empty')));
      script.onerror = () => (script.remove(), reject(new Error('absent')));
      document.head.append(script);
    });
  }

  /** What comes out of a file, as claims. */
  function count(vote, csv) {
    if (vote.kind === 'lots') {
      const pool = table(csv);
      return { read: pool.lines.length, claims: methods.lots(vote, pool) };
    }
    const ballots = read(vote, csv);
    const found = valid(vote, ballots);
    const claims = [['cast', null, found.cast], ['blank', null, found.blank], ['replaced', null, found.replaced]];
    found.void.forEach((n, why) => claims.push(['void', why, n]));
    found.grouped = vote.kind === 'roll-call' && ballots.some((b) => vote.groups.includes(b.group));
    const out = methods.count(vote, found);
    return { read: ballots.length, claims: claims.concat(out) };
  }

  /** Claims of the page beside those of the recount: [key, of, page, recount]. */
  function compare(page, own) {
    const name = (key, of) => `${key}\n${of ?? ''}`;
    const counted = new Map(own.map(([key, of, value]) => [name(key, of), String(value)]));
    const lines = page.map(({ key, of, value }) => [key, of, value, counted.get(name(key, of)) ?? null]);
    const claimed = new Set(page.map(({ key, of }) => name(key, of)));
    return lines.concat(own.filter(([key, of]) => !claimed.has(name(key, of))).map(([key, of, value]) => [key, of, null, String(value)]));
  }

  function label(vote, key, of) {
    const words = says(camel(`claim-${key}`));
    if (of === null || of === undefined) return words;
    const option = vote.options.find((o) => o.id === of);
    return `${words}${root.dataset.colon}${key === 'void' ? says(camel(`void-${of}`)) : option ? option.title : of}`;
  }

  /** A value as the reader's language writes it: ids become titles, whole numbers are grouped. */
  function value(vote, key, words) {
    if (words === null) return '–';
    if (words === '') return says('none');
    if (words === 'true' || words === 'false') return says(words);
    if (/^\d+(\.\d+)?$/.test(words)) return (+words).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
    const titles = new Map(['aside', 'exhausted', 'out'].map((word) => [word, says(word).toLowerCase()]).concat(vote.options.concat(vote.rule.grades).map((o) => [o.id, o.title])));
    const list = ['winners', 'tied', 'median', 'ranking', 'round'].includes(key);
    return list ? words.split(/(, | > | = |; |: | )/).map((w) => titles.get(w) ?? w).join('') : words;
  }

  /** A sign, and the word for it. */
  function verdict(same) {
    const cell = make('td', 'recount-verdict');
    const sign = make('span', '', same ? '= ' : '≠ ');
    sign.setAttribute('aria-hidden', 'true');
    cell.append(sign, make('span', 'recount-word', says(same ? 'equal' : 'unequal')));
    return cell;
  }

  function show(vote, result, claims, name) {
    const lines = compare(claims, result.claims);
    const wrong = lines.filter(([, , page, own]) => page !== own).length;
    said.textContent = `${name ? `${name}${root.dataset.colon}` : ''}${says(vote.kind === 'lots' ? 'people' : 'read', { n: result.read })} ${wrong ? says('differs', { n: wrong, all: lines.length }) : says('same', { n: lines.length })}`;
    said.className = `recount-said ${wrong ? 'is-different' : 'is-same'}`;
    const head = make('tr');
    ['what', 'page', 'own', 'verdict'].forEach((key) => {
      const th = make('th');
      th.scope = 'col';
      th.append(make('span', key === 'verdict' ? 'recount-word' : '', says(key)));
      head.append(th);
    });
    const body = make('tbody');
    for (const [key, of, page, own] of lines) {
      const row = make('tr', page === own ? '' : 'is-different');
      const th = make('th', '', label(vote, key, of));
      th.scope = 'row';
      const cells = [page, own].map((words) => make('td', '', value(vote, key, words)));
      row.append(th, ...cells, verdict(page === own));
      body.append(row);
    }
    const whole = make('table', 'recount-table');
    const top = make('thead');
    top.append(head);
    whole.append(make('caption', 'visually-hidden', says('caption')), top, body);
    const fold = make('details');
    fold.open = lines.length <= 30 || wrong > 0;
    fold.append(make('summary', '', says('every', { n: lines.length })), whole);
    shown.replaceChildren(fold);
  }

  async function run(csv, name) {
    said.className = 'recount-said';
    said.textContent = says('counting');
    shown.replaceChildren();
    try {
      const data = await load();
      await new Promise((resolve) => { setTimeout(resolve, 20); });
      const words = csv === undefined ? data.csv : await csv.text();
      let result;
      try {
        result = count(data.vote, words);
      } catch (problem) {
        said.textContent = says('unreadable', { why: problem.message });
        return;
      }
      show(data.vote, result, data.claims, name);
    } catch (_) {
      said.textContent = says('error');
    }
  }

  root.hidden = false;
  button.addEventListener('click', () => run());
  file.addEventListener('change', () => { if (file.files[0]) run(file.files[0], file.files[0].name); });
})();
