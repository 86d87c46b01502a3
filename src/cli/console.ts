import colors from 'picocolors';
import type { ProgressEvent } from '../collect/collect.ts';

/** Text that came from a tenant or a service, made harmless for a terminal: no control characters, no bidi tricks. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ');
}

/** Shows what is being read: one moving line on a terminal, one line per dataset elsewhere. Writes to stderr only. */
export function showProgress(stream: NodeJS.WriteStream): { event(event: ProgressEvent): void; end(): void } {
  const open = new Map<string, ProgressEvent>();
  let done = 0;
  let items = 0;
  const draw = () => {
    const busy = [...open.values()].map((each) => `${each.dataset}${each.items ? ` ${each.items}` : ''}`);
    const line = `  ${done} datasets read, ${items} rows${busy.length > 0 ? `; reading ${busy.join(', ')}` : ''}`;
    stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
  };
  return {
    event(event) {
      if (!event.done) open.set(event.dataset, event);
      else {
        open.delete(event.dataset);
        done += 1;
        items += event.items;
        if (!stream.isTTY) stream.write(`  ${event.dataset}: ${event.done === 'ok' ? `${event.items} rows` : `not read (${event.done})`}\n`);
      }
      if (stream.isTTY) draw();
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001b[2K');
    },
  };
}

/** Colours by severity and verdict; none where the terminal or NO_COLOR says so. */
export const paint = {
  critical: (text: string) => colors.bold(colors.red(text)),
  high: colors.red,
  medium: colors.yellow,
  low: colors.dim,
  good: colors.green,
  dim: colors.dim,
  bold: colors.bold,
} as const;
