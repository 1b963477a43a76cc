/** What an integrating engineer wants to see of each call, and a place to try a call of another EHR. */
import { byId, el, fill, table } from '/app/dom.js';
import * as hooks from '/app/hooks.js';
import * as cards from '/app/cards.js';

const MOST_CALLS = 20;
const LARGEST_FILE = 4 * 1024 * 1024;

const calls = [];
let shown;
let dialectOf = () => '';

const panel = () => byId('developer');
const isOpen = () => panel().open;

export function begin({ dialect }) {
  dialectOf = dialect;
  const tabs = [...panel().querySelectorAll('[role=tab]')];
  tabs.forEach((tab, at) => {
    tab.addEventListener('click', () => select(tabs, at));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = (at + step + tabs.length) % tabs.length;
      select(tabs, next);
      tabs[next].focus();
    });
  });
  panel().addEventListener('toggle', () => { if (isOpen()) explain(); });
  byId('calls').addEventListener('change', (event) => { display(calls[Number(event.target.value)]); explain(); });
  byId('resend').addEventListener('click', () => resend(byId('request').value));
  byId('copy-curl').addEventListener('click', copyCurl);
  byId('check').addEventListener('click', () => check(byId('captured').value));
  byId('captured-file').addEventListener('change', (event) => read(event.target.files[0]));
  const place = byId('captured');
  place.addEventListener('dragover', (event) => event.preventDefault());
  place.addEventListener('drop', (event) => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    read(file);
  });
}

function select(tabs, chosen) {
  tabs.forEach((tab, at) => {
    tab.setAttribute('aria-selected', String(at === chosen));
    tab.tabIndex = at === chosen ? 0 : -1;
    byId(tab.getAttribute('aria-controls')).hidden = at !== chosen;
  });
}

/** Keeps a call that was made, and shows it. */
export function keep(call, words) {
  call.words = words;
  calls.unshift(call);
  calls.length = Math.min(calls.length, MOST_CALLS);
  display(call);
  if (isOpen()) explain();
  return call;
}

function display(call) {
  shown = call;
  fill(byId('calls'), calls.map((each, at) => el('option', { value: String(at), selected: each === call },
    `${each.at.toLocaleTimeString()} ${each.words}: ${each.status || 'no answer'}, ${Math.round(each.milliseconds)} ms`)));
  byId('request').value = pretty(call.body);
  byId('response').textContent = call.text ? pretty(call.text) : (call.errors ?? []).join('\n');
  fill(byId('call-summary'),
    el('span', { class: `chip ${call.errors ? 'critical' : 'good'}` }, call.status ? `HTTP ${call.status}` : 'no answer'), ' ',
    `POST ${call.url}, ${Math.round(call.milliseconds)} ms, ${kilobytes(call.body)} sent, ${kilobytes(call.text)} received`);
  explanation(call);
}

const kilobytes = (text) => `${(new TextEncoder().encode(text ?? '').length / 1024).toFixed(1)} KB`;

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Asks again with explain=true: the service does not count what an engineer looks at as shown to a clinician. */
async function explain() {
  const call = shown;
  if (!call || call.asked || call.explanation || call.status === 0) return;
  call.asked = true;
  call.explanation = (await hooks.send(call.id, call.body, { explain: true, dialect: dialectOf() })).answer?.explanation;
  if (call === shown) explanation(call);
}

function explanation(call) {
  const told = call.explanation ??= call.answer?.explanation;
  if (!told) {
    const words = call.errors ? 'The call was refused, so that nothing was read. The response says what to mend.' : 'Open this panel while a call is made, or choose a call.';
    fill(byId('read'), call.errors ? cards.errors(call.errors, `Refused with ${call.status}`) : el('p', { class: 'empty' }, words));
    fill(byId('rules'), el('p', { class: 'empty' }, words));
    return;
  }
  readings(call, told);
  rules(told.trace ?? []);
}

const OUTCOMES = { read: 'good', ignored: 'info' };

