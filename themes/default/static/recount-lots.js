// A drawing of lots, run again in the browser: everyone's place comes from the seed and their id; whoever comes first is
// in, unless no panel with them and those drawn before could meet the quotas. As docs/votes.md says it.
(() => {
  'use strict';
  const greffe = (globalThis.greffeRecount = globalThis.greffeRecount || {});
  const STEPS = 2000000;

  /** SHA-256 of the pool: the head, then the lines in the order of their bytes, cells with tabs between them. */
  function digest(header, lines) {
    const text = (cells) => `${cells.map((cell) => cell.replace(/[\t\n\r]/g, ' ')).join('\t')}\n`;
    const encoder = new TextEncoder();
    const bytes = (a, b) => { for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i]; return a.length - b.length; };
    const sorted = lines.map(text).map((line) => [line, encoder.encode(line)]).sort((a, b) => bytes(a[1], b[1])).map(([line]) => line);
    return greffe.sha256(text(['id', ...header]) + sorted.join(''));
  }

  /** How many of each kind of person fill the seats within the bounds, or null. */
  function fill(kinds, people, seats, bounds) {
    const known = new Set();
    let steps = 0;
    // The kinds that count for most quotas with a minimum are placed first.
    const order = kinds.map((_, k) => k).filter((k) => people[k]).sort((a, b) => kinds[b].length - kinds[a].length || people[a] - people[b]);
    const plan = kinds.map(() => 0);
    const go = (at, left, state) => {
      if (++steps > STEPS) return false;
      const rest = order.slice(at);
      if (rest.reduce((sum, k) => sum + people[k], 0) < left) return false;
      const short = state.some(([min], q) => min > left || min > rest.reduce((sum, k) => sum + (kinds[k].includes(q) ? people[k] : 0), 0));
      if (short) return false;
      if (!left) return true;
      const key = `${at}|${left}|${state.join(';')}`;
      if (known.has(key)) return false;
      const kind = order[at];
      const most = Math.min(people[kind], left, ...kinds[kind].map((q) => state[q][1]));
      const need = Math.max(0, ...kinds[kind].map((q) => state[q][0]));
      // Counts near what is needed are tried first.
      const counts = [...Array(most + 1).keys()].sort((a, b) => Math.abs(a - Math.min(need, most)) - Math.abs(b - Math.min(need, most)) || b - a);
      for (const n of counts) {
        plan[kind] = n;
        if (go(at + 1, left - n, state.map(([min, max], q) => (kinds[kind].includes(q) ? [Math.max(0, min - n), max - n] : [min, max])))) return true;
      }
      plan[kind] = 0;
      known.add(key);
      return false;
    };
    return go(0, seats, bounds) ? plan : null;
  }

  /** The people drawn and the digest of the pool, as claims. */
  function lots(vote, { header, lines }) {
    const column = header.indexOf('id');
    if (column < 0) throw new Error('id');
    const categories = header.filter((_, at) => at !== column);
    const pool = lines.map((line) => ({ id: line[column], values: line.filter((_, at) => at !== column) }));
    const claims = [['digest', null, digest(categories, pool.map((p) => [p.id, ...p.values]))]];
    const { quotas, seed } = vote.rule;
    const names = [];
    const kinds = [];
    for (const person of pool) {
      const meets = quotas.map((q, at) => at).filter((at) => person.values[categories.indexOf(quotas[at].category)] === quotas[at].value);
      const name = meets.join(',');
      if (!names.includes(name)) { names.push(name); kinds.push(meets); }
      person.kind = names.indexOf(name);
      person.lot = greffe.sha256(`${seed ?? ''}\n${person.id}`);
    }
    const people = kinds.map((_, k) => pool.filter((p) => p.kind === k).length);
    let bounds = quotas.map(({ min, max }) => [min, max ?? Infinity]);
    let seats = vote.rule.seats;
    let plan = pool.length < seats ? null : fill(kinds, people, seats, bounds);
    const drawn = [];
    if (plan) {
      const take = (kind) => bounds.map(([min, max], q) => (kinds[kind].includes(q) ? [Math.max(0, min - 1), max - 1] : [min, max]));
      for (const { id, kind } of pool.slice().sort((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : 0))) {
        if (!seats) break;
        if (!people[kind]) continue;
        people[kind]--;
        if (!plan[kind]) {
          const with_ = take(kind);
          const other = with_.some(([, max]) => max < 0) ? null : fill(kinds, people, seats - 1, with_);
          if (!other) { people[kind] = 0; continue; }
          other[kind]++;
          plan = other;
        }
        plan[kind]--;
        bounds = take(kind);
        seats--;
        drawn.push(id);
      }
    }
    claims.push(['drawn', null, drawn.join(', ')]);
    return claims;
  }

  greffe.methods = Object.assign(greffe.methods || {}, { lots });
})();
