/** What this program uses of the class Compliance Finding (2003) of OCSF 1.8.0 with the profile `cloud`. */
const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
const milliseconds = { type: 'integer', minimum: 1_000_000_000_000 };

function object(properties: Record<string, object>, required: readonly string[]) {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** An object of the standard that needs a name or an id. */
function entity(properties: Record<string, object>, required: readonly string[] = []) {
  return { ...object({ uid: text, name: text, ...properties }, required), anyOf: [{ required: ['uid'] }, { required: ['name'] }] };
}

export const ocsfSchema = object(
  {
    activity_id: { enum: [0, 1, 2, 3, 99] },
    activity_name: { enum: ['Create', 'Update', 'Close'] },
    category_uid: { const: 2 },
    category_name: { const: 'Findings' },
    class_uid: { const: 2003 },
    class_name: { const: 'Compliance Finding' },
    type_uid: { enum: [200_300, 200_301, 200_302, 200_303, 200_399] },
    type_name: text,
    severity_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
    severity: { enum: ['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical', 'Fatal'] },
    status_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
    status: { enum: ['New', 'In Progress', 'Suppressed', 'Resolved', 'Archived', 'Deleted'] },
    comment: text,
    message: text,
    time: milliseconds,
    timezone_offset: { type: 'integer' },
    cloud: object({ provider: text, account: entity({}) }, ['provider']),
    metadata: object(
      {
        version: { const: '1.8.0' },
        product: entity({ vendor_name: text, version: text }),
        profiles: { const: ['cloud'] },
        uid: text,
        tenant_uid: text,
        log_name: text,
        original_time: text,
        correlation_uid: text,
      },
      ['version', 'product'],
    ),
    finding_info: object(
      {
        uid: text,
        title: text,
        desc: text,
        types: texts,
        data_sources: texts,
        analytic: entity({ type_id: { enum: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99] }, type: text }, ['type_id']),
        first_seen_time: milliseconds,
        last_seen_time: milliseconds,
      },
      ['uid'],
    ),
    compliance: object(
      {
        control: text,
        requirements: texts,
        standards: { ...texts, minItems: 1 },
        desc: text,
        status_id: { enum: [0, 1, 2, 3, 99] },
        status: text,
        status_code: text,
        status_details: texts,
      },
      ['standards', 'control', 'status_id', 'status'],
    ),
    remediation: object({ desc: text, references: texts }, ['desc']),
    resources: { type: 'array', minItems: 1, items: entity({ type: text, data: {} }) },
    unmapped: { type: 'object' },
  },
  ['activity_id', 'category_uid', 'class_uid', 'cloud', 'compliance', 'finding_info', 'metadata', 'severity_id', 'time', 'type_uid'],
);
