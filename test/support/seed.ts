import fc from 'fast-check';

/**
 * Properties are tried with the same cases everywhere, so that a change is judged by what it changes.
 * `SEED=$RANDOM npx vitest run` tries others; what it finds becomes a case of its own.
 */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 365) });
