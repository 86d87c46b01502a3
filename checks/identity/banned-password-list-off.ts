import { groupSettings } from '../../src/datasets/graph/groupSettings.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

/** The template "Password Rule Settings" has this id in every tenant. */
const passwordRules = '5cf42378-d67d-4f36-ba46-e8b86229381d';

export default defineCheck({
  id: 'banned-password-list-off',
  title: 'Company-specific words are banned in passwords',
  failTitle: 'Company-specific words are allowed in passwords',
  why: 'The name of the company plus the year is the first guess in every password attack.',
  severity: 'medium',
  controls: [
    { framework: 'CIS M365 6.0', id: '5.2.3.2' },
    { framework: 'CIS M365 7.0', id: '5.2.3.2' },
    { framework: 'EIDSCA', id: 'PR03' },
  ],
  references: [
    {
      label: 'Configure custom banned passwords',
      url: 'https://learn.microsoft.com/entra/identity/authentication/tutorial-configure-custom-password-protection',
    },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'low',
    impact: 'Users cannot choose a password with one of the words when they change it next; present passwords stay.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Authentication methods, then Password protection.',
      'Set "Enforce custom list" to Yes and enter the names of the company, its products, places and brands, one per line.',
      'The command replaces the words that are there and needs settings that were saved once in the portal: with none, start there.',
    ],
    command:
      "$s = Get-MgGroupSetting -All | Where-Object TemplateId -eq '5cf42378-d67d-4f36-ba46-e8b86229381d'; foreach ($v in $s.Values) { if ($v.Name -eq 'EnableBannedPasswordCheck') { $v.Value = 'True' }; if ($v.Name -eq 'BannedPasswordList') { $v.Value = \"<word1>`t<word2>\" } }; Update-MgGroupSetting -GroupSettingId $s.Id -Values $s.Values",
    rollback: 'Set "Enforce custom list" to No.',
  },
  needs: { groupSettings },

  /** No settings object means that the defaults hold: no list. The words are counted, never shown. */
  evaluate({ groupSettings }) {
    const settings = groupSettings.find((one) => one.templateId?.toLowerCase() === passwordRules);
    const value = (name: string) => settings?.values.find((entry) => entry.name === name)?.value;
    const check = settings ? value('EnableBannedPasswordCheck')?.toLowerCase() : 'false';
    if (check !== 'true' && check !== 'false') {
      throw new UnknownEvidence(
        'The service did not say whether the list of banned passwords is enforced.',
        'Look under Authentication methods, Password protection in the Microsoft Entra admin center, save the page once, and scan again.',
      );
    }
    const words = (value('BannedPasswordList') ?? '').split('\t').filter((word) => word.trim() !== '').length;
    if (check === 'true' && words > 0) return failIfAny([], 1);
    const message = check === 'true' ? 'The list of banned passwords is enforced but empty.' : 'No list of banned passwords is enforced.';
    return failIfAny([{ subject: { type: 'groupSetting', id: settings?.id ?? passwordRules, name: 'Password Rule Settings' }, message, facts: { words } }], 1);
  },
});
