import check from '../../../checks/identity/banned-password-list-off.ts';
import { checkTable } from '../../support/check-table.ts';

const passwordRules = '5cf42378-d67d-4f36-ba46-e8b86229381d';

function settings(enabled: string | null, list: string | null) {
  const values = [
    { name: 'EnableBannedPasswordCheck', value: enabled },
    { name: 'BannedPasswordList', value: list },
  ];
  return { groupSettings: [{ id: 's1', displayName: 'Password Rule Settings', templateId: passwordRules, values }] };
}

checkTable(check, [
  { it: 'passes when words are banned', evidence: settings('True', 'contoso\tfabrikam'), expect: { pass: 1 } },
  { it: 'fails when the list is empty', evidence: settings('True', ''), expect: { fail: ['s1'] } },
  { it: 'fails when the list is null', evidence: settings('true', null), expect: { fail: ['s1'] } },
  { it: 'fails when the list is not enforced', evidence: settings('False', 'contoso'), expect: { fail: ['s1'] } },
  { it: 'fails without settings, because the default is off', evidence: { groupSettings: [] }, expect: { fail: [passwordRules] } },
  {
    it: 'ignores other settings',
    evidence: { groupSettings: [{ id: 'g', displayName: 'Group.Unified', templateId: '62375ab9-6b52-47ed-826b-58e47e0e304b', values: [] }] },
    expect: { fail: [passwordRules] },
  },
  { it: 'is unknown when the switch is null', evidence: settings(null, 'contoso'), expect: 'unknown' },
  { it: 'is unknown for a value that is not a switch', evidence: settings('maybe', 'contoso'), expect: 'unknown' },
]);
