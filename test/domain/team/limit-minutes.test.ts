import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog/read-catalog.ts';
import { limitMinutes } from '../../../src/domain/team/limit-minutes.ts';
import { teamSettingsSchema } from '../../../src/domain/team/team-settings.ts';

const defined = (await readCatalog({ directory: '.' })).define('write-spec');
const candidates = [{ runtime: 'replay', model: 'any' }];
const definition = { ...defined, setups: { architect: { candidates, turns: 9, minutes: 20 } } };
const team = teamSettingsSchema.parse({ members: { architect: { minutes: 5 }, assistant: { minutes: 90 } } });

test.each([
  ['architect', 5],
  ['assistant', 20],
  ['code-developer', 20],
  [undefined, 20],
])('src/domain/team/limit-minutes: a run of %s', (member, minutes) => {
  expect(limitMinutes(definition, { member }, { team }).setups?.['architect']?.minutes).toBe(minutes);
});
