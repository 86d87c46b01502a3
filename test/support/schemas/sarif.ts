/** What this program uses of SARIF 2.1.0 (OASIS, errata 01), stricter than the standard where it gives a choice. */
const text = { type: 'string', minLength: 1 };
const index = { type: 'integer', minimum: 0 };
const bag = { type: 'object' };
const message = object({ text }, ['text']);
const strings = { type: 'array', items: text, uniqueItems: true };

function object(properties: Record<string, object>, required: readonly string[]) {
  return { type: 'object', properties, required, additionalProperties: false };
}

const rule = object(
  {
    id: text,
    name: { type: 'string', pattern: '^[A-Z][A-Za-z0-9]+$' },
    shortDescription: message,
    fullDescription: message,
    help: object({ text, markdown: text }, ['text', 'markdown']),
    helpUri: { type: 'string', format: 'uri' },
    defaultConfiguration: object({ level: { enum: ['error', 'warning', 'note'] } }, ['level']),
    properties: {
      type: 'object',
      // GitHub: a number as text from 0.0 to 10.0, and at most ten tags are shown.
      properties: { tags: { ...strings, maxItems: 10 }, 'security-severity': { type: 'string', pattern: '^(\\d\\.\\d|10\\.0)$' } },
      required: ['tags', 'security-severity'],
    },
  },
  ['id', 'name', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration', 'properties'],
);

const notification = object(
  {
    level: { enum: ['none', 'note', 'warning', 'error'] },
    message,
    descriptor: object({ id: text }, ['id']),
    associatedRule: object({ id: text, index }, ['id', 'index']),
  },
  ['level', 'message', 'descriptor'],
);

const location = object(
  {
    physicalLocation: object(
      { artifactLocation: object({ uri: { type: 'string', format: 'uri-reference' } }, ['uri']), region: object({ startLine: { const: 1 } }, ['startLine']) },
      ['artifactLocation', 'region'],
    ),
    logicalLocations: {
      type: 'array',
      minItems: 1,
      items: object({ name: text, fullyQualifiedName: text, kind: { const: 'resource' } }, ['name', 'fullyQualifiedName', 'kind']),
    },
  },
  ['physicalLocation', 'logicalLocations'],
);

const result = {
  ...object(
    {
      ruleId: text,
      ruleIndex: index,
      kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
      level: { enum: ['none', 'note', 'warning', 'error'] },
      message,
      locations: { type: 'array', minItems: 1, maxItems: 1000, items: location },
      partialFingerprints: { type: 'object', additionalProperties: text, required: ['primaryLocationLineHash'] },
      suppressions: {
        type: 'array',
        items: object({ kind: { enum: ['inSource', 'external'] }, status: { enum: ['accepted', 'underReview', 'rejected'] }, justification: text }, ['kind']),
      },
      properties: bag,
    },
    ['ruleId', 'ruleIndex', 'kind', 'level', 'message', 'locations', 'partialFingerprints', 'suppressions'],
  ),
  // 3.27.10: a result that is no failure has the level "none", and no other has.
  anyOf: [
    { properties: { kind: { const: 'fail' }, level: { not: { const: 'none' } } } },
    { properties: { kind: { not: { const: 'fail' } }, level: { const: 'none' } } },
  ],
};

const run = object(
  {
    tool: object({ driver: object({ name: text, version: text, rules: { type: 'array', items: rule, uniqueItems: true } }, ['name', 'rules']) }, ['driver']),
    automationDetails: object({ id: { type: 'string', pattern: '^tidytenant/[^/]+/[^/]+$' } }, ['id']),
    invocations: {
      type: 'array',
      items: object(
        {
          executionSuccessful: { type: 'boolean' },
          startTimeUtc: { type: 'string', format: 'date-time' },
          endTimeUtc: { type: 'string', format: 'date-time' },
          toolExecutionNotifications: { type: 'array', items: notification },
          toolConfigurationNotifications: { type: 'array', items: notification },
        },
        ['executionSuccessful'],
      ),
    },
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    results: { type: 'array', items: result, maxItems: 25_000 },
    properties: bag,
  },
  ['tool', 'results'],
);

export const sarifSchema = object(
  { $schema: { type: 'string', format: 'uri' }, version: { const: '2.1.0' }, runs: { type: 'array', items: run, minItems: 1, maxItems: 20 } },
  ['$schema', 'version', 'runs'],
);
