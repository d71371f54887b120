import { type Profile, profileSchema } from '../../src/domain/profile.ts';
import { toCode, toPage, toTable } from './markdown.ts';
import { toOptionsTable } from './options-table.ts';

export function profilesPage(profiles: Iterable<Profile>): string {
  return toPage(
    'Profiles',
    [
      'A profile is a file `profiles/<name>.yaml`. It says which commands the `command` gate runs in one kind of repository.',
      toOptionsTable(profileSchema),
      'The profiles that come with Baton:',
    ].join('\n\n'),
    [...profiles].map(toSection),
  );
}

function toSection({ name, when, checks }: Profile): string {
  const rows = Object.entries(checks).map(([check, source]) => [
    toCode(check),
    'command' in source
      ? toCode(source.command)
      : `the first of these scripts in the base commit's \`package.json\`: ${source.scripts.map(toCode).join(', ')}`,
  ]);
  return [
    `## ${name}`,
    `Applies when the base commit has ${when.map(toCode).join(' or ')}.`,
    toTable(['check', 'what is run'], rows),
  ].join('\n\n');
}
