/** What this program uses of the assessment results of OSCAL 1.2 (NIST). */
const uuid = { type: 'string', pattern: '^[\\da-fA-F]{8}-[\\da-fA-F]{4}-[45][\\da-fA-F]{3}-[89ABab][\\da-fA-F]{3}-[\\da-fA-F]{12}$' };
const string = { type: 'string', pattern: '^\\S(.*\\S)?$' };
const token = { type: 'string', pattern: '^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$' };
const line = { type: 'string', pattern: '^[^\\n]+$' };
const markup = { type: 'string', minLength: 1 };
const time = { type: 'string', format: 'date-time', pattern: 'Z$' };
const link = object({ href: { type: 'string', format: 'uri-reference' }, rel: token, text: line }, ['href']);
const props = many(object({ name: token, ns: { type: 'string', format: 'uri' }, value: string }, ['name', 'value']));
const origin = object({ actors: many(object({ type: { enum: ['tool', 'assessment-platform', 'party'] }, 'actor-uuid': uuid }, ['type', 'actor-uuid'])) }, [
  'actors',
]);
const relatedObservations = many(object({ 'observation-uuid': uuid }, ['observation-uuid']));
const controls = many(object({ 'control-id': token }, ['control-id']));

function object(properties: Record<string, object>, required: readonly string[]) {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** Lists of OSCAL are absent or filled, never empty. */
function many(items: object) {
  return { type: 'array', minItems: 1, items };
}

const selection = {
  ...object({ description: markup, props, 'include-all': object({}, []), 'include-controls': controls, 'exclude-controls': controls }, []),
  oneOf: [{ required: ['include-all'] }, { required: ['include-controls'] }],
};

const observation = object(
  {
    uuid,
    title: line,
    description: markup,
    props,
    links: many(link),
    methods: many({ enum: ['EXAMINE', 'INTERVIEW', 'TEST', 'UNKNOWN'] }),
    types: many({ enum: ['ssp-statement-issue', 'control-objective', 'mitigation', 'discovery', 'historic'] }),
    origins: many(origin),
    subjects: many(object({ 'subject-uuid': uuid, type: { const: 'inventory-item' }, title: line, props, remarks: markup }, ['subject-uuid', 'type'])),
    collected: time,
  },
  ['uuid', 'description', 'methods', 'collected'],
);

const risk = object(
  {
    uuid,
    title: line,
    description: markup,
    statement: markup,
    props,
    status: { enum: ['open', 'investigating', 'remediating', 'deviation-requested', 'deviation-approved', 'closed'] },
    origins: many(origin),
    characterizations: many(
      object({ origin, facets: many(object({ name: token, system: { type: 'string', format: 'uri' }, value: string }, ['name', 'system', 'value'])) }, [
        'origin',
        'facets',
      ]),
    ),
    remediations: many(
      object({ uuid, lifecycle: { enum: ['recommendation', 'planned', 'completed'] }, title: line, description: markup, props, remarks: markup }, [
        'uuid',
        'lifecycle',
        'title',
        'description',
      ]),
    ),
    'related-observations': relatedObservations,
  },
  ['uuid', 'title', 'description', 'statement', 'status'],
);

const finding = object(
  {
    uuid,
    title: line,
    description: markup,
    props,
    origins: many(origin),
    target: object(
      {
        type: { enum: ['statement-id', 'objective-id'] },
        'target-id': token,
        status: object({ state: { enum: ['satisfied', 'not-satisfied'] }, reason: { enum: ['pass', 'fail', 'other'] } }, ['state']),
      },
      ['type', 'target-id', 'status'],
    ),
    'related-observations': relatedObservations,
    'related-risks': many(object({ 'risk-uuid': uuid }, ['risk-uuid'])),
  },
  ['uuid', 'title', 'description', 'target'],
);

const component = object(
  {
    uuid,
    type: string,
    title: line,
    description: markup,
    props,
    status: object({ state: { enum: ['under-development', 'operational', 'disposition', 'other'] } }, ['state']),
  },
  ['uuid', 'type', 'title', 'description', 'status'],
);

const result = object(
  {
    uuid,
    title: line,
    description: markup,
    start: time,
    end: time,
    props,
    'local-definitions': object(
      {
        'inventory-items': many(object({ uuid, description: markup, props }, ['uuid', 'description'])),
        'assessment-assets': object(
          {
            components: many(component),
            'assessment-platforms': many(
              object({ uuid, title: line, 'uses-components': many(object({ 'component-uuid': uuid }, ['component-uuid'])) }, ['uuid']),
            ),
          },
          ['assessment-platforms'],
        ),
      },
      [],
    ),
    'reviewed-controls': object({ 'control-selections': many(selection), remarks: markup }, ['control-selections']),
    observations: many(observation),
    risks: many(risk),
    findings: many(finding),
  },
  ['uuid', 'title', 'description', 'start', 'reviewed-controls'],
);

const metadata = object(
  {
    title: line,
    'last-modified': time,
    version: string,
    'oscal-version': { const: '1.2.1' },
    parties: many(object({ uuid, type: { enum: ['person', 'organization'] }, name: string, props }, ['uuid', 'type'])),
  },
  ['title', 'last-modified', 'version', 'oscal-version'],
);

export const oscalSchema = object(
  {
    'assessment-results': object(
      {
        uuid,
        metadata,
        'import-ap': object({ href: { type: 'string', format: 'uri-reference' }, remarks: markup }, ['href']),
        results: many(result),
        'back-matter': object({ resources: many(object({ uuid, title: line, description: markup }, ['uuid'])) }, []),
      },
      ['uuid', 'metadata', 'import-ap', 'results'],
    ),
  },
  ['assessment-results'],
);
