/** SMART App Launch 2, first half: who is asked, with which proof, and where the answer may come back to. */

/** The app of the sandbox, or of one registered client: each has a redirect address of its own. */
const base = location.pathname.replace(/\/launch$/, '');
const TYPES = ['Patient', 'Observation', 'MedicationRequest', 'MedicationStatement', 'MedicationAdministration', 'MedicationDispense', 'Condition',
  'ServiceRequest', 'AllergyIntolerance', 'QuestionnaireResponse'];
/** Whoever signs in takes a while; what was begun yesterday is nobody's. */
const LONGEST_LAUNCH = 15 * 60 * 1000;
const ALGORITHMS = {
  RS256: [{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }],
  RS384: [{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' }],
  ES256: [{ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }],
  ES384: [{ name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' }],
};

const json = { headers: { Accept: 'application/json' } };

async function fetched(url, what, options = json) {
  const response = await fetch(url, options).catch(() => undefined);
  if (!response) throw new Error(`${what} cannot be reached from this page.`);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(`${what} answered ${response.status}${typeof answer.error === 'string' ? `: ${answer.error}` : ''}.`);
  return answer;
}

/** What this instance says of itself; the sandbox's servers are where the page is, by whatever name. */
async function configured() {
  const own = await fetched(`${base}/configuration`, 'This instance');
  return own.sandbox ? { ...own, servers: [`${location.origin}/sandbox/fhir`], origins: [location.origin] } : own;
}

/** A token must not be asked of a stranger: the iss is one of the servers of this client, or lies below one. */
function serverOf(iss, own) {
  const url = URL.canParse(iss) ? new URL(iss) : undefined;
  const address = url?.href.replace(/\/+$/, '');
  const trusted = url && !url.search && !url.hash && !url.username && !url.password && !/[%\\]|\.\./.test(iss)
    && own.servers.some((known) => `${address}/`.startsWith(`${new URL(known).href.replace(/\/+$/, '')}/`));
  if (!trusted) throw new Error('This app is not registered with the EHR that launched it: its iss is none that this instance knows.');
  return address;
}

function trustedEndpoint(endpoint, own) {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || url.username || url.hash || !own.origins.includes(url.origin)) {
    throw new Error('The EHR names an authorization server that this instance does not know.');
  }
  return url;
}

const encoded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const decoded = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const random = () => encoded(crypto.getRandomValues(new Uint8Array(32)));
export const digest = async (text) => encoded(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

async function begin() {
  const parameters = new URLSearchParams(location.search);
  const own = await configured();
  if (!crypto.subtle) throw new Error('A launch needs https, or this machine as localhost: the browser gives no proof otherwise.');
  const iss = parameters.get('iss') ?? (own.servers.length === 1 ? own.servers[0] : '');
  const launch = parameters.get('launch');
  const server = serverOf(iss, own);
  const known = await fetched(`${server}/.well-known/smart-configuration`, 'The EHR');
  if (!known.code_challenge_methods_supported?.includes('S256')) throw new Error('The EHR does not know PKCE with S256.');
  const can = (capability) => known.capabilities?.includes(capability) ?? false;
  const signsIn = can('sso-openid-connect') && known.jwks_uri;
  const state = random();
  const verifier = random();
  const nonce = random();
  const redirect = location.origin + base;
  sessionStorage.setItem(`launch:${state}`, JSON.stringify({
    server, redirect, verifier, nonce: signsIn ? nonce : undefined, issuer: known.issuer,
    token: trustedEndpoint(known.token_endpoint, own).href,
    keys: signsIn ? trustedEndpoint(known.jwks_uri, own).href : undefined,
    until: Date.now() + LONGEST_LAUNCH,
  }));
  const rights = can('permission-v1') && !can('permission-v2') ? 'read' : 'rs';
  const authorize = trustedEndpoint(known.authorization_endpoint, own);
  const asked = {
    response_type: 'code', client_id: own.clientId, redirect_uri: redirect, state, aud: iss,
    scope: [launch ? 'launch' : 'launch/patient', ...(signsIn ? ['openid', 'fhirUser'] : []), ...TYPES.map((type) => `patient/${type}.${rights}`)].join(' '),
    code_challenge: await digest(verifier), code_challenge_method: 'S256',
    ...(launch ? { launch } : {}), ...(signsIn ? { nonce } : {}),
  };
  Object.entries(asked).forEach(([name, value]) => authorize.searchParams.set(name, value));
  location.replace(authorize);
}

/** Second half: the answer is taken only where this window asked for it, and once; the token stays in memory. */
export async function redeemed() {
  const parameters = new URLSearchParams(location.search);
  const state = parameters.get('state');
  const text = state && sessionStorage.getItem(`launch:${state}`);
  history.replaceState(null, '', base);
  if (!text) throw new Error('This answer belongs to no launch that was begun in this window.');
  sessionStorage.removeItem(`launch:${state}`);
  const begun = JSON.parse(text);
  if (begun.redirect !== location.origin + base || Date.now() > begun.until) throw new Error('This answer belongs to a launch of another app, or comes too late: launch the app again.');
  if (parameters.has('iss') && begun.issuer && parameters.get('iss') !== begun.issuer) throw new Error('This answer comes from another EHR than was asked.');
  if (parameters.has('error')) throw new Error(`The EHR did not let the app in: ${parameters.get('error')}.`);
  const own = await configured();
  const server = serverOf(begun.server, own);
  const given = await fetched(trustedEndpoint(begun.token, own), 'The EHR, asked for a token,', {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'authorization_code', code: parameters.get('code') ?? '', redirect_uri: begun.redirect, client_id: own.clientId, code_verifier: begun.verifier,
    }),
  });
  if (given.token_type?.toLowerCase() !== 'bearer' || !given.access_token || typeof given.patient !== 'string') throw new Error('The EHR gave no token for a patient.');
  const user = begun.nonce && given.id_token ? await signedIn(given.id_token, begun, own) : undefined;
  return { own, base: server, token: given.access_token, expires: given.expires_in ?? 0, patient: given.patient, scope: given.scope ?? '', user, appContext: given.appContext };
}

/** Who signed in: an id_token of this EHR, for this app and this launch, signed by one of the EHR's keys. */
async function signedIn(token, begun, own) {
  const refused = () => new Error('The EHR says who signed in by a token that is not for this launch.');
  const [head, body, signature] = token.split('.');
  const part = (text) => JSON.parse(new TextDecoder().decode(decoded(text)));
  const { alg, kid } = part(head);
  const claims = part(body);
  const audience = [claims.aud].flat();
  if (claims.nonce !== begun.nonce || !audience.includes(own.clientId) || (begun.issuer && claims.iss !== begun.issuer)
    || !(claims.exp * 1000 > Date.now()) || !Object.hasOwn(ALGORITHMS, alg)) throw refused();
  const { keys } = await fetched(trustedEndpoint(begun.keys, own), 'The EHR, asked for its keys,');
  const [imported, verified = imported] = ALGORITHMS[alg];
  const signed = new TextEncoder().encode(`${head}.${body}`);
  const fitting = (keys ?? []).filter((key) => key.kty === (alg.startsWith('RS') ? 'RSA' : 'EC') && (!kid || key.kid === kid));
  for (const { kty, n, e, crv, x, y } of fitting) {
    const key = await crypto.subtle.importKey('jwk', { kty, n, e, crv, x, y }, imported, false, ['verify']).catch(() => undefined);
    if (key && await crypto.subtle.verify(verified, key, decoded(signature), signed)) {
      return String(claims.fhirUser ?? '').match(/(?:^|\/)((?:Practitioner|PractitionerRole)\/[A-Za-z0-9.-]{1,64})$/)?.[1];
    }
  }
  throw refused();
}

if (location.pathname.endsWith('/launch')) {
  begin().catch((failure) => {
    document.getElementById('launch-status').textContent = failure.message;
  });
}
