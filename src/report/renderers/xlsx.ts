import type { Renderer } from '../renderer.ts';
import { runTables } from '../run-tables.ts';
import { workbook } from '../workbook.ts';

/** The run as a workbook (ECMA-376), to filter and to plan with. */
export default {
  format: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: '.xlsx',
  fileName: 'report.xlsx',
  onRequest: true,
  render: (run, options) => workbook(runTables(run, options)),
} satisfies Renderer;
