/** One line of a calendar before it is folded. */
export type Property = string & { readonly calendarLine: unique symbol };

/** `value` is escaped already, by `text` where it is text. */
export function property(name: string, value: string): Property {
  return `${name}:${value}` as Property;
}

/** Text as a value. Line breaks stay, as `\n`; other control characters must be gone before. */
export function text(value: string): string {
  return value.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** A calendar of the given lines, RFC 5545. */
export function icsText(lines: readonly Property[]): string {
  const all = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'CALSCALE:GREGORIAN', ...lines, 'END:VCALENDAR'];
  return all.map((line) => `${fold(line)}\r\n`).join('');
}

const longestLine = 75;

/** Lines of at most 75 octets, each further one with a space in front; no character is cut in two. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > longestLine) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
