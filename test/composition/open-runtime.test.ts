import { describe, expect, test } from 'vitest';
import { openRuntime } from '../../src/composition/open-runtime.ts';

const NOTHING = {
  recordings: null,
  provider: null,
  tools: [],
  runtimesDirectory: '/nowhere',
  contextTokens: 200_000,
};
const PROVIDER = { kind: 'openai-compatible', url: 'http://127.0.0.1:1/v1', key: null } as const;

describe('src/composition/open-runtime', () => {
  test('opens the runtime of that name', async () => {
    const replay = await openRuntime('replay', { ...NOTHING, recordings: '/recordings' });
    expect(replay).toHaveProperty('name', 'replay');
    expect(await openRuntime('ai-sdk', { ...NOTHING, provider: PROVIDER })).toHaveProperty('name', 'ai-sdk');
  });

  test.each([
    ['replay', 'Set BATON_REPLAY_DIR'],
    ['ai-sdk', 'Set BATON_PROVIDER'],
    ['claude', 'Install it with: npm run baton -- runtimes install claude'],
    ['codex', 'Install it with: npm run baton -- runtimes install codex'],
    ['magic', 'there is no such runtime'],
  ])('says what is wrong with %s', async (name, words) => {
    await expect(openRuntime(name, NOTHING)).rejects.toThrow(words);
  });
});
