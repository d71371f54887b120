import { type Finding, fail } from '../composition/preflight/check.ts';
import { CHECKS } from '../composition/preflight/checks.ts';
import { runChecks } from '../composition/preflight/run-checks.ts';
import { toPatient } from '../composition/preflight/to-patient.ts';
import { useProxy } from '../composition/use-proxy.ts';
import { SettingsError } from '../config/fault.ts';
import { listSecrets } from '../config/list-secrets.ts';
import { readSettings } from '../config/read-settings.ts';
import type { Settings } from '../config/settings.ts';
import { createMask } from '../telemetry/create-mask.ts';
import type { CliCommand } from './command-line.ts';
import { readArguments } from './read-arguments.ts';

export const command: CliCommand = {
  usage: '[--json]',
  summary: 'looks whether a server can work here: files, git, database, sandbox, GitHub App, clock and more',
  async run(args, print) {
    const { flags } = readArguments(args, { flags: ['json'], mostWords: 0 });
    const { findings, mask } = await examine();
    const failed = findings.some(({ level }) => level === 'fail');
    const lines = flags.has('json')
      ? [JSON.stringify({ ok: !failed, findings }, null, 2)]
      : findings.flatMap(toLines);
    for (const line of lines) {
      print(mask(line));
    }
    return failed ? 1 : 0;
  },
};

interface Examined {
  readonly findings: readonly Finding[];
  /** Hides whatever could have slipped into a message. */
  readonly mask: (text: string) => string;
}

async function examine(): Promise<Examined> {
  const settings = readOrFaults();
  if (Array.isArray(settings)) {
    return { findings: [...settings, ...(await runChecks(CHECKS, null))], mask: createMask([]) };
  }
  useProxy(settings.proxy);
  const opened = toPatient(settings, null);
  try {
    const findings = await runChecks(CHECKS, opened.patient);
    return {
      findings: [{ check: 'settings', level: 'ok', text: 'all are valid' }, ...findings],
      mask: createMask(listSecrets(settings)),
    };
  } finally {
    await opened.close();
  }
}

function readOrFaults(): Settings | Finding[] {
  try {
    return readSettings();
  } catch (error) {
    if (!(error instanceof SettingsError)) {
      throw error;
    }
    return error.faults.map(({ name, problem, remedy }) => ({
      ...fail(`${name} ${problem}`, remedy),
      check: 'settings',
    }));
  }
}

const MARKS = { ok: 'OK  ', warn: 'WARN', fail: 'FAIL' } as const;

function toLines(finding: Finding): readonly string[] {
  const line = `${MARKS[finding.level]} ${finding.check}: ${finding.text}`;
  return finding.level === 'ok' ? [line] : [line, `     ${finding.remedy}`];
}
