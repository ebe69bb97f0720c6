// How much of a day two people in different time zones share. The same hours and the same
// result as the generator's OverlapOn, held to the same cases.
const dayStarts = 9;
const workEnds = 17;
const eveningEnds = 22;

const clocks = new Map();

/** Whether the browser knows a time zone. */
export function isZone(zone) {
  try {
    return !!clock(zone);
  } catch {
    return false;
  }
}

/** The visitor's own time zone (IANA name). */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function clock(zone) {
  let format = clocks.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn",
      year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    });
    clocks.set(zone, format);
  }
  return format;
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
export function offset(zone, moment) {
  const part = {};
  for (const { type, value } of clock(zone).formatToParts(moment)) part[type] = Number(value);
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - Math.floor(moment / 1000) * 1000;
}

// the moment at which a clock in the zone shows a full hour of the day
function hour(day, count, zone) {
  const wall = Date.parse(day) + count * 3_600_000;
  return wall - offset(zone, wall - offset(zone, wall));
}

/** Minutes that both share of one person's day: working (9 to 17), evening (17 to 22) and awake (9 to 22), each by their own clock. */
export function overlapOn(day, mine, theirs) {
  const shared = (from, to) => {
    const start = hour(day, from, mine);
    const end = hour(day, to, mine);
    let sum = 0;
    for (const days of [-1, 0, 1]) {
      const other = new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
      sum += Math.max(0, Math.min(end, hour(other, to, theirs)) - Math.max(start, hour(other, from, theirs)));
    }
    return Math.floor(sum / 60_000);
  };
  return { working: shared(dayStarts, workEnds), evening: shared(workEnds, eveningEnds), awake: shared(dayStarts, eveningEnds) };
}

/** Hours and minutes that the other one's clock is ahead of the visitor's, in minutes; negative when it is behind. */
export function ahead(mine, theirs, moment = Date.now()) {
  return Math.round((offset(theirs, moment) - offset(mine, moment)) / 60_000);
}
