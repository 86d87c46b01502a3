import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addSandbox } from '../../src/cli/serve.ts';

const written = vi.spyOn(console, 'log').mockImplementation(() => {});
afterEach(() => written.mockClear());

/** Runs `tidytenant sandbox` with these flags and stops it at once; what it printed. */
async function serve(...flags: string[]): Promise<{ code: number; lines: string[] }> {
  const root = new Command('tidytenant').exitOverride();
  let action: ((signal: AbortSignal) => Promise<number>) | undefined;
  addSandbox(root, (chosen) => {
    action = chosen;
  });
  await root.parseAsync(['node', 'tidytenant', 'sandbox', '--port', '0', ...flags]);
  const code = await action?.(AbortSignal.abort());
  return { code: code ?? -1, lines: written.mock.calls.map(([line]) => String(line)) };
}

describe('tidytenant sandbox', () => {
  it('says in one line what it served', async () => {
    const { code, lines } = await serve('--users', '60');
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe('Served 0 requests (0 refused with 429) and 0 bytes; at most 0 in flight at once.');
  });

  it('says it as JSON when asked to', async () => {
    const { lines } = await serve('--users', '60', '--json');
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ total: 0, throttled: 0, bytes: 0, mostInFlight: 0, byService: {} });
  });

  it('takes the sizes of a large tenant', async () => {
    const sizes = ['--users', '200000', '--devices', '150000', '--sign-ins', '1000000', '--service-principals', '5000', '--applications', '3000'];
    expect((await serve(...sizes, '--upn-style', 'numbered')).code).toBe(0);
  });

  it.each([
    [['--upn-style', 'short'], '--upn-style does not know "short".'],
    [['--sign-ins', '-1'], '--sign-ins takes a whole number'],
    [['--sign-ins', 'many'], '--sign-ins takes a whole number'],
    [['--service-principals', '1.5'], '--service-principals takes a whole number'],
  ])('%j is refused', async (flags, words) => {
    await expect(serve('--users', '60', ...flags)).rejects.toThrow(words);
  });
});
