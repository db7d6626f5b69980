// The rules of a recount in the browser: ballots that count → what came out, as claims { key, of, value } that stand
// beside the page's own. Budgets are in recount-budget.js, lots in recount-lots.js. As docs/votes.md says them.
(() => {
  'use strict';
  const greffe = (globalThis.greffeRecount = globalThis.greffeRecount || {});
  const RANKED = ['instant-runoff', 'schulze'];

  /** Whether the ballots of a vote hold points. */
  const pointed = ({ kind, rule }) => ['score', 'cumulative'].includes(kind) || (kind === 'budget' && (rule.max_score !== null || rule.max_points !== null));

  /** Votes for each option: choices, points, first ranks. */
  function counts(vote, kept) {
    const sums = vote.options.map(() => 0);
    for (const b of kept) {
      for (const [option, value] of b.marks) {
        sums[option] += b.count * b.weight * (pointed(vote) ? value : RANKED.includes(vote.kind) ? +(value === 1) : 1);
      }
    }
    return sums;
  }

  /** SHA-256 of words, in hexadecimal: its own, since a page on a plain address has no crypto.subtle. FIPS 180-4. */
  const K = [], H = [];
  for (let n = 2; K.length < 64; n++) {
    if (K.length && [...Array(Math.floor(Math.sqrt(n)) + 1).keys()].some((d) => d > 1 && n % d === 0)) continue;
    const part = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
    if (H.length < 8) H.push(part(Math.sqrt(n)));
    K.push(part(Math.cbrt(n)));
  }
  function sha256(words) {
    const text = new TextEncoder().encode(words);
    const bytes = new Uint8Array(((text.length + 72) >> 6) << 6);
    bytes.set(text);
    bytes[text.length] = 0x80;
    const view = new DataView(bytes.buffer);
    view.setUint32(bytes.length - 8, Math.floor(text.length / 2 ** 29));
    view.setUint32(bytes.length - 4, text.length << 3);
    const hash = Int32Array.from(H), w = new Int32Array(64);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < bytes.length; at += 64) {
      for (let i = 0; i < 64; i++) {
        w[i] = i < 16 ? view.getInt32(at + i * 4)
          : w[i - 16] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3)) + w[i - 7] + (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10));
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 64; i++) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((x, i) => { hash[i] += x; });
    }
    return [...hash].map((x) => (x >>> 0).toString(16).padStart(8, '0')).join('');
  }

  /** Places in the order in which ties are decided, or null when nothing decides. */
  function order(vote) {
    const all = vote.options.map((_, at) => at);
    const by = (key) => all.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
    if (vote.rule.ties === 'order') return all;
    if (vote.rule.ties === 'cost') return by((at) => vote.options[at].cost ?? Infinity);
    if (vote.rule.ties === 'lot') {
      const lots = vote.options.map((o) => sha256(`${vote.rule.seed}\n${o.id}`));
      return by((at) => lots[at]);
    }
    return null;
  }
  /** How places compare where the rule leaves them equal: 0 when nothing decides. */
  function breaker(vote) {
    const first = order(vote);
    if (!first) return () => 0;
    const rank = [];
    first.forEach((at, i) => { rank[at] = i; });
    return (a, b) => rank[a] - rank[b];
  }

  const ids = (vote, places) => places.map((at) => vote.options[at].id).join(', ');
  const ranks = (vote, levels) => levels.map((level) => level.map((at) => vote.options[at].id).join(' = ')).join(' > ');

  /** Who has a seat, from layers of equals, the best first: { winners, tied }. */
  function seated(vote, layers) {
    const compare = breaker(vote);
    const winners = [];
    for (const layer of layers) {
      const room = vote.rule.seats - winners.length;
      if (room <= 0) break;
      if (layer.length > room && vote.rule.ties === 'shared') return { winners, tied: layer.slice().sort((a, b) => a - b) };
      winners.push(...layer.slice().sort((a, b) => compare(a, b) || a - b).slice(0, room));
    }
    return { winners, tied: [] };
  }

  /** Layers of places with the same score, the highest first; those without any are in none. */
  function layered(scores) {
    const layers = new Map();
    scores.forEach((score, at) => { if (score > 0) layers.set(score, (layers.get(score) || []).concat(at)); });
    return [...layers].sort((a, b) => b[0] - a[0]).map(([, layer]) => layer);
  }

  /** Majority judgment: medians are taken away one by one until one option has a better one. */
  function judgment(vote, kept) {
    const { grades, ungraded } = vote.rule;
    const given = vote.options.map(() => grades.map(() => 0));
    for (const b of kept) {
      const own = new Map(b.marks);
      vote.options.forEach((_, at) => { given[at][own.get(at) ?? ungraded] += b.count * b.weight; });
    }
    const lower = (list, all) => { let sum = 0; return list.findIndex((n) => (sum += n) > 0 && sum * 2 >= all); };
    const all = given.length ? given[0].reduce((a, b) => a + b, 0) : 0;
    const better = (a, b) => {
      const [x, y] = [given[a].slice(), given[b].slice()];
      for (let left = all; left > 0;) {
        const [p, q] = [lower(x, left), lower(y, left)];
        if (p !== q) return q - p;
        x[p]--;
        y[q]--;
        left--;
      }
      return 0;
    };
    const order = given.map((_, at) => at).sort((a, b) => better(a, b) || a - b);
    const layers = [];
    order.forEach((at) => { const last = layers[layers.length - 1]; if (last && !better(last[0], at)) last.push(at); else layers.push([at]); });
    const claims = [];
    vote.options.forEach((o, at) => claims.push(['grades', o.id, given[at].join(', ')], ['median', o.id, grades[Math.max(0, lower(given[at], all))].id]));
    claims.push(['ranking', null, ranks(vote, layers)]);
    return { layers, claims };
  }

  /** Schulze: every pair, then the strongest chain of won duels between any two. */
  function schulze(vote, kept) {
    const all = vote.options.map((_, at) => at);
    const above = all.map(() => all.map(() => 0));
    for (const b of kept) {
      const own = new Map(b.marks);
      const rank = all.map((at) => own.get(at) ?? Infinity);
      for (const [x] of b.marks) for (const y of all) if (rank[x] < rank[y]) above[x][y] += b.count * b.weight;
    }
    const path = all.map((x) => all.map((y) => (above[x][y] > above[y][x] ? above[x][y] : 0)));
    for (const via of all) for (const x of all) for (const y of all) if (x !== y && x !== via && y !== via) path[x][y] = Math.max(path[x][y], Math.min(path[x][via], path[via][y]));
    const layers = [];
    for (let rest = all; rest.length;) {
      const first = rest.filter((y) => !rest.some((x) => path[x][y] > path[y][x]));
      layers.push(first);
      rest = rest.filter((x) => !first.includes(x));
    }
    const claims = vote.options.flatMap((o, at) => [['duels', o.id, above[at].join(', ')], ['paths', o.id, path[at].join(', ')]]);
    claims.push(['ranking', null, ranks(vote, layers)]);
    return { layers, claims };
  }

  /** Instant runoff: each round as a claim, and who wins. */
  function runoff(vote, kept) {
    const compare = breaker(vote);
    let standing = vote.options.map((_, at) => at);
    const claims = [];
    for (;;) {
      const sums = vote.options.map(() => 0);
      let [aside, exhausted] = [0, 0];
      for (const b of kept) {
        const left = b.marks.filter(([option]) => standing.includes(option));
        const best = left.reduce((rank, mark) => Math.min(rank, mark[1]), Infinity);
        const first = left.filter(([, rank]) => rank === best);
        const votes = b.count * b.weight;
        if (first.length === 1) sums[first[0][0]] += votes;
        else if (first.length) aside += votes;
        else exhausted += votes;
      }
      const play = sums.reduce((a, b) => a + b, 0) + aside;
      const winners = standing.filter((at) => sums[at] * 2 > play);
      let out = [], tied = [];
      if (!winners.length && play) {
        const fewest = Math.min(...standing.map((at) => sums[at]));
        out = standing.filter((at) => sums[at] === fewest);
        if (vote.rule.ties !== 'shared') out = [out.sort((a, b) => compare(a, b) || a - b)[out.length - 1]];
        if (out.length === standing.length) [out, tied] = [[], out];
      }
      const all = standing.map((at) => `${vote.options[at].id} ${sums[at]}`).join(', ');
      claims.push(['round', String(claims.length + 1), `${all}; aside ${aside}; exhausted ${exhausted}; out ${ids(vote, out)}`]);
      if (!out.length) return { winners, tied, claims };
      standing = standing.filter((at) => !out.includes(at));
    }
  }

  /** The members of each group of a roll call: for, against, abstention. */
  function groups(vote, kept) {
    const said = new Map(vote.groups.map((id) => [id, [0, 0, 0]]));
    kept.forEach((b) => b.marks.forEach(([option]) => { if (said.has(b.group) && option < 3) said.get(b.group)[option] += b.count * b.weight; }));
    return [...said].map(([id, all]) => ['group', id, all.join(', ')]);
  }

  /** Everything that comes out of the ballots that count, as claims. */
  function count(vote, found) {
    const { rule, registered } = vote;
    const sums = counts(vote, found.kept);
    const all = sums.reduce((a, b) => a + b, 0);
    const several = !['poll', 'reactions', 'roll-call'].includes(vote.kind);
    const base = rule.base === 'registered' ? registered || 0 : rule.base === 'cast' ? found.cast
      : vote.kind === 'roll-call' ? sums[0] + sums[1] : several ? found.votes : all;
    const exceeds = (n) => n * 100 > rule.threshold * base;
    const claims = vote.options.map((o, at) => ['count', o.id, sums[at]]);
    let out = { winners: [], tied: [] };
    if (vote.kind === 'poll') out.winners = sums.map((_, at) => at).filter((at) => exceeds(sums[at]));
    else if (vote.kind === 'roll-call') out.winners = [exceeds(sums[0]) ? 0 : 1];
    else if (['approval', 'score', 'cumulative'].includes(vote.kind)) out = seated(vote, layered(sums));
    else if (vote.kind === 'majority-judgment' || vote.kind === 'schulze') {
      const method = vote.kind === 'schulze' ? schulze(vote, found.kept) : judgment(vote, found.kept);
      claims.push(...method.claims);
      if (found.votes) out = seated(vote, method.layers);
    } else if (vote.kind === 'instant-runoff' || vote.kind === 'budget') {
      out = vote.kind === 'budget' ? greffe.budget(vote, found.kept, sums) : runoff(vote, found.kept);
      claims.push(...out.claims);
    } else if (vote.kind === 'petition') {
      rule.steps.forEach((step) => claims.push(['step', String(step), String(sums[0] >= step)]));
    }
    if (found.grouped) claims.push(...groups(vote, found.kept));
    const quorum = rule.quorum !== null && registered ? found.cast * 100 >= rule.quorum * registered : null;
    if (quorum !== null) claims.push(['quorum', null, quorum]);
    if (quorum === false) out = { winners: [], tied: [] };
    if (several && vote.kind !== 'petition' || vote.kind === 'poll' || vote.kind === 'roll-call') claims.push(['winners', null, ids(vote, out.winners)], ['tied', null, ids(vote, out.tied)]);
    return claims;
  }

  greffe.methods = Object.assign(greffe.methods || {}, { count });
  Object.assign(greffe, { counts, sha256, breaker, ids, ranks, pointed, seated, layered, judgment, schulze });
})();
