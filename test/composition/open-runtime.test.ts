import { describe, expect, test } from 'vitest';
import { openRuntime } from '../../src/composition/open-runtime.ts';
import { acpAgentSchema } from '../../src/domain/acp-agent.ts';

const NOTHING = {
  recordings: null,
  provider: null,
  tools: [],
  runtimesDirectory: '/nowhere',
  acpAgent: null,
  contextTokens: 200_000,
};
const PROVIDER = { kind: 'openai-compatible', url: 'http://127.0.0.1:1/v1', key: null } as const;

describe('src/composition/open-runtime', () => {
  test('opens the runtime of that name', async () => {
    const replay = await openRuntime('replay', { ...NOTHING, recordings: '/recordings' });
    expect(replay).toHaveProperty('name', 'replay');
    expect(await openRuntime('ai-sdk', { ...NOTHING, provider: PROVIDER })).toHaveProperty('name', 'ai-sdk');
  });

  test('says that the agent cannot be asked with this provider, or is not installed', async () => {
    const acpAgent = acpAgentSchema.parse({ name: 'Mine', command: ['mine'], speaks: { anthropic: {} } });
    const settings = { ...NOTHING, provider: PROVIDER, acpAgent };
    await expect(openRuntime('acp', settings)).rejects.toThrow('Mine does not speak the API of openai');
    await expect(openRuntime('acp', { ...settings, acpAgent: null })).rejects.toThrow('runtimes install acp');
  });

  test.each([
    ['replay', 'Set BATON_REPLAY_DIR'],
    ['ai-sdk', 'Set BATON_PROVIDER'],
    ['claude', 'Install it with: npm run baton -- runtimes install claude'],
    ['codex', 'Install it with: npm run baton -- runtimes install codex'],
    ['acp', 'Set BATON_PROVIDER'],
    ['magic', 'there is no such runtime'],
  ])('says what is wrong with %s', async (name, words) => {
    await expect(openRuntime(name, NOTHING)).rejects.toThrow(words);
  });
});
