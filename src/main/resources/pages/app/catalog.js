/** What this EHR can order, record and show: its own lists, as every EHR has them. */

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
const UCUM = 'http://unitsofmeasure.org';

const ORAL = { system: SNOMED, code: '26643006', display: 'Oral route' };
const INTRAMUSCULAR = { system: SNOMED, code: '78421000', display: 'Intramuscular route' };
const TRANSDERMAL = { system: SNOMED, code: '45890007', display: 'Transdermal route' };

const tablets = (amount) => (amount === 0.5 ? 'half a 1 mg tablet (0.5 mg)' : `${amount} mg`);
const taken = (amount, frequency, period, periodUnit, words) => ({
  label: `${amount} mg ${words}`,
  text: `Take ${tablets(amount)} ${words}`,
  amount, unit: 'mg', frequency, period, periodUnit,
});

export const FREE = 'free';

export const PRODUCTS = [
  {
    id: 'anastrozole', drug: 'anastrozole', label: 'Anastrozole 1 mg tablet', route: ORAL,
    code: { system: RXNORM, code: '199224', display: 'anastrozole 1 MG Oral Tablet' },
    sentences: [
      taken(0.5, 1, 1, 'wk', 'once weekly'),
      taken(0.5, 2, 1, 'wk', 'twice weekly'),
      taken(0.5, 3, 1, 'wk', 'three times weekly'),
      taken(1, 2, 1, 'wk', 'twice weekly'),
      taken(1, 1, 1, 'd', 'daily'),
    ],
    first: 3,
  },
  {
    id: 'cypionate', drug: 'testosterone', label: 'Testosterone cypionate 200 mg/mL injection', route: INTRAMUSCULAR,
    code: { system: RXNORM, code: '835840', display: 'testosterone cypionate 200 MG/ML Injectable Solution' },
    sentences: [[60, 7], [80, 7], [100, 7], [120, 7], [200, 14]].map(([amount, days]) => ({
      label: `${amount} mg every ${days === 7 ? 'week' : '2 weeks'}`,
      text: `Inject ${amount} mg (${amount / 200} mL) intramuscularly every ${days} days`,
      amount, unit: 'mg', frequency: 1, period: days, periodUnit: 'd',
    })),
    first: 2,
  },
  {
    id: 'gel', drug: 'testosterone', label: 'Testosterone 1.62 % gel, 20.25 mg a pump', route: TRANSDERMAL,
    code: { system: RXNORM, code: '1597076', display: 'testosterone 1.62% gel pump 20.25 MG/ACTUAT' },
    sentences: [1, 2, 3, 4].map((pumps) => ({
      label: `${pumps} ${pumps === 1 ? 'pump' : 'pumps'} daily (${20.25 * pumps} mg)`,
      text: `Apply ${20.25 * pumps} mg (${pumps} ${pumps === 1 ? 'pump' : 'pumps'}) to the skin daily`,
      amount: 20.25 * pumps, unit: 'mg', frequency: 1, period: 1, periodUnit: 'd',
    })),
    first: 1,
  },
  { id: 'other', drug: '', label: 'Another drug', sentences: [] },
];

/** The draft that a form describes. */
export function medicationRequest({ id, patientId, product, name, sentence, text, today, replaces }) {
  const dosage = { text: text ?? sentence.text };
  if (text === undefined) {
    dosage.timing = { repeat: { frequency: sentence.frequency, period: sentence.period, periodUnit: sentence.periodUnit } };
    dosage.doseAndRate = [{ doseQuantity: { value: sentence.amount, unit: sentence.unit, system: UCUM, code: sentence.unit } }];
  }
  if (product.route) dosage.route = { coding: [product.route] };
  return {
    resourceType: 'MedicationRequest',
    id,
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: product.code ? { coding: [product.code], text: product.code.display } : { text: name },
    subject: { reference: `Patient/${patientId}` },
    authoredOn: today,
    ...(replaces ? { priorPrescription: { reference: `MedicationRequest/${replaces}` } } : {}),
    dosageInstruction: [dosage],
  };
}

