/** Cards as an EHR shows them: Markdown made safe, suggestions as buttons, a reason for each override. */
import { el, fill } from './dom.js';

const markdown = window.markdownit({ html: false, linkify: false });

/** Rendered and then cleaned: what a service sends is a stranger's text. */
export function rendered(text) {
  const place = el('div', { class: 'detail' });
  place.append(DOMPurify.sanitize(markdown.render(text ?? ''), {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: ['p', 'ul', 'ol', 'li', 'strong', 'em', 'code', 'pre', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'br', 'hr', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ALLOWED_ATTR: ['href', 'title'],
  }));
  place.querySelectorAll('a').forEach((link) => {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  });
  return place;
}

const INDICATORS = { info: 'Information', warning: 'Warning', critical: 'Critical' };
const ORDER = ['critical', 'warning', 'info'];

/** Errors stand where cards would: they are never mistaken for "nothing to say". */
export function errors(messages, title = 'No advice: the call was refused') {
  return el('article', { class: 'advice critical', role: 'alert' },
    el('h3', {}, title),
    el('ul', {}, messages.map((message) => el('li', {}, message))));
}

/**
 * @param {object} call whose answer is shown
 * @param {{accept: Function, override: Function, launch: Function}} answers what the clinician did; without them the cards only show
 */
export function show(place, call, answers) {
  if (call.errors) {
    fill(place, errors(call.errors, call.status === 0 ? 'No advice: no answer' : `No advice: the service answered ${call.status}`));
    return;
  }
  const cards = [...call.answer.cards].sort((one, other) => ORDER.indexOf(one.indicator) - ORDER.indexOf(other.indicator));
  if (cards.length === 0) {
    fill(place, el('p', { class: 'empty' }, 'No card: the service read the chart and has nothing to say here.'));
    return;
  }
  fill(place, cards.map((card, at) => article(card, at === 0, answers)));
}

function article(card, first, answers) {
  const outcome = el('p', { class: 'outcome', role: 'status' });
  const buttons = [];
  const settle = (words) => {
    outcome.textContent = words;
    element.classList.add('settled');
    buttons.forEach((button) => { button.disabled = true; });
    element.querySelectorAll('.override button').forEach((button) => { button.disabled = true; });
  };
  const suggestions = (card.suggestions ?? []).map((suggestion) => {
    const button = el('button', {
      type: 'button',
      class: suggestion.isRecommended ? 'primary suggestion' : 'suggestion',
      disabled: !answers,
      onclick: async () => {
        button.disabled = true;
        try {
          settle(await answers.accept(card, suggestion));
        } catch (failure) {
          outcome.textContent = failure.message;
          button.disabled = false;
        }
      },
    }, suggestion.label);
    buttons.push(button);
    return el('li', {}, button, el('ul', { class: 'actions' }, (suggestion.actions ?? []).map((action) =>
      el('li', {}, el('span', { class: 'chip' }, action.type), ' ', action.description))));
  });
  const element = el('article', { class: `advice ${card.indicator}` },
    el('p', { class: 'kind' }, el('span', { class: `chip ${card.indicator}` }, INDICATORS[card.indicator] ?? card.indicator)),
    el('h3', {}, card.summary),
    card.detail && el('details', { open: first }, el('summary', {}, 'Why, and what else'), rendered(card.detail)),
    suggestions.length > 0 && el('ul', { class: 'suggestions', 'aria-label': 'Suggestions' }, suggestions),
    answers && override(card, answers, settle, outcome),
    outcome,
    el('p', { class: 'source' }, source(card.source), (card.links ?? []).filter((link) => /^https?:/.test(link.url ?? '')).map((link) => linked(link, answers))));
  return element;
}

/** An app is launched by the EHR, which tells it the patient and the card's context; nothing of that stands in the address. */
function linked(link, answers) {
  if (link.type === 'smart') return answers?.launch ? el('button', { type: 'button', class: 'link', onclick: () => answers.launch(link) }, link.label) : undefined;
  return el('a', { href: link.url, target: '_blank', rel: 'noopener noreferrer' }, link.label);
}

function source(from) {
  if (!from) return 'No source';
  return /^https?:/.test(from.url ?? '') ? el('a', { href: from.url, target: '_blank', rel: 'noopener noreferrer' }, from.label) : from.label;
}

function override(card, answers, settle, outcome) {
  const reasons = card.overrideReasons ?? [];
  const reason = el('select', { 'aria-label': 'Reason' },
    reasons.map((each, at) => el('option', { value: String(at) }, each.display ?? each.code)),
    el('option', { value: '' }, 'No reason given'));
  const comment = el('input', { type: 'text', maxLength: 200, placeholder: 'Comment, optional', 'aria-label': 'Comment' });
  const button = el('button', {
    type: 'button',
    onclick: async () => {
      button.disabled = true;
      try {
        settle(await answers.override(card, reason.value === '' ? undefined : reasons[Number(reason.value)], comment.value.trim()));
      } catch (failure) {
        outcome.textContent = failure.message;
        button.disabled = false;
      }
    },
  }, 'Override this card');
  return el('details', { class: 'override' }, el('summary', {}, 'Override'), el('div', { class: 'row' }, reason, comment, button));
}
