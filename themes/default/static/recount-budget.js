// Budgets of a recount in the browser: down the list by support, or equal shares (Peters, Pierczyński, Skowron 2021), as
// docs/votes.md says them. Amounts are whole hundredths. Of n votes, a hundredth is n million grains, so that a share is
// exact; payments are rounded down to the grain, and prices compared as exact fractions, in BigInt.
(() => {
  'use strict';
  const greffe = (globalThis.greffeRecount = globalThis.greffeRecount || {});
  const GRAINS = 1000000n, MOST = 1n << 90n, RAISES = 1000000;

  /** Spends what is left on projects in their order; equals go together where nothing decides between them. */
  function walk(state, order, stop) {
    const { vote, cost, support } = state;
    const shared = vote.rule.ties === 'shared';
    for (let at = 0; at < order.length;) {
      let end = at + 1;
      while (shared && end < order.length && support[order[end]] === support[order[at]]) end++;
      const group = order.slice(at, end);
      at = end;
      const fits = group.filter((p) => stop || cost[p] <= state.left);
      const all = fits.reduce((sum, p) => sum + cost[p], 0) <= state.left;
      const before = state.left;
      for (const p of group) {
        if (cost[p] > before) continue;
        if (all) {
          state.selected.push(p);
          state.left -= cost[p];
        } else state.tied.push(p);
      }
      if (stop && !all) return;
    }
  }

  /** Equal shares: which projects supporters buy with a share each, in order. */
  function shares(state, kept) {
    const { vote, cost } = state;
    const points = vote.rule.utility === 'points';
    // Voters who say the same pay the same.
    const same = new Map();
    let voters = 0n;
    for (const b of kept) {
      const marks = b.marks.filter(([, value]) => value > 0).sort((x, y) => x[0] - y[0]).map(([p, value]) => [p, points ? value : 1]);
      const votes = BigInt(b.count * b.weight);
      if (!votes) continue;
      voters += votes;
      const key = marks.join(';');
      const group = same.get(key) || { marks, votes: 0n };
      group.votes += votes;
      same.set(key, group);
    }
    const groups = [...same.values()];
    const budget = vote.rule.budget;
    // Beyond these numbers the program counts nothing either.
    const cent = voters * GRAINS * BigInt(Math.max(budget, ...cost)) < MOST ? voters * GRAINS : 0n;
    const unit = 100n * cent;
    const fans = vote.options.map(() => []);
    groups.forEach((group, at) => group.marks.forEach(([p, value]) => fans[p].push({ at, points: BigInt(value), votes: group.votes })));

    /** What a project asks: supporters with too little pay all they have, the others the same for each point. */
    function price(p, purse) {
      let rest = BigInt(cost[p]) * cent;
      if (fans[p].reduce((sum, f) => sum + purse[f.at] * f.votes, 0n) < rest) return null;
      let among = fans[p].reduce((sum, f) => sum + f.points * f.votes, 0n);
      const poor = fans[p].slice().sort((a, b) => { const d = purse[a.at] * b.points - purse[b.at] * a.points; return d < 0n ? -1 : d > 0n ? 1 : 0; });
      for (const f of poor) {
        if (purse[f.at] * among >= rest * f.points) break;
        rest -= purse[f.at] * f.votes;
        among -= f.points * f.votes;
      }
      if (among < 1n) among = 1n;
      const worth = vote.rule.utility === 'cost' ? BigInt(Math.max(cost[p], 1)) : 1n;
      return { p, rest, among, over: among * worth };
    }

    function buy(share) {
      const purse = groups.map(() => share);
      const bought = [];
      if (!cent) return bought;
      // What a project asks only rises while purses empty: one that asked more before needs no second look.
      let open = vote.options.map((_, p) => p).filter((p) => fans[p].length).map((p) => ({ p, rest: 0n, over: 1n }));
      const dearer = (a, b) => { const d = a.rest * b.over - b.rest * a.over; return d < 0n ? -1 : d > 0n ? 1 : 0; };
      for (;;) {
        open.sort(dearer);
        let best = [];
        const still = [];
        for (const known of open) {
          if (best.length && dearer(known, best[0]) > 0) { still.push(known); continue; }
          const now = price(known.p, purse);
          if (!now) continue;
          still.push(now);
          const order = best.length ? dearer(now, best[0]) : -1;
          if (order < 0) best = [now];
          else if (!order) best.push(now);
        }
        if (!best.length) return bought;
        const first = best.sort((a, b) => state.compare(a.p, b.p) || cost[a.p] - cost[b.p] || a.p - b.p)[0];
        for (const f of fans[first.p]) {
          const pays = (first.rest * f.points) / first.among;
          purse[f.at] -= pays < purse[f.at] ? pays : purse[f.at];
        }
        bought.push(first.p);
        open = still.filter((known) => known.p !== first.p);
      }
    }

    const spent = (bought) => bought.reduce((sum, p) => sum + cost[p], 0);
    let share = BigInt(budget) * GRAINS;
    let bought = buy(share);
    if (vote.rule.completion.startsWith('add1') && unit) {
      let next = (share / unit) * unit;
      const open = () => vote.options.some((_, p) => fans[p].length && !bought.includes(p) && cost[p] <= budget - spent(bought));
      for (let raises = 0; raises < RAISES && open(); raises++) {
        next += unit;
        const more = buy(next);
        if (spent(more) > budget) break;
        [bought, share] = [more, next];
      }
    }
    state.selected.push(...bought);
    state.left -= spent(bought);
    if (vote.rule.completion.endsWith('greedy')) walk(state, state.order.filter((p) => fans[p].length && !bought.includes(p)), false);
    return Number(share) / Number(unit || 1n);
  }

  /** The projects selected: { winners, tied, claims }. */
  function budget(vote, kept, support) {
    const cost = vote.options.map((o) => o.cost || 0);
    const compare = greffe.breaker(vote);
    const order = cost.map((_, p) => p).sort((a, b) => support[b] - support[a] || compare(a, b) || a - b);
    const state = { vote, cost, support, compare, order, left: vote.rule.budget, selected: [], tied: [] };
    const { selection, min_support: fewest } = vote.rule;
    const claims = [];
    if (selection === 'equal-shares') claims.push(['share', null, shares(state, kept).toFixed(8)]);
    else walk(state, order.filter((p) => support[p] >= Math.max(1, selection === 'greedy-threshold' ? fewest : 0)), selection === 'greedy-no-skip');
    const spent = vote.rule.budget - state.left;
    claims.push(['spent', null, spent % 100 ? (spent / 100).toFixed(2) : String(spent / 100)]);
    return { winners: state.selected, tied: state.tied, claims };
  }

  greffe.budget = budget;
})();
