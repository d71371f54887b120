import type { Install } from '../../src/domain/install.ts';
import { type Profile, profileSchema } from '../../src/domain/profile.ts';
import { toCode, toPage, toTable } from './markdown.ts';
import { toOptionsTable } from './options-table.ts';

export function profilesPage(profiles: Iterable<Profile>): string {
  return toPage(
    'Profiles',
    [
      'A profile is a file `profiles/<name>.yaml`. It says which commands the `command` gate runs in one kind of repository, and how what they need is installed.',
      toOptionsTable(profileSchema),
      'The profiles that come with Baton:',
    ].join('\n\n'),
    [...profiles].map(toSection),
  );
}

function toSection({ name, when, checks, install = [] }: Profile): string {
  const rows = Object.entries(checks).map(([check, source]) => [
    toCode(check),
    'command' in source ? toCode(source.command.trim().replaceAll(/\s*\n\s*/g, '; ')) : toScripts(source),
  ]);
  return [
    `## ${name}`,
    `Applies when the base commit has ${when.map(toCode).join(' or ')}.`,
    ...(rows.length === 0 ? [] : [toTable(['check', 'what is run'], rows)]),
    ...(install.length === 0
      ? []
      : [toTable(['lock file', 'how it is installed', 'into', 'from'], install.map(toRow))]),
  ].join('\n\n');
}

type Scripted = Exclude<Profile['checks'][string], { command: string }>;

function toScripts({ scripts, otherwise = [] }: Scripted): string {
  const others = otherwise.map((one) => `${toCode(one.command)} with ${toCode(one.package)}`).join(', ');
  const first = `the first of these scripts in the base commit's \`package.json\`: ${scripts.map(toCode).join(', ')}`;
  return others === '' ? first : `${first}; else ${others}`;
}

function toRow(install: Install): readonly string[] {
  const locks = install.locks.map(toCode).join(', ');
  if ('remedy' in install) {
    return [locks, `not: ${install.remedy}`, '', ''];
  }
  const { command, into, registry } = install;
  return [
    locks,
    toCode(command.trim().replaceAll(/\s+/g, ' ')),
    into.map(toCode).join(', '),
    registry.hosts.map(toCode).join(', '),
  ];
}
