import { describe, expect, it } from 'vitest';
import { parseRepositorySettings } from '../../src/catalog/parse-repository-settings.ts';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { anOffer } from '../support/offers.ts';

/** What is wrong with these members of a team. */
function faultsOf(members: string): readonly string[] {
  const { faults } = parseRepositorySettings(
    { path: '.github/baton.yml', text: `team:\n  members:\n${members}` },
    {
      subjects: new Map([['feature', 'issue']]),
      choosable: { roles: new Map(), offer: anOffer() },
      members: PLUG_INS.members,
    },
  );
  return faults.map(({ message }) => message);
}

describe('src/catalog/check-team', () => {
  it('refuses what means nothing for a member that starts no runs, all of it together', () => {
    expect(
      faultsOf(
        '    project_manager: { autoApprove: true, workflow: feature, atOnce: 2 }\n    nobody: { every: 5m }\n',
      ),
    ).toEqual([
      "project-manager starts no runs, so 'autoApprove' means nothing there",
      "project-manager starts no runs, so 'workflow' means nothing there",
      "project-manager starts no runs, so 'atOnce' means nothing there",
      "there is no member 'nobody' of a team",
    ]);
  });

  it.each(['architect', 'assistant', 'code-developer', 'code-searcher', 'ux-design-expert'])(
    'takes the same for %s, who does',
    (name) => {
      expect(faultsOf(`    ${name}: { autoApprove: true, workflow: feature, atOnce: 2 }\n`)).toEqual([]);
    },
  );
});
