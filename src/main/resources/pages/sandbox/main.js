/** The desk of a small EHR: it opens a chart, calls the services of each hook over HTTP and shows their cards. */
import { byId, day, el, fill } from '/app/dom.js';
import { medicationName } from '/app/catalog.js';
import * as cards from '/app/cards.js';
import * as chart from '/app/chart.js';
import * as developer from './developer.js';
import * as fhir from '/app/fhir.js';
import * as hooks from '/app/hooks.js';
import * as order from './order.js';
import * as record from './record.js';
import * as whatIf from '/app/whatif.js';
import { download } from '/app/calendar.js';

const USER = 'Practitioner/sandbox';
/** Long enough that a choice is made, short enough that nobody waits. */
const DEBOUNCE = 350;

const desk = { patients: [], patient: undefined, record: undefined, prefetched: new Map(), viewCards: [], orderCards: [] };
/** Grows with each call and each change: an answer that is not of the last one comes too late. */
let turn = 0;
let underWay;
let waiting;

const wide = window.matchMedia('(min-width: 62rem)');

async function begin() {
  const dialect = byId('dialect');
  fhir.connect({ base: fhir.ownSpace() });
  hooks.connect({ sent: { fhirServer: location.origin + fhir.ownSpace() } });
  developer.begin({ dialect: () => dialect.value });
  order.begin({ changed: orderChanged, sign });
  record.begin({ changed: recordChanged, renew: order.renew });
  whatIf.begin(byId('if-place'), {
    user: USER,
    patient: () => desk.patient,
    prefetch: async () => prefetch(await hooks.serviceOf('patient-view'), { userId: USER, patientId: desk.patient.id }),
  });
  byId('launch-app').addEventListener('click', () => launchApp(`${location.origin}/app/launch`));
  byId('calendar').addEventListener('click', () => download(due(), desk.patient));
  await dialects(dialect);
  try {
    const response = await fetch('/sandbox/patients.json', { headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error(`The list of patients answered ${response.status}.`);
    desk.patients = await response.json();
  } catch (failure) {
    fill(byId('patients'), el('li', {}, cards.errors([failure.message], 'No patients')));
    return;
  }
  listPatients();
  byId('afresh').addEventListener('click', () => {
    fhir.afresh();
    location.reload();
  });
  const wanted = new URLSearchParams(location.search).get('patient');
  const first = desk.patients.find((patient) => patient.id === wanted);
  if (first) open(first);
  window.addEventListener('resize', later(redraw, 200));
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
}

/** A patient of another EHR family is asked about in its dialect, until somebody chooses. */
function speak(dialect) {
  const menu = byId('dialect');
  if (menu.dataset.chosen) return;
  menu.value = dialect && dialect !== 'standard' ? dialect : '';
  if (menu.selectedIndex < 0) menu.value = '';
}

async function dialects(menu) {
  const response = await fetch('/', { headers: { Accept: 'application/json' } }).catch(() => undefined);
  const names = response?.ok ? ((await response.json()).dialects ?? []) : [];
  if (names.length === 0) return;
  fill(menu, el('option', { value: '' }, 'this instance'), names.map((name) => el('option', { value: name }, name)));
  menu.addEventListener('change', () => { menu.dataset.chosen = 'true'; });
  menu.addEventListener('change', () => (order.drafts().length > 0 ? orderChanged() : desk.patient && view()));
  byId('dialect-choice').hidden = false;
}

function later(action, wait) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
}

const age = (patient) => Math.floor((Date.now() - Date.parse(patient.dob)) / 31556952000);
const sexes = { male: 'man', female: 'woman' };

function listPatients() {
  byId('patient-count').textContent = String(desk.patients.length);
  fill(byId('patients'), desk.patients.map((patient) => el('li', {}, el('button', {
    type: 'button', class: 'patient', 'data-patient': patient.id, onclick: () => open(patient),
  },
  el('span', { class: 'who' }, el('strong', {}, patient.name), el('span', { class: 'quiet' }, `${sexes[patient.gender] ?? 'patient'} of ${age(patient)}`)),
  el('span', { class: 'story' }, patient.story),
  el('span', { class: 'tags' }, patient.rule && el('span', { class: 'chip' }, patient.rule), patient.dialect && patient.dialect !== 'standard' && el('span', { class: 'chip' }, patient.dialect))))));
}

async function open(patient) {
  desk.patient = patient;
  desk.viewCards = [];
  desk.orderCards = [];
  desk.record = undefined;
  desk.prefetched.clear();
  cancel();
  order.open(patient);
  whatIf.clear();
  document.querySelectorAll('.patient').forEach((button) => {
    if (button.dataset.patient === patient.id) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  });
  speak(patient.dialect);
  if (!wide.matches) {
    byId('patients-panel').open = false;
    byId('patient-name').focus();
  }
  history.replaceState(null, '', `?patient=${encodeURIComponent(patient.id)}`);
  byId('patient-name').textContent = patient.name;
  byId('launch-app').hidden = false;
  byId('patient-facts').textContent = `${sexes[patient.gender] ?? 'patient'} of ${age(patient)}, born ${patient.dob}. ${patient.story}`;
  fill(byId('patient-rule'), patient.rule && el('a', { class: 'chip', href: `/dsi/source-attributes#${patient.rule.split(/[ ,]/)[0]}`, target: '_blank' }, `shows ${patient.rule}`));
  fill(byId('advices'));
  if (await load(patient)) view();
}

/**
 * As an EHR launches a SMART app: it tells its authorization server which chart is open and what the card wants the app to know,
 * and the app only a name for that.
 */
async function launchApp(url, appContext) {
  const iss = location.origin + fhir.ownSpace();
  const opened = window.open('about:blank', '_blank');
  if (opened) opened.opener = null;
  try {
    const response = await fetch('/sandbox/auth/launch', { method: 'POST', body: new URLSearchParams({ iss, patient: desk.patient.id, ...(appContext ? { appContext } : {}) }) });
    if (!response.ok) throw new Error(`The launch was answered with ${response.status}.`);
    const { launch } = await response.json();
    if (!opened) throw new Error('The browser let no window open.');
    opened.location = `${url}?${new URLSearchParams({ iss, launch })}`;
  } catch (failure) {
    opened?.close();
    byId('advice-status').textContent = failure.message;
  }
}

async function load(patient) {
  try {
    const of = (type) => fhir.resources(`${type}?patient=${patient.id}`);
    const [observations, requests, statements, conditions, serviceRequests] = await Promise.all(
      ['Observation', 'MedicationRequest', 'MedicationStatement', 'Condition', 'ServiceRequest'].map(of));
    if (desk.patient !== patient) return false;
    desk.record = { observations, medications: [...requests, ...statements], conditions, serviceRequests };
    record.show(patient, desk.record);
    order.chartIs(desk.record);
    await redraw();
    return true;
  } catch (failure) {
    if (desk.patient === patient) {
      fill(byId('trend'), cards.errors([failure.message], 'The chart could not be read'));
      byId('advice-status').textContent = 'No call was made: the chart could not be read.';
    }
    return false;
  }
}

const due = () => chart.dueWindows([...desk.viewCards, ...desk.orderCards]);

async function redraw() {
  if (!desk.record) return;
  byId('calendar').hidden = due().length === 0;
  await chart.draw(byId('trend'), { ...desk.record, due: due(), today: day() });
}

/** A result, drug or problem was written: what was prefetched is no longer so. */
async function recordChanged() {
  desk.prefetched.clear();
  const patient = desk.patient;
  if (!await load(patient)) return;
  if (order.drafts().length > 0) select();
  else view();
}

function cancel() {
  turn++;
  clearTimeout(waiting);
  underWay?.abort();
  underWay = undefined;
}

const view = () => ask('patient-view', {}, 'patient-view');

function orderChanged() {
  cancel();
  desk.orderCards = [];
  if (order.drafts().length === 0) {
    fill(byId('advices'));
    byId('advice-status').textContent = 'Nothing is drafted.';
    redraw();
    return;
  }
  byId('advice-status').textContent = 'Asking about this order…';
  waiting = setTimeout(select, DEBOUNCE);
}

const select = () => ask('order-select', { selections: [order.selected()], draftOrders: order.bundle() }, 'order-select');

/** @returns {Promise<object|undefined>} the call; nothing where it came too late */
async function ask(hook, more, words) {
  cancel();
  const mine = turn;
  const patient = desk.patient;
  const status = byId('advice-status');
  status.textContent = `Asking (${hook})…`;
  byId('advices').setAttribute('aria-busy', 'true');
  underWay = new AbortController();
  const { signal } = underWay;
  try {
    const service = await hooks.serviceOf(hook);
    if (!service) throw new Error(`This instance offers no service for ${hook}.`);
    const context = { userId: USER, patientId: patient.id, ...more };
    const prefetched = await prefetch(service, context);
    if (mine !== turn) return undefined;
    const body = JSON.stringify(hooks.request(service, context, prefetched));
    const call = await hooks.send(service.id, body, { dialect: byId('dialect').value, signal });
    if (mine !== turn) return undefined;
    developer.keep(call, hook);
    shown(call, hook, words);
    return call;
  } catch (failure) {
    if (mine === turn) {
      status.textContent = 'No advice.';
      fill(byId('advices'), cards.errors([failure.message], 'No advice: the call could not be made'));
    }
    return undefined;
  } finally {
    if (mine === turn) byId('advices').removeAttribute('aria-busy');
  }
}

/** The same queries serve every hook of an open chart, until the chart changes. */
function prefetch(service, context) {
  const key = JSON.stringify(service.prefetch);
  if (!desk.prefetched.has(key)) desk.prefetched.set(key, hooks.prefetch(service, context));
  return desk.prefetched.get(key);
}

function shown(call, hook, words) {
  const found = call.answer?.cards ?? [];
  if (hook === 'patient-view') desk.viewCards = call.errors ? [] : found;
  else desk.orderCards = call.errors ? [] : found;
  const count = call.errors ? 'refused' : `${found.length} ${found.length === 1 ? 'card' : 'cards'}`;
  byId('advice-status').textContent = `${words}: ${count}, ${Math.round(call.milliseconds)} ms`;
  byId('advices').closest('aside').scrollTop = 0;
  cards.show(byId('advices'), call, {
    accept: (card, suggestion) => accept(call, hook, card, suggestion),
    override: (card, reason, comment) => override(call, card, reason, comment),
    launch: (link) => launchApp(link.url, link.appContext),
  });
  redraw();
}

async function accept(call, hook, card, suggestion) {
  const done = await order.apply(suggestion.actions ?? []);
  if (card.uuid) await hooks.feedback(call.id, { card: card.uuid, outcome: 'accepted', acceptedSuggestions: [{ id: suggestion.uuid }] });
  if (done.chart) {
    desk.prefetched.clear();
    await load(desk.patient);
  }
  if (done.drafts && hook === 'order-select') orderChanged();
  byId('order-status').textContent = `Accepted: ${suggestion.label}.`;
  return `Accepted: ${suggestion.label}`;
}

async function override(call, card, reason, comment) {
  if (!card.uuid) throw new Error('CDS Hooks 1.0 has no feedback.');
  await hooks.feedback(call.id, {
    card: card.uuid,
    outcome: 'overridden',
    ...(reason || comment ? { overrideReason: { ...(reason ? { reason: { system: reason.system, code: reason.code } } : {}), ...(comment ? { userComment: comment } : {}) } } : {}),
  });
  return `Overridden: ${reason ? (reason.display ?? reason.code) : 'no reason given'}`;
}

/** Signing asks first; whoever has seen the cards signs with the second press. */
async function sign() {
  if (!order.isAsked()) {
    const call = await ask('order-sign', { draftOrders: order.bundle() }, 'order-sign');
    if (!call) return;
    if (call.errors || call.answer.cards.length > 0) {
      order.asked(call.errors ? 'Sign without advice' : 'Sign all the same');
      return;
    }
  }
  byId('order-status').textContent = 'Signing: the orders are being written…';
  const names = order.drafts().map((draft) => (draft.resourceType === 'MedicationRequest' ? medicationName(draft) : draft.code?.text));
  try {
    await order.commit();
  } catch (failure) {
    byId('order-status').textContent = `Not signed: ${failure.message}`;
    return;
  }
  cancel();
  desk.prefetched.clear();
  desk.orderCards = [];
  fill(byId('advices'));
  byId('advice-status').textContent = 'The orders were signed.';
  byId('order-status').textContent = `Signed: ${names.join(', ')}.`;
  await load(desk.patient);
}

begin();
