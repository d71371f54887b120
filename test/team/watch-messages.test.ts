import { describe, expect, it } from 'vitest';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import { watchMessages } from '../../src/team/watch-messages.ts';
import { useStores } from '../store/test-store.ts';
import { SILENT } from '../support/examples.ts';
import { createMovableClock } from '../support/movable-clock.ts';

const HOUR_MS = 60 * 60_000;
const REPOSITORY = { id: 901, owner: 'acme', name: 'orders', installationId: 1 };

describe('src/team/watch-messages', () => {
  const stores = useStores();

  it('names members that wait for each other after the hours of the repository, and raises what they wait for', async () => {
    const clock = createMovableClock();
    const store = await stores.open();
    const records = store.teamRecords(clock);
    const messages = store.messages({ clock, maxQueueSize: 100 });
    await records.saveRepository(REPOSITORY, teamSettingsSchema.parse({ enabled: true, stallHours: 2 }), '');
    const warnings: string[] = [];
    const log = { ...SILENT, warn: (_: object, words: string) => void warnings.push(words) };
    function tell(sender: string, recipient: string) {
      return { key: sender, repositoryId: REPOSITORY.id, sender, recipient, type: 'question', priority: 5 };
    }
    await messages.send([
      tell('architect', 'assistant'),
      tell('assistant', 'code-developer'),
      tell('code-developer', 'architect'),
      // Told by somebody for whom nobody waits.
      tell('project-manager', 'architect'),
    ]);

    clock.move(HOUR_MS);
    await watchMessages({ records, messages, log });
    expect(warnings).toEqual([]);
    clock.move(HOUR_MS);
    await watchMessages({ records, messages, log });
    expect(warnings).toEqual([
      'members wait for each other: architect > assistant > code-developer > architect; what they wait for is raised',
    ]);
    const taking = { repositoryId: REPOSITORY.id, taker: 'one', limit: 10 };
    const taken = await messages.take({ ...taking, recipient: 'architect' });
    expect(taken.map(({ sender, priority }) => [sender, priority])).toEqual([
      ['code-developer', 4],
      ['project-manager', 4],
    ]);
  });
});
