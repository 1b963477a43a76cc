/** CDS Hooks as an EHR's side sees it: discovery, prefetch resolved from its templates, calls, feedback. */
import * as fhir from './fhir.js';
import { uuid } from './dom.js';

const TOKEN = /\{\{\s*([A-Za-z0-9_.]+)\s*}}/g;

let discovered;
const asked = { services: '/cds-services', sent: {} };

/** @param {{services?: string, sent?: object}} to where the services are, and what every call names beside its own */
export function connect({ services: at = '/cds-services', sent = {} }) {
  Object.assign(asked, { services: at, sent });
}

export async function services() {
  if (!discovered) {
    const response = await fetch(asked.services, { headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error(`Discovery answered ${response.status}.`);
    discovered = (await response.json()).services;
  }
  return discovered;
}

export async function serviceOf(hook) {
  return (await services()).find((service) => service.hook === hook);
}

/** What the templates of a service ask for; what the FHIR server refuses is null, as the specification says. */
export async function prefetch(service, context) {
  const entries = await Promise.all(Object.entries(service.prefetch ?? {}).map(async ([key, template]) => {
    try {
      return [key, await fhir.get(resolved(template, context))];
    } catch {
      return [key, null];
    }
  }));
  return Object.fromEntries(entries);
}

function resolved(template, context) {
  return template.replace(TOKEN, (whole, path) => {
    const [root, name] = path.split('.');
    return root === 'context' && context[name] !== undefined ? context[name] : whole;
  });
}

/** The body of a call. */
export function request(service, context, prefetched) {
  return { hook: service.hook, hookInstance: uuid(), ...asked.sent, context, prefetch: prefetched };
}

/**
 * Sends a body as it stands. The result always says what came: a status that is no success, or no answer at all, is an error
 * and never an empty list of cards.
 */
export async function send(id, body, { explain = false, dialect = '', signal } = {}) {
  const parameters = new URLSearchParams();
  if (explain) parameters.set('explain', 'true');
  if (dialect) parameters.set('dialect', dialect);
  const query = parameters.size > 0 ? `?${parameters}` : '';
  const call = { id, url: `${asked.services}/${id}${query}`, body, at: new Date() };
  const begun = performance.now();
  try {
    const response = await fetch(call.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body,
      signal,
    });
    const text = await response.text();
    call.milliseconds = performance.now() - begun;
    call.status = response.status;
    call.text = text;
    call.answer = parsed(text);
    if (!response.ok) call.errors = issues(call.answer, response.status);
    else if (!Array.isArray(call.answer?.cards)) call.errors = ['The answer holds no list of cards.'];
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    call.milliseconds = performance.now() - begun;
    call.status = 0;
    call.text = '';
    call.errors = ['The service did not answer. This is no all-clear: no advice was given.'];
  }
  return call;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function issues(answer, status) {
  const told = ((answer?.outcome ?? answer)?.issue ?? []).map((issue) => {
    const where = (issue.expression ?? issue.location ?? []).join(', ');
    const text = issue.details?.text ?? issue.diagnostics ?? issue.code;
    return where ? `${where}: ${text}` : text;
  });
  return told.length > 0 ? told : [`The service answered ${status}.`];
}

/** Tells the service what became of a card. */
export async function feedback(id, event) {
  const response = await fetch(`/cds-services/${id}/feedback`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ feedback: [{ ...event, outcomeTimestamp: new Date().toISOString() }] }),
  });
  if (!response.ok) throw new Error(`Feedback was answered with ${response.status}.`);
}
