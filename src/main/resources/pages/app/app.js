/** The timeline of one patient with the advice of today, read with the token of whoever launched the app. */
import { byId, day, fill } from '/sandbox/dom.js';
import * as cards from '/sandbox/cards.js';
import * as chart from '/sandbox/chart.js';
import * as fhir from '/sandbox/fhir.js';
import * as hooks from '/sandbox/hooks.js';
import * as whatIf from '/sandbox/whatif.js';
import { download } from '/sandbox/calendar.js';
import { redeemed } from '/app/launch.js';

/** This server takes tokens on GET only. */
const LONGEST_URL = 3500;
const USER = 'Practitioner/sandbox';

async function begin() {
  if (!location.search) {
    byId('no-launch').hidden = false;
    byId('patient-facts').textContent = 'This app is launched from a chart: from the EHR, or with a patient of the sandbox.';
    return;
  }
  const given = await redeemed();
  fhir.connect({ base: given.base, token: given.token, longestUrl: LONGEST_URL });
  const resource = await fhir.get(`Patient/${given.patient}`);
  const patient = { id: given.patient, name: nameOf(resource) };
  byId('patient-name').textContent = patient.name;
  byId('patient-facts').textContent = `${resource.gender ?? 'patient'}, born ${resource.birthDate ?? 'on an unknown day'}`;
  byId('chart').hidden = false;
  await open(patient);
}

function nameOf(patient) {
  const name = patient.name?.[0];
  return name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ') ?? patient.id;
}

async function open(patient) {
  const service = await hooks.serviceOf('patient-view');
  const context = { userId: USER, patientId: patient.id };
  const prefetched = await hooks.prefetch(service, context);
  const entries = (key) => (prefetched[key]?.entry ?? []).map((entry) => entry.resource);
  // What an app looks at is no card that was shown at an order: the journal does not count it.
  const call = await hooks.send(service.id, JSON.stringify(hooks.request(service, context, prefetched)), { explain: true });
  const due = chart.dueWindows(call.answer?.cards ?? []);
  byId('advice-status').textContent = call.errors ? 'No advice.' : 'As the chart is opened today.';
  cards.show(byId('advices'), call);
  byId('calendar').hidden = due.length === 0;
  byId('calendar').addEventListener('click', () => download(due, patient));
  whatIf.begin({ patient: () => patient, prefetch: async () => prefetched });
  const redraw = () => chart.draw(byId('trend'), {
    observations: entries('labs'), medications: [...entries('medicationRequests'), ...entries('medicationStatements')], due, today: day(),
  });
  await redraw();
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  let timer;
  window.addEventListener('resize', () => {
    clearTimeout(timer);
    timer = setTimeout(redraw, 200);
  });
}

begin().catch((failure) => {
  byId('no-launch').hidden = false;
  fill(byId('patient-facts'), cards.errors([failure.message], 'No chart was opened'));
});
