/** A FHIR R4 client of a few lines: what an EHR's own page would use. */

import { uuid } from './dom.js';

/** Longer queries go as POST _search, since servers and proxies cut long URLs. */
const LONGEST_URL = 1500;

/** Where calls go, and with which token. */
const server = { base: '', token: '', longestUrl: LONGEST_URL };

/** @param {{base: string, token?: string, longestUrl?: number}} to the FHIR server; with a token as its bearer */
export function connect({ base, token = '', longestUrl = LONGEST_URL }) {
  Object.assign(server, { base, token, longestUrl });
}

/** Each session of a browser has a space of its own on the sandbox's server, so that two people do not write into one chart. */
export const ownSpace = () => `/sandbox/fhir/space/${space()}`;

function space() {
  try {
    const name = sessionStorage.getItem('space') ?? uuid();
    sessionStorage.setItem('space', name);
    return name;
  } catch {
    return uuid();
  }
}

/** Forgets this session's charts: the next page begins with a space as it was at first. */
export function afresh() {
  sessionStorage.removeItem('space');
}

const MOST_PAGES = 20;

const accept = () => ({ Accept: 'application/fhir+json', ...(server.token ? { Authorization: `Bearer ${server.token}` } : {}) });
const write = () => ({ ...accept(), 'Content-Type': 'application/fhir+json' });

export class FhirError extends Error {}

async function answered(response) {
  const text = await response.text();
  let json;
  try {
    json = text === '' ? undefined : JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (!response.ok) {
    const issues = (json?.issue ?? []).map((issue) => issue.diagnostics ?? issue.details?.text).filter(Boolean);
    throw new FhirError(issues.join(' ') || `The FHIR server answered ${response.status}.`);
  }
  return json;
}

/** The resource or the complete searchset that a relative query asks for, all its pages in one Bundle. */
export async function get(query) {
  const [path, parameters] = query.split('?', 2);
  const url = parameters === undefined ? path : `${path}?${encoded(parameters)}`;
  const response = url.length > server.longestUrl
    ? await fetch(`${server.base}/${path}/_search`, {
      method: 'POST',
      headers: { ...accept(), 'Content-Type': 'application/x-www-form-urlencoded' },
      body: encoded(parameters),
    })
    : await fetch(`${server.base}/${url}`, { headers: accept() });
  const first = await answered(response);
  if (first?.resourceType !== 'Bundle') return first;
  const bundle = { ...first, entry: [...(first.entry ?? [])] };
  let next = nextPage(first);
  for (let page = 1; next && page < MOST_PAGES; page++) {
    const more = await answered(await fetch(next, { headers: accept() }));
    bundle.entry.push(...(more.entry ?? []));
    next = nextPage(more);
  }
  if (!next) bundle.link = (bundle.link ?? []).filter((link) => link.relation === 'self');
  return bundle;
}

function encoded(parameters) {
  return parameters.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return `${encodeURIComponent(pair.slice(0, at))}=${encodeURIComponent(pair.slice(at + 1))}`;
  }).join('&');
}

/** Our own server may know itself by another name than this page: only path and query count. Another's token goes nowhere else. */
function nextPage(bundle) {
  const link = (bundle.link ?? []).find((each) => each.relation === 'next');
  if (!link) return undefined;
  const home = new URL(server.base, location.href);
  const url = new URL(link.url, `${home.href}/`);
  if (home.origin === location.origin) return url.pathname + url.search;
  if (url.origin !== home.origin) throw new FhirError('The next page of an answer lies on another server.');
  return url.href;
}

export async function resources(query) {
  const bundle = await get(query);
  return (bundle.entry ?? []).map((entry) => entry.resource).filter((resource) => resource?.resourceType !== 'OperationOutcome');
}

export async function create(resource) {
  return answered(await fetch(`${server.base}/${resource.resourceType}`, { method: 'POST', headers: write(), body: JSON.stringify(resource) }));
}

export async function update(resource) {
  return answered(await fetch(`${server.base}/${resource.resourceType}/${resource.id}`, { method: 'PUT', headers: write(), body: JSON.stringify(resource) }));
}

export async function remove(resource) {
  return answered(await fetch(`${server.base}/${resource.resourceType}/${resource.id}`, { method: 'DELETE', headers: accept() }));
}
