/** The order form and what is drafted but not signed. */
import { byId, copyOf, day, el, fill } from '/app/dom.js';
import { directionsOf, drugOf, FREE, isRunning, medicationName, medicationRequest, nameOf, PRODUCTS } from '/app/catalog.js';
import * as fhir from '/app/fhir.js';

let patient;
let inChart = { medications: [] };
let unsigned = [];
let editing;
let count = 0;
let seen = false;
let changed = () => {};

export const drafts = () => unsigned;
export const isAsked = () => seen;

export function begin({ changed: tell, sign }) {
  changed = tell;
  fill(byId('product'), el('option', { value: '' }, 'Choose a drug'), PRODUCTS.map((product) => el('option', { value: product.id }, product.label)));
  byId('product').addEventListener('change', () => { sentences(); running(); edited(); });
  byId('sentence').addEventListener('change', () => { fields(); edited(); });
  byId('replaces').addEventListener('change', edited);
  byId('free-text').addEventListener('input', edited);
  byId('drug-name').addEventListener('input', edited);
  byId('order').addEventListener('submit', (event) => event.preventDefault());
  byId('sign').addEventListener('click', async () => {
    byId('sign').disabled = true;
    try {
      await sign();
    } finally {
      byId('sign').disabled = false;
    }
  });
  byId('story-draft').addEventListener('click', () => {
    clear();
    put(copyOf(patient.draft));
    list();
    changed();
  });
  byId('another').addEventListener('click', () => { clear(); byId('product').focus(); });
  byId('discard').addEventListener('click', () => { unsigned = []; clear(); list(); changed(); });
}

export function open(opened) {
  patient = opened;
  unsigned = [];
  inChart = { medications: [] };
  clear();
  list();
  byId('order-status').textContent = '';
  byId('story-order').hidden = !patient.draft;
  if (patient.draft) byId('story-words').textContent = `${medicationName(patient.draft)}: ${directionsOf(patient.draft)}`;
}

export function chartIs(record) {
  inChart = record;
  running();
}

function clear() {
  editing = undefined;
  byId('product').value = '';
  byId('drug-name').value = '';
  byId('free-text').value = '';
  byId('replaces').checked = true;
  sentences();
  running();
}

const product = () => PRODUCTS.find((each) => each.id === byId('product').value);

function sentences() {
  const chosen = product();
  fill(byId('sentence'), (chosen?.sentences ?? []).map((sentence, at) => el('option', { value: String(at) }, sentence.label)),
    chosen && el('option', { value: FREE }, 'In words'));
  byId('sentence').value = chosen?.sentences.length ? String(chosen.first) : FREE;
  byId('sentence').disabled = !chosen;
  fields();
}

function fields() {
  byId('name-field').hidden = product()?.id !== 'other';
  byId('free-field').hidden = !product() || byId('sentence').value !== FREE;
}

/** The order of the same drug that runs: a new one usually takes its place. */
function runningOrder() {
  const drug = product()?.drug;
  return drug ? inChart.medications.find((resource) => resource.resourceType === 'MedicationRequest' && isRunning(resource) && drugOf(resource) === drug) : undefined;
}

function running() {
  const order = runningOrder();
  byId('replaces-field').hidden = !order;
  byId('replaces-words').textContent = order ? `Takes the place of: ${medicationName(order)}, ${directionsOf(order)}` : '';
}

function edited() {
  const chosen = product();
  if (!patient || !chosen) return;
  const free = byId('sentence').value === FREE;
  const words = byId('free-text').value.trim();
  const name = byId('drug-name').value.trim();
  if ((free && !words) || (chosen.id === 'other' && !name)) return;
  const replaced = byId('replaces').checked ? runningOrder()?.id : undefined;
  editing ??= `draft-${++count}`;
  const draft = medicationRequest({
    id: editing, patientId: patient.id, product: chosen, name, today: day(), replaces: replaced,
    sentence: chosen.sentences[Number(byId('sentence').value)], text: free ? words : undefined,
  });
  put(draft);
  list();
  changed();
}

function put(draft) {
  const at = unsigned.findIndex((each) => each.id === draft.id);
  if (at < 0) unsigned.push(draft);
  else unsigned[at] = draft;
}

