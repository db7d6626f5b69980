// Ballots for a recount in the browser: a CSV file becomes ballots, and the rule says which of them count. Written from
// the rules of docs/votes.md, not from the program that made the site, so that an error in one shows as a difference.
// Everything here is a pure function on globalThis.greffeRecount; recount.js is what readers see.
(() => {
  'use strict';
  const UNKNOWN = -1, ABSENT = -2, NO_VALUE = -1;
  const RANKED = ['instant-runoff', 'schulze'];
  const POINTS = ['score', 'cumulative', 'budget'];

  /** Rows of a CSV file (RFC 4180), each an array of cells; an apostrophe that guards a formula is taken off. */
  function rows(text) {
    const all = [];
    let row = [], at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    const end = () => { if (row.length > 1 || row[0] !== '') all.push(row); row = []; };
    const take = (cell) => row.push(cell.trim().replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''));
    while (at < text.length) {
      let cell = '';
      if (text[at] === '"') {
        for (;;) {
          const close = text.indexOf('"', at + 1);
          if (close < 0) throw new Error('quote');
          cell += text.slice(at + 1, close);
          at = close + 1;
          if (text[at] !== '"') break;
          cell += '"';
        }
      } else {
        const stop = /[,\r\n]/g;
        stop.lastIndex = at;
        const found = stop.exec(text);
        const to = found ? found.index : text.length;
        cell = text.slice(at, to);
        at = to;
      }
      take(cell);
      if (text[at] === ',') {
        at++;
        if (at === text.length) take('');
        continue;
      }
      end();
      if (text[at] === '\r') at++;
      if (text[at] === '\n') at++;
    }
    if (row.length) end();
    return all;
  }

  /** A file as objects by column; a row with another number of cells is a fault of the file. */
  function table(text) {
    const [header, ...lines] = rows(text);
    if (!header) throw new Error('empty');
    lines.forEach((line, at) => { if (line.length !== header.length) throw new Error(`row ${at + 2}`); });
    return { header, lines };
  }

  const whole = (words) => (/^\+?\d+$/.test(words) && +words <= 4294967295 ? +words : NO_VALUE);

  /** What a word of a ballot names. */
  function names(vote) {
    const places = new Map(vote.options.map((o, at) => [o.id, at]));
    const folded = new Map(vote.options.map((o, at) => [o.id.toLowerCase(), at]));
    return (word) => places.get(word.trim()) ?? folded.get(word.trim().toLowerCase()) ?? UNKNOWN;
  }

  /** Marks of the cell `choice`: `a|b`, `a=3|b=2`, `a>b=c`; [option, value] each. */
  function marks(vote, option, words, ballot) {
    if (words === '') return [];
    const value = (given) => (vote.kind === 'majority-judgment' ? vote.rule.grades.findIndex((g) => g.id === given.trim()) : whole(given.trim()));
    if (RANKED.includes(vote.kind)) {
      // `??` says that a rank could not be read.
      return words.split('>').flatMap((equals, rank) => equals.split('=').map((word) => (word === '??' ? [0, NO_VALUE] : [option(word), rank + 1])));
    }
    if (vote.kind === 'roll-call' && words === 'absent') return [[ABSENT, 1]];
    return words.split('|').map((word) => {
      const at = word.indexOf('=');
      if (at >= 0 && (POINTS.includes(vote.kind) || vote.kind === 'majority-judgment' || word.endsWith('=?'))) {
        return [option(word.slice(0, at)), word.endsWith('=?') ? NO_VALUE : value(word.slice(at + 1))];
      }
      if (['majority-judgment', 'score', 'cumulative'].includes(vote.kind)) {
        ballot.spoilt = 'unreadable';
        return [option(word), NO_VALUE];
      }
      return [option(word), 1];
    });
  }

  /** Marks of the columns of the options. */
  function wide(vote, columns, line) {
    const read = (words) => {
      if (vote.kind === 'majority-judgment') return vote.rule.grades.findIndex((g) => g.id === words);
      if (RANKED.includes(vote.kind)) return whole(words) || NO_VALUE;
      if (POINTS.includes(vote.kind)) return whole(words);
      return /^[1xX]$/.test(words) ? 1 : NO_VALUE;
    };
    const graded = POINTS.includes(vote.kind) || vote.kind === 'majority-judgment';
    const said = columns.filter(([column]) => line[column] !== '' && (graded || line[column] !== '0')).map(([column, option]) => [option, read(line[column])]);
    if (!RANKED.includes(vote.kind)) return said;
    // Ranks follow each other from 1: 2 and 5 prefer the same as 1 and 2.
    const ranks = [...new Set(said.map(([, rank]) => rank))].filter((rank) => rank !== NO_VALUE).sort((a, b) => a - b);
    return said.map(([option, rank]) => [option, rank === NO_VALUE ? rank : ranks.indexOf(rank) + 1]);
  }

  /** The ballots of a file: { voter, count, weight, channel, group, marks, spoilt }. */
  function read(vote, text) {
    const { header, lines } = table(text);
    const column = (name) => header.indexOf(name);
    const [voter, choice] = [column('voter'), column('choice')];
    const columns = choice < 0 ? vote.options.map((o, at) => [column(o.id), at]).filter(([at]) => at >= 0) : [];
    if (voter < 0 || (choice < 0 && !columns.length && vote.kind !== 'petition')) throw new Error('columns');
    const [count, weight, channel, cast, group] = ['count', 'weight', 'channel', 'cast', 'group'].map(column);
    const option = names(vote);
    const outside = hours(vote);
    return lines.map((line) => {
      const cell = (at) => (at < 0 ? '' : line[at]);
      const ballot = { voter: line[voter], count: +(cell(count) || 1), weight: +(cell(weight) || 1), channel: cell(channel), group: cell(group), spoilt: null };
      if (cast >= 0 && cell(cast) && outside(cell(cast))) ballot.spoilt = 'outside-hours';
      const hour = ballot.spoilt;
      if (choice >= 0) ballot.marks = marks(vote, option, line[choice], ballot);
      else ballot.marks = vote.kind === 'petition' && !columns.length ? [[0, 1]] : wide(vote, columns, line);
      ballot.spoilt = hour || ballot.spoilt;
      return ballot;
    });
  }

  /** Whether a moment is before the opening or after the closing; hours without an offset are those of the site. */
  function hours(vote) {
    const parse = (words) => {
      const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:?\d\d)?)?/.exec(words || '');
      return found && { day: found[1], time: found[2], zone: found[3] };
    };
    const clock = vote.zone && new Intl.DateTimeFormat('en-GB', { timeZone: vote.zone, dateStyle: 'short', timeStyle: 'medium' });
    const there = (utc) => { const [, d, m, y, h, i, s] = /(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)/.exec(clock.format(utc)).map(Number); return Date.UTC(y, m - 1, d, h, i, s); };
    const instant = ({ day, time, zone }) => {
      const wall = Date.parse(`${day}T${time || '00:00'}Z`);
      if (zone) return Date.parse(`${day}T${time}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
      if (!clock) return wall;
      const first = wall - (there(wall) - wall);
      return wall - (there(first) - first);
    };
    const [opens, closes] = [parse(vote.opens), parse(vote.closes)];
    const [from, to] = [opens && instant(opens), closes && instant(closes)];
    return (words) => {
      const cast = parse(words);
      if (!cast) return false;
      if (opens && instant(cast) < from && !(!cast.time && cast.day === opens.day)) return true;
      if (!closes) return false;
      return closes.time && cast.time ? instant(cast) > to : cast.day > closes.day;
    };
  }

  /** Why a ballot is void, or null. */
  function reason(vote, ballot) {
    const { rule } = vote;
    const given = ballot.marks;
    if (ballot.spoilt) return ballot.spoilt;
    if (!given.length) return null;
    if (given.some(([option]) => option === UNKNOWN)) return 'unknown-option';
    const real = given.filter(([, value]) => value !== NO_VALUE || !RANKED.includes(vote.kind));
    if (new Set(real.map(([option]) => option)).size < real.length) return 'repeated-option';
    if (given.some(([, value]) => value === NO_VALUE)) return 'unknown-value';
    if (rule.max_choices !== null && given.length > rule.max_choices) return 'too-many-choices';
    if (given.length < rule.min_choices) return 'too-few-choices';
    if (POINTS.includes(vote.kind)) {
      const points = given.reduce((sum, [, value]) => sum + value, 0);
      if (rule.max_score !== null && given.some(([, value]) => value > rule.max_score)) return 'score-too-high';
      if (rule.max_points !== null && points > rule.max_points) return 'too-many-points';
      if (rule.min_points !== null && points < rule.min_points) return 'too-few-points';
    }
    if (vote.kind === 'budget' && rule.max_spend !== null) {
      const spent = given.reduce((sum, [option]) => sum + (vote.options[option].cost || 0), 0);
      if (spent > rule.max_spend) return 'too-expensive';
    }
    return null;
  }

  /** Which ballots count: { kept, cast, blank, replaced, void: Map, votes, weighted }. */
  function valid(vote, ballots) {
    const found = { kept: [], cast: 0, blank: 0, replaced: 0, void: new Map(), votes: 0, weighted: false };
    // Of the ballots of one voter, the last counts where a later one replaces an earlier one, the first otherwise.
    const own = new Map();
    ballots.forEach((b, at) => { if (b.voter && !b.spoilt && (vote.rule.replace || !own.has(b.voter))) own.set(b.voter, at); });
    ballots.forEach((b, at) => {
      if (b.marks.length && b.marks[0][0] === ABSENT) return;
      const second = b.voter && !b.spoilt && own.get(b.voter) !== at;
      if (second && vote.rule.replace) return void (found.replaced += b.count);
      found.cast += b.count;
      const why = second ? 'second-ballot' : reason(vote, b);
      if (why) found.void.set(why, (found.void.get(why) || 0) + b.count);
      else if (!b.marks.length) found.blank += b.count;
      else {
        found.votes += b.count * b.weight;
        found.weighted ||= b.weight !== 1;
        found.kept.push(b);
      }
    });
    return found;
  }

  globalThis.greffeRecount = Object.assign(globalThis.greffeRecount || {}, { table, read, valid });
})();
