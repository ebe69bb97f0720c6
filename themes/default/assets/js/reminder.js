// A reminder on a day, as a file that calendars take.
import { calendarText } from "./calendar.js";

/** Makes a link hand over an event {uid, day, summary, details, url} as a file. */
export function offer(link, event) {
  if (link.dataset.blob) URL.revokeObjectURL(link.dataset.blob);
  const text = calendarText(event.summary, [{ ...event, sequence: 0, stamp: new Date() }]);
  link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  link.dataset.blob = link.href;
  link.download = "reminder.ics";
}