/** Drafts a running order anew, to be changed. */
export function renew(resource) {
  clear();
  const chosen = PRODUCTS.find((each) => each.drug && each.drug === drugOf(resource) && (each.id !== 'gel' || /gel/i.test(medicationName(resource))) && (each.id !== 'cypionate' || !/gel/i.test(medicationName(resource)))) ?? PRODUCTS.at(-1);
  byId('product').value = chosen.id;
  sentences();
  byId('sentence').value = FREE;
  byId('free-text').value = directionsOf(resource);
  if (chosen.id === 'other') byId('drug-name').value = medicationName(resource);
  fields();
  running();
  edited();
  byId('free-text').focus();
}

function list() {
  seen = false;
  byId('sign').textContent = 'Sign';
  byId('drafts-area').hidden = unsigned.length === 0;
  fill(byId('drafts'), unsigned.map((draft) => el('li', { 'data-draft': draft.id, class: draft.id === editing ? 'editing' : '' },
    el('div', {}, el('strong', {}, title(draft)), ' ', el('span', { class: 'quiet' }, particulars(draft))),
    el('div', { class: 'row' },
      el('button', { type: 'button', class: 'small', 'aria-label': `Remove ${title(draft)}`, onclick: () => withdraw(draft) }, 'Remove')))));
}

const title = (draft) => (draft.resourceType === 'MedicationRequest' ? medicationName(draft) : nameOf(draft.code));

function particulars(draft) {
  if (draft.resourceType === 'MedicationRequest') return directionsOf(draft);
  const period = draft.occurrencePeriod;
  return period ? `${period.start} to ${period.end}` : (draft.occurrenceDateTime ?? 'test');
}

function withdraw(draft) {
  unsigned = unsigned.filter((each) => each !== draft);
  if (editing === draft.id) clear();
  list();
  changed();
}

/** The cards of order-sign were seen. */
export function asked(words) {
  seen = true;
  byId('sign').textContent = words;
}

export const bundle = () => ({ resourceType: 'Bundle', type: 'collection', entry: unsigned.map((resource) => ({ resource })) });

/** What the user is at: the order in the form, else the last drug that was drafted. */
export function selected() {
  const chosen = unsigned.find((draft) => draft.id === editing) ?? unsigned.filter((draft) => draft.resourceType === 'MedicationRequest').at(-1) ?? unsigned.at(-1);
  return `${chosen.resourceType}/${chosen.id}`;
}

/** Does what a suggestion says, to the drafts where it names one, else to the chart. */
export async function apply(actions) {
  const wasSeen = seen;
  const done = { drafts: false, chart: false };
  for (const action of actions) {
    if (action.type === 'create') {
      unsigned.push({ ...copyOf(action.resource), id: `draft-${++count}`, status: 'draft' });
      done.drafts = true;
    } else if (action.type === 'update') {
      const at = unsigned.findIndex((draft) => draft.id === action.resource.id);
      if (at >= 0) {
        unsigned[at] = copyOf(action.resource);
        inForm(unsigned[at]);
        done.drafts = true;
      } else {
        await fhir.update(action.resource);
        done.chart = true;
      }
    } else if (action.type === 'delete') {
      for (const id of namedBy(action)) {
        if (unsigned.some((draft) => draft.id === id)) {
          unsigned = unsigned.filter((draft) => draft.id !== id);
          if (editing === id) clear();
          done.drafts = true;
        } else {
          await stop(id);
          done.chart = true;
        }
      }
    }
  }
  list();
  if (wasSeen && unsigned.length > 0) asked('Sign the changed order');
  return done;
}

const namedBy = (action) => [action.resourceId ?? action.resource?.id ?? action.resource].flat().filter(Boolean).map((id) => String(id).split('/').at(-1));

async function stop(id) {
  const resource = inChart.medications.find((each) => each.id === id);
  if (resource) await fhir.update({ ...resource, status: 'stopped' });
}

/** The form shows what a suggestion made of its order. */
function inForm(draft) {
  if (draft.id !== editing) return;
  byId('sentence').value = FREE;
  byId('free-text').value = directionsOf(draft);
  fields();
}

/** Signed orders go into the chart, and what they replace is stopped there. */
export async function commit() {
  for (const draft of [...unsigned]) {
    const { id, ...order } = draft;
    await fhir.create({ ...order, status: 'active' });
    unsigned = unsigned.filter((each) => each.id !== id);
    const replaced = draft.priorPrescription?.reference?.split('/').at(-1);
    if (replaced) await stop(replaced);
  }
  clear();
  list();
}
