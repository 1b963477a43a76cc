/** Which rule would decide if estradiol or the dose were another: asked of the service, which predicts no value. */
import { byId, copyOf, day, el, fill, table } from './dom.js';
import { drugOf, isRunning, medicationRequest, observation, PRODUCTS, RESULTS } from './catalog.js';
import * as cards from './cards.js';
import * as hooks from './hooks.js';

const AS_IT_IS = '';
const NONE = 'none';
/** Longer than any rule waits for a steady state. */
const LONG_TAKEN_DAYS = 90;

const anastrozole = PRODUCTS.find((product) => product.id === 'anastrozole');
const estradiol = RESULTS[0];

let desk;

/**
 * Puts the form in its place.
 *
 * @param {{patient: Function, prefetch: Function, user: string}} of the open chart
 */
export function begin(place, of) {
  desk = of;
  const ask = el('form', { id: 'if-form', class: 'order', autocomplete: 'off', onsubmit: (event) => {
    event.preventDefault();
    answer();
  } },
  el('label', {}, 'Estradiol today, pg/mL', el('input', { id: 'if-estradiol', type: 'number', min: '0', max: '2000', step: 'any', placeholder: 'as it is' })),
  el('label', {}, 'Anastrozole for three months', el('select', { id: 'if-dose' },
    el('option', { value: AS_IT_IS }, 'as it is'), el('option', { value: NONE }, 'no anastrozole'),
    anastrozole.sentences.map((sentence, at) => el('option', { value: String(at) }, sentence.label)))),
  el('div', { class: 'row' }, el('button', { type: 'submit', id: 'if-ask' }, 'Ask')));
  fill(place, ask,
    el('p', { class: 'quiet small' }, 'Asked of the service with this chart, changed as you say. Nothing is predicted, written or counted.'),
    el('div', { id: 'if-answer', 'aria-live': 'polite' }));
}

export function clear() {
  fill(byId('if-answer'));
  byId('if-estradiol').value = '';
  byId('if-dose').value = AS_IT_IS;
}

async function answer() {
  const patient = desk.patient();
  if (!patient) return;
  const place = byId('if-answer');
  try {
    const chosen = byId('if-dose').value;
    const current = copyOf(await desk.prefetch());
    if (byId('if-estradiol').value !== '') addResult(current, patient, Number(byId('if-estradiol').value));
    if (chosen !== AS_IT_IS) changeDose(current, patient, chosen);
    const call = await asked(patient, current);
    if (desk.patient() === patient) show(place, call);
  } catch (failure) {
    fill(place, cards.errors([failure.message], 'No answer'));
  }
}

const entriesOf = (prefetch, key) => (prefetch[key] ??= { resourceType: 'Bundle', type: 'searchset', entry: [] }).entry ??= [];

function addResult(prefetch, patient, value) {
  entriesOf(prefetch, 'labs').push({ resource: observation({ id: 'what-if-estradiol', patientId: patient.id, kind: estradiol, value, on: day() }) });
  delete prefetch.labs.total;
}

/** In place of what runs, and long enough taken that a result says something about it. */
function changeDose(prefetch, patient, chosen) {
  for (const key of ['medicationRequests', 'medicationStatements']) {
    const others = entriesOf(prefetch, key).filter(({ resource }) => drugOf(resource) !== 'anastrozole' || !isRunning(resource));
    prefetch[key].entry = others;
    delete prefetch[key].total;
  }
  if (chosen === NONE) return;
  prefetch.medicationRequests.entry.push({
    resource: {
      ...medicationRequest({ id: 'what-if-anastrozole', patientId: patient.id, product: anastrozole, sentence: anastrozole.sentences[Number(chosen)], today: day(new Date(Date.now() - LONG_TAKEN_DAYS * 86400000)) }),
      status: 'active',
    },
  });
}

/** As if what runs were renewed, so that the rule of the dose decides; without a drug as if the chart were opened. */
async function asked(patient, prefetch) {
  const running = entriesOf(prefetch, 'medicationRequests').map(({ resource }) => resource).find((resource) => drugOf(resource) === 'anastrozole' && isRunning(resource));
  const service = await hooks.serviceOf(running ? 'order-select' : 'patient-view');
  const context = { userId: desk.user, patientId: patient.id };
  if (running) {
    const draft = { ...copyOf(running), id: 'what-if-renewal', status: 'draft', authoredOn: day(), priorPrescription: { reference: `MedicationRequest/${running.id}` } };
    context.selections = [`MedicationRequest/${draft.id}`];
    context.draftOrders = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: draft }] };
  }
  return hooks.send(service.id, JSON.stringify(hooks.request(service, context, prefetch)), { explain: true });
}

function show(place, call) {
  if (call.errors) {
    fill(place, cards.errors(call.errors));
    return;
  }
  const summaries = call.answer.cards.map((card) => el('li', {}, el('span', { class: `chip ${card.indicator}` }, card.indicator), ' ', card.summary));
  const fired = (call.answer.explanation?.trace ?? []).filter((line) => line.fired);
  fill(place,
    summaries.length ? el('ul', { class: 'entries plain' }, summaries) : el('p', { class: 'empty' }, 'No card: the service would have nothing to say.'),
    fired.length > 0 && table(['Rule', 'When', 'Then'], fired.map((line) => [line.rule, line.when, line.then ?? '']), 'Rules that would fire'));
}