async function readings(call, told) {
  const service = (await hooks.services()).find((each) => each.id === call.id);
  const entries = [...(told.entries ?? [])].sort((one, other) => Number(one.outcome === 'read') - Number(other.outcome === 'read'));
  const states = Object.entries(told.prefetch ?? {});
  const fix = (key, state) => {
    const template = service?.prefetch?.[key];
    if (!template) return 'A key of your own: matched by what it holds.';
    if (['bundle', 'resource'].includes(state)) return '';
    return el('span', {}, 'Send the answer to ', el('code', { class: 'cut', title: template }, template.length > 90 ? `${template.slice(0, 90)}…` : template));
  };
  fill(byId('read'),
    call.errors && cards.errors(call.errors, `Refused with ${call.status}`),
    el('h3', {}, 'Entries'),
    entries.length
      ? table(['Entry', 'Outcome', 'What the service made of it'], entries.map((entry) => [entry.resource, el('span', { class: `chip ${OUTCOMES[entry.outcome] ?? 'warning'}` }, entry.outcome), entry.text]), 'What was read of each entry')
      : el('p', { class: 'empty' }, 'No entry that the rules need was found.'),
    (told.incomplete ?? []).length > 0 && el('h3', {}, 'Incomplete'),
    (told.incomplete ?? []).length > 0 && table(['Data', 'Why'], told.incomplete.map((gap) => [gap.data, gap.why]), 'Incomplete data'),
    el('h3', {}, 'Prefetch'),
    table(['Key', 'State', 'What to do'], states.map(([key, state]) => [key, el('span', { class: `chip ${['bundle', 'resource'].includes(state) ? 'good' : 'warning'}` }, state), fix(key, state)]), 'Prefetch keys'));
}

function rules(trace) {
  const rows = (fired) => trace.filter((line) => line.fired === fired);
  const seen = (line) => Object.entries(line.seen ?? {}).map(([name, value]) => `${name} ${value}`).join(', ');
  fill(byId('rules'),
    el('h3', {}, `${rows(true).length} of ${trace.length} rules fired`),
    rows(true).length
      ? table(['Rule', 'When', 'Then', 'Seen'], rows(true).map((line) => [ruleLink(line.rule), line.when, line.then ?? '', seen(line)]), 'Rules that fired')
      : el('p', { class: 'empty' }, 'No rule fired.'),
    el('details', {}, el('summary', {}, 'Rules that were tried and did not fire'),
      table(['Rule', 'When'], rows(false).map((line) => [ruleLink(line.rule), line.when]), 'Rules that did not fire')));
}

const ruleLink = (rule) => el('a', { href: `/dsi/source-attributes#${rule}`, target: '_blank' }, rule);

async function copyCurl() {
  if (!shown) return;
  const quoted = byId('request').value.replaceAll("'", "'\\''");
  const command = `curl -s -H 'Content-Type: application/json' '${location.origin}${shown.url}' -d '${quoted}'`;
  try {
    await navigator.clipboard.writeText(command);
    byId('copied').textContent = 'Copied.';
  } catch {
    byId('copied').textContent = 'The browser does not allow copying here.';
  }
}

/** Sends what stands in the request, as it stands. */
async function resend(body) {
  const id = shown?.id;
  if (!id) return;
  keep(await hooks.send(id, body, { explain: true, dialect: dialectOf() }), 'sent again');
  byId('copied').textContent = 'Sent again.';
}

async function read(file) {
  if (!file) return;
  if (file.size > LARGEST_FILE) {
    fill(byId('checked'), cards.errors(['The file is larger than the 4 MB that the service reads.'], 'Not sent'));
    return;
  }
  byId('captured').value = await file.text();
  check(byId('captured').value);
}

/** A call that another EHR made: what the service would answer, what it read of it and what it did not. */
async function check(body) {
  const place = byId('checked');
  let captured;
  try {
    captured = JSON.parse(body);
  } catch (failure) {
    fill(place, cards.errors([`This is no JSON: ${failure.message}`], 'Not sent'));
    return;
  }
  const service = await hooks.serviceOf(captured.hook);
  if (!service) {
    const known = (await hooks.services()).map((each) => each.hook).join(', ');
    fill(place, cards.errors([`"hook" is ${JSON.stringify(captured.hook) ?? 'missing'}; the services answer ${known}.`], 'Not sent'));
    return;
  }
  const call = keep(await hooks.send(service.id, body, { explain: true, dialect: dialectOf() }), `captured ${captured.hook}`);
  cards.show(place, call);
  const tabs = [...panel().querySelectorAll('[role=tab]')];
  select(tabs, tabs.findIndex((tab) => tab.id === 'tab-read'));
}
