import type { CheckEgress } from '../../src/domain/check-egress.ts';
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
    'command' in source ? `${toCommand(source)}${toReach(source)}` : toScripts(source),
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
  const others = otherwise
    .map((one) =>
      'locks' in one
        ? `${toCommand(one)} with ${one.locks.map(toCode).join(' or ')}${toReach(one)}`
        : `${toCommand(one)} with ${toCode(one.package)}`,
    )
    .join(', ');
  if (scripts.length === 0) {
    return others;
  }
  const first = `the first of these scripts in the base commit's \`package.json\`: ${scripts.map(toCode).join(', ')}`;
  return others === '' ? first : `${first}; else ${others}`;
}

/** Line by line, because a cell of a table has none and a joint of lines is not always shell. */
function toCommand({ command }: { readonly command: string }): string {
  return command
    .trim()
    .split(/\s*\n\s*/)
    .map(toCode)
    .join('<br>');
}

/** Where it may reach, if anywhere. */
function toReach({ egress }: { readonly egress?: CheckEgress | undefined }): string {
  return egress === undefined
    ? ''
    : ` (asks ${egress.registry.hosts.map(toCode).join(', ')}, by the name ${toCode(egress.registry.name)})`;
}

function toRow(install: Install): readonly string[] {
  const locks = install.locks.map(toCode).join(', ');
  if ('remedy' in install) {
    return [locks, `not: ${install.remedy}`, '', ''];
  }
  const { into, registry } = install;
  return [locks, toCommand(install), into.map(toCode).join(', '), registry.hosts.map(toCode).join(', ')];
}
