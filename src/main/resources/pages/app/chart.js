/** Estradiol and testosterone, the doses of both drugs and the windows in which tests are due, on one time axis. */
import { el, fill, table } from './dom.js';
import { drugOf, endOf, isRunning, nameOf, plotted, startOf, valueOf, weeklyDose, whenOf } from './catalog.js';

const DAY = 86400;
const LONGEST_PAST = 560 * DAY;
const SHORTEST_PAST = 150 * DAY;
const AHEAD = 60 * DAY;
const GUTTER = 52;

const seconds = (when) => Date.parse(`${when}T12:00:00Z`) / 1000;
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

let limits;

/** The limits between the bands, as the service's knowledge has them today. */
async function bandLimits() {
  if (!limits) {
    limits = fetch('/dsi/source-attributes', { headers: { Accept: 'application/json' } })
      .then((response) => (response.ok ? response.json() : { numbers: [] }))
      .catch(() => ({ numbers: [] }))
      .then(({ numbers }) => ['low', 'in-range-top', 'borderline-top', 'very-high']
        .map((name) => Number(numbers.find((number) => number.id === `estradiol.${name}`)?.value))
        .filter((limit) => Number.isFinite(limit)));
  }
  return limits;
}

/** Windows in which the cards ask for tests. */
export function dueWindows(cards) {
  const found = new Map();
  for (const card of cards) {
    const advice = card.extension?.['health.setpoint.advice'];
    for (const due of [advice?.recheck, ...(Array.isArray(advice?.due) ? advice.due : [])]) {
      if (due?.from) found.set(`${due.from} ${due.labs}`, { from: due.from, to: due.to ?? due.from, labs: due.labs ?? [] });
    }
  }
  return [...found.values()].sort((one, other) => one.from.localeCompare(other.from));
}

/** Dose steps of one drug: a later order of it takes the place of an earlier one. */
function steps(medications, drug, today) {
  const courses = medications
    .filter((resource) => resource.status !== 'draft' && resource.status !== 'entered-in-error' && resource.status !== 'cancelled')
    .filter((resource) => drugOf(resource) === drug && startOf(resource) && weeklyDose(resource) !== undefined)
    .map((resource) => ({ from: startOf(resource), to: endOf(resource) || (isRunning(resource) ? '' : undefined), dose: weeklyDose(resource) }))
    .sort((one, other) => one.from.localeCompare(other.from));
  const drawn = [];
  courses.forEach((course, at) => {
    const next = courses[at + 1]?.from;
    let end = course.to === '' ? next : (course.to ?? next ?? today);
    if (next && (!end || next < end)) end = next;
    drawn.push([seconds(course.from), course.dose]);
    if (end && end !== next) drawn.push([seconds(end), 0]);
  });
  return drawn;
}

export async function draw(place, { observations, medications, due, today }) {
  const bands = await bandLimits();
  const results = observations.map((resource) => ({ resource, point: plotted(resource) })).filter(({ point }) => point);
  const drawn = due.filter((window) => window.labs.some((lab) => ['estradiol', 'testosterone'].includes(lab)));
  const now = seconds(today);
  const points = results.map(({ point }) => ({ ...point, at: seconds(point.when) })).filter((point) => Number.isFinite(point.at));
  const first = Math.min(now - SHORTEST_PAST, ...points.map((point) => point.at - 20 * DAY));
  const range = [
    Math.max(first, now - LONGEST_PAST),
    Math.max(now + AHEAD, ...drawn.map((window) => seconds(window.to) + 15 * DAY).filter((end) => end < now + 250 * DAY)),
  ];
  const doses = ['anastrozole', 'testosterone'].map((drug) => steps(medications, drug, today));

  const labs = el('div', { class: 'plot', 'aria-hidden': 'true' });
  const drugs = el('div', { class: 'plot', 'aria-hidden': 'true' });
  fill(place,
    el('p', { class: 'keys', 'aria-hidden': 'true' },
      key('estradiol', 'Estradiol, pg/mL'), key('testosterone', 'Testosterone, ng/dL'),
      key('due', 'Due'), key('today', 'Today')),
    labs,
    el('p', { class: 'keys', 'aria-hidden': 'true' }, key('anastrozole', 'Anastrozole, mg a week'), key('dose', 'Testosterone, mg a week')),
    drugs,
    el('details', { class: 'as-table' }, el('summary', {}, 'The chart as a table'), tables(results, medications, due)));
  plotLabs(labs, points, bands, drawn, range, now);
  plotDoses(drugs, doses, drawn, range, now);
}

const key = (name, words) => el('span', {}, el('i', { class: `key ${name}` }), words);

function tables(results, medications, due) {
  const lines = results
    .map(({ resource }) => [whenOf(resource), nameOf(resource.code), valueOf(resource)])
    .sort((one, other) => other[0].localeCompare(one[0]));
  const courses = medications.filter((resource) => drugOf(resource)).map((resource) => [
    startOf(resource) || 'no date', drugOf(resource), weeklyDose(resource) === undefined ? 'in words only' : `${weeklyDose(resource)} mg a week`, resource.status,
  ]).sort((one, other) => other[0].localeCompare(one[0]));
  return el('div', {},
    lines.length ? table(['Day', 'Result', 'Value'], lines, 'Results on the chart') : el('p', { class: 'empty' }, 'No result of estradiol or testosterone.'),
    courses.length ? table(['From', 'Drug', 'Dose', 'Status'], courses, 'Doses on the chart') : el('p', { class: 'empty' }, 'No order of anastrozole or testosterone.'),
    due.length ? table(['From', 'To', 'Tests due'], due.map((window) => [window.from, window.to, window.labs.join(', ')]), 'Tests that are due') : el('p', { class: 'empty' }, 'The last cards name no test that is due.'));
}

