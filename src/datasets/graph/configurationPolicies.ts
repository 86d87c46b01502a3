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
  /** Whether it opens documents in Application Guard; absent = it does not say. */
  applicationGuard?: string | number;
}

/** _0 off, _1 Edge, _2 Office, _3 both: https://learn.microsoft.com/windows/client-management/mdm/windowsdefenderapplicationguard-csp */
const applicationGuardSetting = 'device_vendor_msft_windowsdefenderapplicationguard_settings_allowwindowsdefenderapplicationguard';
const updateSetting = /^device_vendor_msft_policy_config_update_(\w+)$/;

/** Of the many policies of a tenant only those that set one of these are kept. */
export const configurationPolicies = defineDataset({
  id: 'configurationPolicies',
  about: 'Settings catalog policies, of which those about Windows Update and Application Guard are judged.',
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
      const guard = settings.find(({ settingInstance }) => settingInstance.settingDefinitionId === applicationGuardSetting)?.settingInstance;
      const applicationGuard = guard ? settingValue(guard) : undefined;
      if (Object.keys(updateSettings).length > 0 || applicationGuard !== undefined)
        kept.push({
          id: policy.id,
          name: name || policy.id,
          assignments: policy.assignments,
          updateSettings,
          ...(applicationGuard === undefined ? {} : { applicationGuard }),
        });
      return kept;
    },
  },
});

type Instance = z.infer<typeof Setting>['settingInstance'];

function settingOf(instance: Instance): [string, string | number][] {
  const name = updateSetting.exec(instance.settingDefinitionId)?.[1];
  const value = name ? settingValue(instance) : undefined;
  return name && value !== undefined ? [[name, value]] : [];
}

/** A choice as its option. */
function settingValue({ settingDefinitionId, simpleSettingValue, choiceSettingValue }: Instance): string | number | undefined {
  const value = simpleSettingValue?.value ?? choiceSettingValue?.value?.replace(`${settingDefinitionId}_`, '');
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
