import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { AssignmentTarget } from '../assignments.ts';
import { intunePlans } from '../intune.ts';

const Setting = z.object({
  settingInstance: z.object({
    settingDefinitionId: z.string(),
    /** A number or a text. */
    simpleSettingValue: z.object({ value: z.unknown() }).nullish(),
    /** `<definition id>_<option>`. */
    choiceSettingValue: z.object({ value: z.string().nullish() }).nullish(),
  }),
});

const Row = z.object({
  id: z.string(),
  name: z.string().nullish(),
  assignments: z.array(z.object({ target: AssignmentTarget.nullish() })),
  settings: z.array(Setting),
});

/** A settings catalog policy, with those of its settings that are judged. */
export interface CatalogPolicy {
  id: string;
  name: string;
  assignments: z.infer<typeof Row>['assignments'];
  /** By what follows `device_vendor_msft_policy_config_update_`; a choice as its option. */
  updateSettings: Record<string, string | number>;
}

const updateSetting = /^device_vendor_msft_policy_config_update_(\w+)$/;

/** Of the many policies of a tenant only those that set something about Windows Update are kept. */
export const configurationPolicies = defineDataset({
  id: 'configurationPolicies',
  about: 'Settings catalog policies, of which those about Windows Update are judged.',
  source: 'graph',
  path: '/deviceManagement/configurationPolicies',
  beta: { because: 'the settings catalog is only in beta' },
  select: ['id', 'name'],
  expand: 'assignments,settings',
  permissions: ['DeviceManagementConfiguration.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: {
    start: (): CatalogPolicy[] => [],
    add: (kept, { settings, name, ...policy }) => {
      const updateSettings = Object.fromEntries(settings.flatMap(({ settingInstance }) => settingOf(settingInstance)));
      if (Object.keys(updateSettings).length > 0) kept.push({ id: policy.id, name: name || policy.id, assignments: policy.assignments, updateSettings });
      return kept;
    },
  },
});

function settingOf({ settingDefinitionId, simpleSettingValue, choiceSettingValue }: z.infer<typeof Setting>['settingInstance']): [string, string | number][] {
  const name = updateSetting.exec(settingDefinitionId)?.[1];
  if (!name) return [];
  const value = simpleSettingValue?.value ?? choiceSettingValue?.value?.replace(`${settingDefinitionId}_`, '');
  return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
}
