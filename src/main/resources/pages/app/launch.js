/** SMART App Launch 2, first half: who is asked, with which proof, and where the answer may come back to. */

const CLIENT = 'setpoint-app';
const SCOPES = ['patient/Patient.rs', 'patient/Observation.rs', 'patient/MedicationRequest.rs', 'patient/MedicationStatement.rs',
  'patient/MedicationAdministration.rs', 'patient/MedicationDispense.rs', 'patient/Condition.rs', 'patient/ServiceRequest.rs',
  'patient/AllergyIntolerance.rs', 'patient/QuestionnaireResponse.rs'];
/** The only FHIR servers that this app knows: a token must not be asked of a stranger. */
const SERVER = /^\/sandbox\/fhir(\/space\/[A-Za-z0-9-]{8,64})?$/;

export function serverOf(iss) {
  const url = new URL(iss);
  if (url.origin !== location.origin || !SERVER.test(url.pathname) || url.search || url.hash || url.username) {
    throw new Error('This app is not registered with the EHR that launched it: its iss is none of this instance.');
  }
  return url.pathname;
}

function own(endpoint) {
  const url = new URL(endpoint);
  if (url.origin !== location.origin) throw new Error('The authorization server is none of this instance.');
  return url;
}

const encoded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = () => encoded(crypto.getRandomValues(new Uint8Array(32)));

async function begin() {
  const parameters = new URLSearchParams(location.search);
  const iss = parameters.get('iss') ?? `${location.origin}/sandbox/fhir`;
  const launch = parameters.get('launch');
  const server = serverOf(iss);
  const response = await fetch(`${server}/.well-known/smart-configuration`, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`The EHR's configuration was answered with ${response.status}.`);
  const configuration = await response.json();
  if (!configuration.code_challenge_methods_supported?.includes('S256')) throw new Error('The EHR does not know PKCE with S256.');
  if (!crypto.subtle) throw new Error('A launch needs https, or this machine as localhost: the browser gives no proof otherwise.');
  const state = random();
  const verifier = random();
  const challenge = encoded(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  const redirect = `${location.origin}/app`;
  sessionStorage.setItem(`launch:${state}`, JSON.stringify({ iss, redirect, verifier, token: own(configuration.token_endpoint).href }));
  const authorize = own(configuration.authorization_endpoint);
  authorize.search = new URLSearchParams({
    response_type: 'code', client_id: CLIENT, redirect_uri: redirect, state, aud: iss,
    scope: [launch ? 'launch' : 'launch/patient', ...SCOPES].join(' '),
    code_challenge: challenge, code_challenge_method: 'S256', ...(launch ? { launch } : {}),
  });
  location.replace(authorize);
}

/** Second half: the answer is taken only where this browser asked for it; the token stays in memory. */
export async function redeemed() {
  const parameters = new URLSearchParams(location.search);
  const state = parameters.get('state');
  const kept = state && sessionStorage.getItem(`launch:${state}`);
  history.replaceState(null, '', '/app');
  if (!kept) throw new Error('This answer belongs to no launch that was begun in this window.');
  sessionStorage.removeItem(`launch:${state}`);
  if (parameters.has('error')) throw new Error(`The EHR did not let the app in: ${parameters.get('error')}.`);
  const { iss, redirect, verifier, token } = JSON.parse(kept);
  const response = await fetch(own(token), {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', code: parameters.get('code') ?? '', redirect_uri: redirect, client_id: CLIENT, code_verifier: verifier }),
  });
  const given = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(`The EHR gave no token: ${given.error ?? response.status}.`);
  if (given.token_type?.toLowerCase() !== 'bearer' || !given.access_token || !given.patient) throw new Error('The EHR gave no token for a patient.');
  return { base: serverOf(iss), token: given.access_token, patient: given.patient, scope: given.scope ?? '' };
}

if (location.pathname === '/app/launch') {
  begin().catch((failure) => {
    document.getElementById('launch-status').textContent = failure.message;
  });
}