export const RESULTS = [
  { label: 'Estradiol, LC-MS/MS', code: '2243-4', display: 'Estradiol (E2) [Mass/volume] in Serum or Plasma', unit: 'pg/mL', method: 'LC-MS/MS' },
  { label: 'Estradiol, immunoassay', code: '83096-8', display: 'Estradiol (E2) [Mass/volume] in Serum or Plasma by Immunoassay', unit: 'pg/mL' },
  { label: 'Estradiol, SI unit', code: '14715-7', display: 'Estradiol (E2) [Moles/volume] in Serum or Plasma', unit: 'pmol/L', method: 'LC-MS/MS' },
  { label: 'Testosterone', code: '2986-8', display: 'Testosterone [Mass/volume] in Serum or Plasma', unit: 'ng/dL' },
  { label: 'Testosterone, SI unit', code: '14913-8', display: 'Testosterone [Moles/volume] in Serum or Plasma', unit: 'nmol/L' },
  { label: 'Hematocrit', code: '4544-3', display: 'Hematocrit [Volume Fraction] of Blood by Automated count', unit: '%' },
  { label: 'PSA', code: '2857-1', display: 'Prostate specific Ag [Mass/volume] in Serum or Plasma', unit: 'ng/mL' },
  { label: 'DXA T-score, lumbar spine', code: '38267-1', display: 'DXA Lumbar spine [T-score] Bone density', unit: '{Tscore}' },
];

export function observation({ id, patientId, kind, value, on }) {
  return {
    resourceType: 'Observation',
    ...(id ? { id } : {}),
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    code: { coding: [{ system: LOINC, code: kind.code, display: kind.display }], text: kind.display },
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: on,
    valueQuantity: { value, unit: kind.unit, system: UCUM, code: kind.unit },
    ...(kind.method ? { method: { text: kind.method } } : {}),
  };
}

export const PROBLEMS = [
  ['4754008', 'Gynecomastia'], ['53430007', 'Breast pain'], ['57676002', 'Joint pain'], ['8357008', 'Reduced libido'],
  ['397803000', 'Erectile dysfunction'], ['43498006', 'Fluid retention'], ['18963009', 'Mood swings'], ['84229001', 'Fatigue'],
  ['366979004', 'Depressed mood'], ['64859006', 'Osteoporosis'], ['399068003', 'Prostate cancer'], ['48723006', 'Male hypogonadism'],
].map(([code, label]) => ({ code, label }));

export function condition({ patientId, problem, since }) {
  const clinical = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
  return {
    resourceType: 'Condition',
    clinicalStatus: { coding: [{ system: clinical, code: 'active' }] },
    verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }] },
    code: { coding: [{ system: SNOMED, code: problem.code, display: problem.label }], text: problem.label },
    subject: { reference: `Patient/${patientId}` },
    onsetDateTime: since,
  };
}

export function resolvedCondition(resource, on) {
  return {
    ...resource,
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'resolved' }] },
    ...(resource.onsetPeriod || resource.onsetDateTime ? { abatementDateTime: on } : {}),
  };
}

/** Only for drawing: the service reads the result itself, in the unit in which it came. */
const SHOWN = {
  estradiol: { codes: ['2243-4', '14715-7', '83096-8', '83097-6', '35384-7', '72873-3'], words: /estradiol|oestradiol|\bE2\b/i, factors: { 'pg/mL': 1, 'ng/L': 1, 'pmol/L': 0.2724, 'ng/dL': 10 } },
  testosterone: { codes: ['2986-8', '14913-8', '49041-7'], words: /^testosterone(?!.*free)/i, factors: { 'ng/dL': 1, 'nmol/L': 28.84, 'ng/mL': 100 } },
};

