import type { Renderer } from '../renderer.ts';

/** The run record itself: the contract other programs read (`docs/run-record.schema.json`). */
export default {
  format: 'json',
  mediaType: 'application/json',
  extension: '.json',
  fileName: 'run.json',
  render: (run) => `${JSON.stringify(run, null, 2)}\n`,
} satisfies Renderer;