/** One row per moment, one column per line. */
function aligned(lines) {
  const moments = [...new Set(lines.flat().map(([at]) => at))].sort((one, other) => one - other);
  return [moments, ...lines.map((line) => {
    const values = new Map(line);
    return moments.map((at) => values.get(at) ?? null);
  })];
}

function base(place, height, range) {
  return {
    width: Math.max(place.clientWidth, 260),
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 0, 0, 0],
    scales: { x: { time: true, range: () => range } },
  };
}

function axis(scale, side, tint) {
  return {
    scale, side, size: GUTTER, stroke: tint, font: '12px system-ui, sans-serif', gap: 6,
    grid: { show: side === 3, stroke: color('line'), width: 1 }, ticks: { show: false },
  };
}

const timeAxis = (shown) => ({
  stroke: color('quiet'), font: '12px system-ui, sans-serif', grid: { show: false }, ticks: { stroke: color('line'), size: 4 },
  size: shown ? 34 : 8, values: shown ? (plot, moments) => moments.map((at) => new Date(at * 1000).toLocaleDateString('en', { month: 'short', year: '2-digit', timeZone: 'UTC' })) : () => [],
  space: 70,
});

function plotLabs(place, points, bands, due, range, now) {
  const of = (line) => points.filter((point) => point.line === line).map((point) => [point.at, point.value]);
  const data = aligned([of('estradiol'), of('testosterone')]);
  const top = (least, values) => Math.max(least, ...values.filter((value) => value !== null)) * 1.15;
  const soft = ['band-low', 'band-good', 'band-watch', 'band-high', 'band-top'].map(color);
  new uPlot({
    ...base(place, 205, range),
    scales: {
      x: { time: true, range: () => range },
      estradiol: { range: () => [0, top((bands.at(-1) ?? 90) * .95, data[1])] },
      testosterone: { range: () => [0, top(1000, data[2])] },
    },
    axes: [timeAxis(false), axis('estradiol', 3, color('estradiol')), axis('testosterone', 1, color('testosterone'))],
    series: [
      {},
      { scale: 'estradiol', stroke: color('estradiol'), width: 2.5, spanGaps: true, points: { size: 8, fill: color('estradiol') } },
      { scale: 'testosterone', stroke: color('testosterone'), width: 2, dash: [6, 4], spanGaps: true, points: { size: 7, fill: color('surface'), width: 2 } },
    ],
    hooks: {
      drawClear: [(plot) => {
        const edges = [0, ...bands, plot.scales.estradiol.max];
        edges.slice(0, -1).forEach((low, at) => shade(plot, plot.bbox.left, plot.bbox.left + plot.bbox.width,
          plot.valToPos(Math.min(edges[at + 1], plot.scales.estradiol.max), 'estradiol', true), plot.valToPos(low, 'estradiol', true), soft[at]));
        windows(plot, due, now);
      }],
    },
  }, data, place);
}

function plotDoses(place, doses, due, range, now) {
  // A step goes on to the end of the axis.
  const lines = doses.map((line) => (line.length === 0 ? line : [...line, [range[1], line.at(-1)[1]]]).map(([at, dose]) => [Math.max(at, range[0]), dose]));
  const top = (least, values) => Math.max(least, ...values.filter((value) => value !== null)) * 1.25;
  const data = aligned(lines);
  const stepped = uPlot.paths.stepped({ align: 1 });
  new uPlot({
    ...base(place, 115, range),
    scales: {
      x: { time: true, range: () => range },
      anastrozole: { range: () => [0, top(2, data[1])] },
      dose: { range: () => [0, top(150, data[2])] },
    },
    axes: [timeAxis(true), axis('anastrozole', 3, color('anastrozole')), axis('dose', 1, color('testosterone'))],
    series: [
      {},
      { scale: 'anastrozole', stroke: color('anastrozole'), width: 2.5, fill: color('anastrozole-soft'), paths: stepped, spanGaps: true, points: { show: false } },
      { scale: 'dose', stroke: color('testosterone'), width: 2, dash: [6, 4], paths: stepped, spanGaps: true, points: { show: false } },
    ],
    hooks: { drawClear: [(plot) => windows(plot, due, now)] },
  }, data, place);
}

function windows(plot, due, now) {
  const bottom = plot.bbox.top + plot.bbox.height;
  for (const window of due) {
    const from = plot.valToPos(seconds(window.from), 'x', true);
    const to = plot.valToPos(seconds(window.to), 'x', true);
    shade(plot, from, Math.max(to, from + 3), plot.bbox.top, bottom, color('due-soft'));
  }
  const at = Math.round(plot.valToPos(now, 'x', true));
  shade(plot, at, at + Math.max(1, devicePixelRatio), plot.bbox.top, bottom, color('quiet'));
}

function shade(plot, left, right, top, bottom, fillStyle) {
  const { ctx, bbox } = plot;
  const from = Math.max(left, bbox.left);
  const to = Math.min(right, bbox.left + bbox.width);
  if (to <= from) return;
  ctx.save();
  ctx.fillStyle = fillStyle;
  ctx.fillRect(from, Math.max(top, bbox.top), to - from, Math.min(bottom, bbox.top + bbox.height) - Math.max(top, bbox.top));
  ctx.restore();
}
