import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { hunting } from '../hunting.ts';

const Row = z.object({
  /** exposed, untold, updated, notApplicable. */
  State: z.string(),
  /** Only of exposed devices, and of 5,000 at most; the others come as one row per state. */
  DeviceId: z.string().nullish(),
  DeviceName: z.string().nullish(),
  Devices: z.int().min(1),
});
export type SecureBootState = z.infer<typeof Row>;

/** So that a large tenant stays below what an answer may hold. */
const named = 5000;
const isApplicable = 'tobool(IsApplicable)';
const isCompliant = 'tobool(IsCompliant)';

/**
 * Defender's own assessment, found by the name that Microsoft announced it under, for its number is not documented.
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsecureconfigurationassessment-table
 */
export const secureBootStates = defineDataset({
  id: 'secureBootStates',
  about: 'Which devices lack the Secure Boot certificates of 2023, and how many have them, as Defender assesses them.',
  ...hunting(
    'DeviceTvmSecureConfigurationAssessment',
    "join kind=inner (DeviceTvmSecureConfigurationAssessmentKB | where ConfigurationName contains 'Secure Boot 2023' | distinct ConfigurationId) on ConfigurationId",
    'summarize arg_max(Timestamp, DeviceName, IsApplicable, IsCompliant) by DeviceId, ConfigurationId',
    `extend State=case(${isApplicable} == false, 'notApplicable', ${isCompliant} == true, 'updated', ${isApplicable} == true and ${isCompliant} == false, 'exposed', 'untold')`,
    "summarize Exposed=countif(State == 'exposed'), Untold=countif(State == 'untold'), Updated=countif(State == 'updated'), DeviceName=max(DeviceName) by DeviceId",
    "extend State=case(Exposed > 0, 'exposed', Untold > 0, 'untold', Updated > 0, 'updated', 'notApplicable')",
    'sort by State asc, DeviceId asc',
    'extend Place=row_number(1, prev(State) != State)',
    `extend IsNamed=(State == 'exposed' and Place <= ${named})`,
    "extend DeviceId=iff(IsNamed, DeviceId, ''), DeviceName=iff(IsNamed, DeviceName, '')",
    'summarize Devices=count() by State, DeviceId, DeviceName',
    'project State, DeviceId, DeviceName, Devices',
  ),
  row: Row,
  keep: keepRows<SecureBootState>(),
});
