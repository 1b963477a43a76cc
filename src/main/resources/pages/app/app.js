/** The timeline of one patient with the advice of today, read with the token of whoever launched the app. */
import { byId, day, el, fill } from './dom.js';
import * as cards from './cards.js';
import * as chart from './chart.js';
import * as fhir from './fhir.js';
import * as hooks from './hooks.js';
import * as whatIf from './whatif.js';
import { download } from './calendar.js';
import { digest, redeemed } from './launch.js';

/** The sandbox takes tokens on GET only, and so do others. */
const LONGEST_URL = 3500;
/** Whoever launched it, where the EHR does not say. */
const SOMEBODY = 'Practitioner/unknown';

let user = SOMEBODY;

async function begin() {
  if (!location.search) {
    const sandbox = location.pathname === '/app';
    byId('no-launch').hidden = !sandbox;
    byId('patient-facts').textContent = `This app is launched from a chart: from the EHR${sandbox ? ', or with a patient of the sandbox' : ''}.`;
    return;
  }
  const given = await redeemed();
  user = given.user ?? SOMEBODY;
  fhir.connect({ base: given.base, token: given.token, longestUrl: LONGEST_URL });
  hooks.connect({ services: given.own.services, sent: given.own.proof ? proof(given) : {} });
  const resource = await fhir.get(`Patient/${given.patient}`);
  const patient = { id: given.patient, name: nameOf(resource) };
  byId('patient-name').textContent = patient.name;
  byId('patient-facts').textContent = `${resource.gender ?? 'patient'}, born ${resource.birthDate ?? 'on an unknown day'}`;
  byId('chart').hidden = false;
  await Promise.all([open(patient), cameFrom(given)]);
}

/** The user's own token, by which the service sees that the EHR lets this user read this patient. */
function proof({ own, base, token, expires, scope, patient }) {
  return {
    fhirServer: base,
    fhirAuthorization: { access_token: token, token_type: 'Bearer', expires_in: expires, scope, subject: own.clientId, patient },
  };
}

const SIGNED = { decision: /^[0-9a-f-]{36}$/, until: /^[0-9]{1,11}$/, signature: /^[A-Za-z0-9_-]{10,100}$/ };

/** The card from which the app was launched. What the EHR hands on is a stranger's text, and may be another chart's. */
async function cameFrom({ appContext, patient }) {
  if (typeof appContext !== 'string') return;
  const told = read(appContext);
  if (!told || Object.entries(SIGNED).some(([name, shape]) => !shape.test(String(told[name])))) return;
  const place = byId('came-from');
  place.hidden = false;
  if (told.patient !== await digest(`${told.signature}/${patient}`)) {
    fill(place, el('p', { role: 'alert' }, 'The card from which this app was launched is about another chart than the one that is open: it is not shown.'));
    return;
  }
  const page = `/decisions/${told.decision}?${new URLSearchParams({ until: told.until, signature: told.signature })}`;
  const response = await fetch(page, { headers: { Accept: 'application/json' } }).catch(() => undefined);
  if (!response?.ok) {
    fill(place, el('p', { class: 'quiet' }, 'The card from which this app was launched is no longer to be read.'));
    return;
  }
  const { day: on, cards: shown } = await response.json();
  fill(place, el('h2', {}, `The cards you come from, of ${on}`),
    el('ul', { class: 'entries plain' }, shown.map((card) => el('li', {}, el('span', { class: `chip ${card.indicator}` }, card.indicator), ' ', card.summary))),
    el('p', {}, el('a', { href: page, target: '_blank', rel: 'noopener noreferrer' }, 'Why, evidence, timeline of that decision')));
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nameOf(patient) {
  const name = patient.name?.[0];
  return name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ') ?? patient.id;
}

async function open(patient) {
  const service = await hooks.serviceOf('patient-view');
  const context = { userId: user, patientId: patient.id };
  const prefetched = await hooks.prefetch(service, context);
  const entries = (key) => (prefetched[key]?.entry ?? []).map((entry) => entry.resource);
  // What an app looks at is no card that was shown at an order: the journal does not count it.
  const call = await hooks.send(service.id, JSON.stringify(hooks.request(service, context, prefetched)), { explain: true });
  const due = chart.dueWindows(call.answer?.cards ?? []);
  byId('advice-status').textContent = call.errors ? 'No advice.' : 'As the chart is opened today.';
  cards.show(byId('advices'), call);
  byId('calendar').hidden = due.length === 0;
  byId('calendar').addEventListener('click', () => download(due, patient));
  whatIf.begin(byId('if-place'), { user, patient: () => patient, prefetch: async () => prefetched });
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
