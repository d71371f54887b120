import { parse } from 'yaml';
import { compareTriggers } from './compare-triggers.ts';
import type { TextChange, Weakening } from './text-change.ts';
import { listSteps, toRecord } from './workflow-steps.ts';

/** Longer than any workflow is. Reading YAML that is made to be slow takes time in proportion to the square. */
const MAX_LENGTH = 32 * 1024;

/** A workflow of GitHub Actions that was switched off, or runs less often or less of it. */
export function findCi({ before, after }: TextChange): readonly Weakening[] {
  if (before === null) {
    return [];
  }
  if (after === null) {
    return [{ message: 'This workflow of CI was deleted.' }];
  }
  const [old, now] = [read(before), read(after)];
  if (now === null) {
    return [{ message: 'This workflow of CI cannot be read any more.' }];
  }
  return old === null
    ? []
    : [
        ...compareTriggers(old['on'], now['on']),
        ...compareJobs(toRecord(old['jobs']), toRecord(now['jobs'])),
      ];
}

type Fields = Readonly<Record<string, unknown>>;

function compareJobs(before: Fields, after: Fields): readonly Weakening[] {
  return Object.entries(before).flatMap(([name, job]) =>
    Object.hasOwn(after, name)
      ? compareJob(name, toRecord(job), toRecord(after[name]))
      : [{ message: `The job \`${name}\` was taken out.` }],
  );
}

function compareJob(name: string, before: Fields, after: Fields): readonly Weakening[] {
  const [old, now] = [listSteps(before), listSteps(after)];
  const commands = new Set(now.map(({ command }) => command));
  return [
    ...compareSwitches(`The job \`${name}\``, before, after),
    ...old
      .filter(({ command }) => command !== '' && !commands.has(command))
      .map(({ command }) => ({
        message: `The job \`${name}\` no longer runs \`${command.slice(0, 200)}\`.`,
      })),
    ...now.flatMap((step) => {
      const twin = old.find(({ key }) => key === step.key);
      return compareSwitches(`A step of \`${name}\``, twin?.fields ?? {}, step.fields);
    }),
  ];
}

/** A condition that was not there before, and a failure that no longer counts. */
function compareSwitches(what: string, before: Fields, after: Fields): readonly Weakening[] {
  const condition = toWords(after['if'], 'true');
  const mayFail = toWords(after['continue-on-error'], 'false');
  return [
    ...(condition !== 'true' && condition !== toWords(before['if'], 'true')
      ? [{ message: `${what} now runs only if \`${condition.slice(0, 200)}\`.` }]
      : []),
    ...(mayFail !== 'false' && mayFail !== toWords(before['continue-on-error'], 'false')
      ? [{ message: `${what} may now fail: \`continue-on-error\`.` }]
      : []),
  ];
}

function read(text: string): Fields | null {
  if (text.length > MAX_LENGTH) {
    return null;
  }
  try {
    const value: unknown = parse(text, { maxAliasCount: 100, prettyErrors: false });
    return typeof value === 'object' && value !== null ? toRecord(value) : null;
  } catch {
    return null;
  }
}

/** As it stands there, or what holds when it is not there. */
function toWords(value: unknown, absent: string): string {
  return value === undefined || value === null ? absent : JSON.stringify(value).replaceAll('"', '');
}