/** Which line of the chart a result belongs to and its value there, if any. */
export function plotted(resource) {
  const codes = (resource.code?.coding ?? []).map((coding) => coding.code);
  const words = nameOf(resource.code);
  const quantity = resource.valueQuantity;
  const when = whenOf(resource);
  if (!when || quantity?.value === undefined) return undefined;
  for (const [line, { codes: known, words: pattern, factors }] of Object.entries(SHOWN)) {
    const factor = factors[quantity.code ?? quantity.unit] ?? factors[quantity.unit];
    if (factor && (codes.some((code) => known.includes(code)) || (codes.length === 0 && pattern.test(words)))) {
      return { line, when, value: quantity.value * factor };
    }
  }
  return undefined;
}

export function whenOf(resource) {
  return (resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.issued ?? '').slice(0, 10);
}

export function nameOf(concept) {
  return concept?.text ?? concept?.coding?.find((coding) => coding.display)?.display ?? concept?.coding?.[0]?.code ?? 'unnamed';
}

export function valueOf(resource) {
  const quantity = resource.valueQuantity;
  if (quantity) return `${quantity.comparator ?? ''}${quantity.value} ${quantity.unit ?? quantity.code ?? ''}`;
  return resource.valueString ?? (resource.valueCodeableConcept ? nameOf(resource.valueCodeableConcept) : 'no value');
}

/** A LOINC name without its units and method. */
export const shortNameOf = (concept) => nameOf(concept).replace(/ \[.*$/, '');

/** "anastrozole", "testosterone" or nothing. */
export function drugOf(resource) {
  const words = medicationName(resource).toLowerCase();
  return ['anastrozole', 'testosterone'].find((drug) => words.includes(drug)) ?? (words.includes('arimidex') ? 'anastrozole' : '');
}

export function medicationName(resource) {
  if (resource.medicationCodeableConcept) return nameOf(resource.medicationCodeableConcept);
  const contained = (resource.contained ?? []).find((each) => `#${each.id}` === resource.medicationReference?.reference);
  return contained ? nameOf(contained.code) : (resource.medicationReference?.display ?? 'a drug by reference');
}

export const dosagesOf = (resource) => resource.dosageInstruction ?? resource.dosage ?? [];

export function directionsOf(resource) {
  return dosagesOf(resource).map((dosage) => dosage.text ?? 'in structure only').join('; ') || 'no directions';
}

const DAYS = { d: 1, wk: 7, mo: 30.4375, h: 1 / 24 };

/** Milligrams a week where the order says so in structure; the words are left to the service. */
export function weeklyDose(resource) {
  let sum = 0;
  for (const dosage of dosagesOf(resource)) {
    const quantity = dosage.doseAndRate?.[0]?.doseQuantity ?? dosage.doseQuantity;
    const repeat = dosage.timing?.repeat;
    const strength = strengthOf(resource, quantity);
    if (!quantity?.value || !repeat?.period || !DAYS[repeat.periodUnit] || !strength) return undefined;
    const times = repeat.dayOfWeek?.length && !repeat.frequency ? repeat.dayOfWeek.length : (repeat.frequency ?? 1);
    sum += quantity.value * strength * times * 7 / (repeat.period * DAYS[repeat.periodUnit]);
  }
  return sum > 0 ? Math.round(sum * 100) / 100 : undefined;
}

function strengthOf(resource, quantity) {
  const unit = (quantity?.code ?? quantity?.unit ?? '').toLowerCase();
  if (unit === 'mg') return 1;
  const words = medicationName(resource);
  if (unit === 'ml') return Number(words.match(/([0-9.]+) ?MG\/ML/i)?.[1]) || undefined;
  if (/tab/.test(unit)) return Number(words.match(/([0-9.]+) ?MG/i)?.[1]) || undefined;
  return undefined;
}

export function startOf(resource) {
  return (dosagesOf(resource)[0]?.timing?.repeat?.boundsPeriod?.start ?? resource.effectivePeriod?.start
    ?? resource.effectiveDateTime ?? resource.authoredOn ?? '').slice(0, 10);
}

export function endOf(resource) {
  return (dosagesOf(resource)[0]?.timing?.repeat?.boundsPeriod?.end ?? resource.effectivePeriod?.end ?? '').slice(0, 10);
}

export const isRunning = (resource) => ['active', 'on-hold'].includes(resource.status);
