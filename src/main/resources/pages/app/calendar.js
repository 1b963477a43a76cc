/** The windows in which tests are due as an iCalendar file (RFC 5545), for the calendar of whoever draws the blood. */

const LONGEST_LINE = 73;

const plain = (isoDay) => isoDay.replaceAll('-', '');
const escaped = (text) => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');

/** The end of a whole-day event is the day after its last. */
function dayAfter(isoDay) {
  const date = new Date(`${isoDay}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return plain(date.toISOString().slice(0, 10));
}

function folded(line) {
  const pieces = [line.slice(0, LONGEST_LINE)];
  for (let at = LONGEST_LINE; at < line.length; at += LONGEST_LINE - 1) pieces.push(` ${line.slice(at, at + LONGEST_LINE - 1)}`);
  return pieces.join('\r\n');
}

/** @param {{from: string, to: string, labs: string[]}[]} windows each becomes a whole-day event from its first to its last day */
export function calendar(windows, patient, now = new Date()) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const events = windows.flatMap((window) => [
    'BEGIN:VEVENT',
    `UID:${patient.id}-${window.from}-${window.labs.join('-')}@setpoint`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${plain(window.from)}`,
    `DTEND;VALUE=DATE:${dayAfter(window.to)}`,
    `SUMMARY:${escaped(`Tests due: ${window.labs.join(', ')}`)}`,
    `DESCRIPTION:${escaped(`${patient.name}, from ${window.from} to ${window.to}.`)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]);
  return `${['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Setpoint//order entry//EN', ...events, 'END:VCALENDAR'].map(folded).join('\r\n')}\r\n`;
}

export function download(windows, patient) {
  const url = URL.createObjectURL(new Blob([calendar(windows, patient)], { type: 'text/calendar' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${patient.id}-tests-due.ics`;
  link.click();
  URL.revokeObjectURL(url);
}
