// Writes calendar files (iCalendar, RFC 5545) that calendars take in: days as all-day events,
// moments in UTC, which is the same moment in every zone and needs no table of zones.

const octets = new TextEncoder();

// Lines end in CRLF and have at most 75 octets; a longer one goes on after a space (3.1). A
// character is never cut.
function fold(text) {
  const lines = [];
  let current = "";
  let size = 0;
  for (const character of text) {
    const width = octets.encode(character).length;
    if (size + width > 75) {
      lines.push(current);
      current = " ";
      size = 1;
    }
    current += character;
    size += width;
  }
  return [...lines, current].join("\r\n");
}

// Text values escape backslashes, semicolons, commas and line ends (3.3.11).
function text(value) {
  return String(value).replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}

function utc(moment) {
  return moment.toISOString().replace(/[-:]|\.\d+/g, "");
}

function dateAfter(day) {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date + 1)).toISOString().slice(0, 10);
}

/**
 * A calendar as text. Each event has uid, summary, sequence (a number that grows when it is
 * changed), stamp (a Date: when it was), and either day ("2026-11-23") or start (a Date) and
 * minutes; details and url are not needed.
 */
export function calendarText(name, events) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stoa//Mentoring portal//EN", "METHOD:PUBLISH", `X-WR-CALNAME:${text(name)}`];
  for (const event of events) {
    lines.push("BEGIN:VEVENT", `UID:${text(event.uid)}`, `DTSTAMP:${utc(event.stamp)}`, `SEQUENCE:${event.sequence}`);
    if (event.day) {
      const compact = (day) => day.replaceAll("-", "");
      lines.push(`DTSTART;VALUE=DATE:${compact(event.day)}`, `DTEND;VALUE=DATE:${compact(dateAfter(event.day))}`, "TRANSP:TRANSPARENT");
    } else {
      lines.push(`DTSTART:${utc(event.start)}`, `DTEND:${utc(new Date(event.start.getTime() + event.minutes * 60_000))}`);
    }
    lines.push(`SUMMARY:${text(event.summary)}`);
    if (event.details) lines.push(`DESCRIPTION:${text(event.details)}`);
    if (event.url) lines.push(`URL:${event.url}`);
    lines.push("END:VEVENT");
  }
  lines.push("END:VCALENDAR", "");
  return lines.map(fold).join("\r\n");
}

/** The moment of a day and a time of day ("18:30") where the visitor is. */
export function momentOf(day, time) {
  const [year, month, date] = day.split("-").map(Number);
  const [hour, minute] = time.split(":").map(Number);
  return new Date(year, month - 1, date, hour, minute);
}
