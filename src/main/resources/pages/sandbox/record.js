/** The lists of an open chart: results, drugs, problems, to be added to and changed. */
import { byId, day, el, fill } from '/app/dom.js';
import { condition, directionsOf, isRunning, medicationName, nameOf, observation, PROBLEMS, resolvedCondition, RESULTS, shortNameOf, startOf, valueOf, whenOf } from '/app/catalog.js';
import * as fhir from '/app/fhir.js';

const MOST_SHOWN = 12;

let patient;
let edited;
let changed = async () => {};
let renew = () => {};

export function begin(desk) {
  changed = desk.changed;
  renew = desk.renew;
  fill(byId('result-kind'), RESULTS.map((kind, at) => el('option', { value: String(at) }, kind.label)));
  fill(byId('problem-kind'), PROBLEMS.map((problem, at) => el('option', { value: String(at) }, problem.label)));
  byId('result-kind').addEventListener('change', unit);
  byId('result-day').value = day();
  byId('problem-day').value = day();
  unit();
  byId('result-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const resource = observation({
      id: edited?.id, patientId: patient.id, kind: RESULTS[Number(byId('result-kind').value)],
      value: Number(byId('result-value').value), on: byId('result-day').value,
    });
    write(edited ? fhir.update(resource) : fhir.create(resource), 'The result is in the chart.');
    edit(undefined);
    event.target.closest('details').open = false;
  });
  byId('problem-form').addEventListener('submit', (event) => {
    event.preventDefault();
    write(fhir.create(condition({ patientId: patient.id, problem: PROBLEMS[Number(byId('problem-kind').value)], since: byId('problem-day').value })), 'The problem is in the chart.');
    event.target.closest('details').open = false;
  });
}

const unit = () => { byId('result-unit').textContent = RESULTS[Number(byId('result-kind').value)].unit; };

async function write(done, words) {
  const status = byId('chart-status');
  try {
    await done;
    status.textContent = words;
    await changed();
  } catch (failure) {
    status.textContent = `Not written: ${failure.message}`;
  }
}

function edit(resource) {
  edited = resource;
  byId('result-summary').textContent = resource ? `Change ${shortNameOf(resource.code)}` : 'Add a result';
  if (!resource) {
    byId('result-value').value = '';
    return;
  }
  const codes = (resource.code?.coding ?? []).map((coding) => coding.code);
  const at = Math.max(0, RESULTS.findIndex((kind) => codes.includes(kind.code)));
  byId('result-kind').value = String(at);
  byId('result-value').value = resource.valueQuantity?.value ?? '';
  byId('result-day').value = whenOf(resource);
  unit();
  byId('result-form').closest('details').open = true;
  byId('result-value').focus();
}

export function show(opened, record) {
  patient = opened;
  edit(undefined);
  byId('chart-status').textContent = '';
  const newest = (when) => (one, other) => when(other).localeCompare(when(one));
  entries('results', [...record.observations].sort(newest(whenOf)), 'No result.', (resource) => [
    shortNameOf(resource.code), `${valueOf(resource)}, ${whenOf(resource) || 'no date'}`,
    resource.valueQuantity && action('Change', shortNameOf(resource.code), () => edit(resource)),
    action('Remove', shortNameOf(resource.code), () => write(fhir.remove(resource), 'The result was removed.')),
  ]);
  entries('medications', [...record.medications].sort(newest(startOf)), 'No drug.', (resource) => [
    medicationName(resource), `${directionsOf(resource)}${startOf(resource) ? `, from ${startOf(resource)}` : ''}`,
    el('span', { class: isRunning(resource) ? 'chip good' : 'chip' }, resource.status),
    resource.resourceType === 'MedicationRequest' && isRunning(resource) && action('Change', medicationName(resource), () => renew(resource)),
    isRunning(resource) && action('Stop', medicationName(resource), () => write(fhir.update({ ...resource, status: 'stopped' }), 'The drug was stopped.')),
  ]);
  entries('problems', record.conditions, 'No problem.', (resource) => {
    const status = resource.clinicalStatus?.coding?.[0]?.code ?? 'no status';
    return [
      nameOf(resource.code), resource.onsetDateTime ? `since ${resource.onsetDateTime.slice(0, 10)}` : 'no onset',
      el('span', { class: 'chip' }, status),
      status === 'active' && action('Resolved', nameOf(resource.code), () => write(fhir.update(resolvedCondition(resource, day())), 'The problem is resolved.')),
      action('Remove', nameOf(resource.code), () => write(fhir.remove(resource), 'The problem was removed.')),
    ];
  });
}

const action = (words, what, done) => el('button', { type: 'button', class: 'small', 'aria-label': `${words} ${what}`, onclick: done }, words);

function entries(place, resources, none, parts) {
  const rows = resources.map((resource) => {
    const [name, particulars, ...rest] = parts(resource);
    return el('li', {}, el('div', {}, el('strong', {}, name), el('span', { class: 'quiet' }, particulars)), el('div', { class: 'row' }, rest.filter(Boolean)));
  });
  const list = byId(place);
  if (rows.length === 0) {
    fill(list, el('li', { class: 'quiet' }, none));
  } else if (rows.length <= MOST_SHOWN) {
    fill(list, rows);
  } else {
    fill(list, rows.slice(0, MOST_SHOWN), el('li', {}, el('details', {}, el('summary', {}, `${rows.length - MOST_SHOWN} older`), el('ul', { class: 'entries' }, rows.slice(MOST_SHOWN)))));
  }
}
