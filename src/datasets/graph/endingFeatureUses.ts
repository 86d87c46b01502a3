import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { hunting } from '../hunting.ts';

const Row = z.object({
  DeviceId: z.string(),
  DeviceName: z.string().nullish(),
  Feature: z.enum(['vbscript', 'wmic', 'powershell2']),
  /** Starts and loads within 30 days. */
  Uses: z.int().min(1),
  LastUsed: z.string(),
  /** File name of the program that started it the last time. Its command line is not asked for: it may hold passwords. */
  StartedBy: z.string().nullish(),
});
export type EndingFeatureUse = z.infer<typeof Row>;

/** Scripts that come with Windows and Office: replacing them is Microsoft's work. */
const ownScripts = ['slmgr.vbs', 'ospp.vbs', 'winrm.vbs', 'gatherNetworkInfo.vbs', 'SyncAppvPublishingServer.vbs', 'manage-bde.wsf'];
/** Defender's own parts ask Windows in the same ways. */
const sensors = ['MsSense.exe', 'SenseIR.exe', 'SenseCncProxy.exe', 'SenseNdr.exe', 'SenseTVM.exe', 'MsMpEng.exe'];

const quoted = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
const columns = 'Timestamp, DeviceId, DeviceName, Feature, StartedBy=InitiatingProcessFileName';
const byOthers = `where not(InitiatingProcessFileName in~ (${quoted(sensors)}))`;
/** `powershell.exe -v 2`, `powershell /Version 2.0`: any beginning of the word, and only in the first place; further back it is meant for a script. */
const version2 = "matches regex @'(?i)powershell(\\.exe)?.? +[-/]v(e(r(s(i(on?)?)?)?)?)?[ :]+2(\\.0)?( |$)'";
/** Devices per feature, those that use it most; three features stay below what an answer may hold. */
const devicesPerFeature = 3000;

/** Version 2 has assemblies of its own, of whatever program loads them. */
const loads = [
  'DeviceImageLoadEvents',
  'where Timestamp > ago(30d)',
  "where FileName =~ 'vbscript.dll' or FileName in~ ('System.Management.Automation.dll', 'System.Management.Automation.ni.dll')",
  byOthers,
  `where not(InitiatingProcessCommandLine has_any (${quoted(ownScripts)}))`,
  "extend Feature=case(FileName =~ 'vbscript.dll', 'vbscript', FolderPath contains 'NativeImages_v2.' or FolderPath contains '1.0.0.0__31bf3856ad364e35', 'powershell2', '')",
  "where Feature != ''",
  `project ${columns}`,
].join(' | ');

/** The service sums up: a row per device and feature, whatever ran how often. */
export const endingFeatureUses = defineDataset({
  id: 'endingFeatureUses',
  about: 'Which devices used VBScript, WMIC or PowerShell 2.0 within 30 days, how often, and the name of a program that started them.',
  ...hunting(
    'DeviceProcessEvents',
    'where Timestamp > ago(30d)',
    "where FileName in~ ('wscript.exe', 'cscript.exe', 'wmic.exe', 'powershell.exe')",
    byOthers,
    `where not(ProcessCommandLine has_any (${quoted(ownScripts)}))`,
    `extend Feature=case(FileName =~ 'wmic.exe', 'wmic', FileName in~ ('wscript.exe', 'cscript.exe') and ProcessCommandLine matches regex @'(?i)\\.(vbs|vbe)\\b|:vbscript\\b', 'vbscript', FileName =~ 'powershell.exe' and ProcessCommandLine ${version2}, 'powershell2', '')`,
    "where Feature != ''",
    `project ${columns}`,
    `union (${loads})`,
    'summarize Uses=count(), arg_max(Timestamp, DeviceName, StartedBy) by DeviceId, Feature',
    'sort by Feature asc, Uses desc',
    'extend Place=row_number(1, prev(Feature) != Feature)',
    `where Place <= ${devicesPerFeature}`,
    'extend LastUsed=Timestamp',
    'project DeviceId, DeviceName, Feature, Uses, LastUsed, StartedBy',
  ),
  row: Row,
  keep: keepRows<EndingFeatureUse>(),
});
