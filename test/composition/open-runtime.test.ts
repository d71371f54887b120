import { describe, expect, test } from 'vitest';
import { openRuntime } from '../../src/composition/open-runtime.ts';

const PROVIDER = { kind: 'openai-compatible', url: 'http://127.0.0.1:1/v1', key: null } as const;

describe('src/composition/open-runtime', () => {
  test('opens the runtime that was chosen', async () => {
    const replay = { kind: 'replay', directory: '/recordings' } as const;
    expect(
      await openRuntime({ runtime: replay, provider: null, tools: [], runtimesDirectory: '/nowhere' }),
    ).toHaveProperty('name', 'replay');
    const named = { kind: 'named', name: 'ai-sdk' } as const;
    expect(
      await openRuntime({ runtime: named, provider: PROVIDER, tools: [], runtimesDirectory: '/nowhere' }),
    ).toHaveProperty('name', 'ai-sdk');
  });

  test.each([
    ['ai-sdk', 'Set BATON_PROVIDER'],
    ['claude', 'Install it with: npm run baton -- runtimes install claude'],
    ['codex', 'Install it with: npm run baton -- runtimes install codex'],
    ['magic', 'there is no such runtime'],
  ])('says what is wrong with %s', async (name, words) => {
    await expect(
      openRuntime({
        runtime: { kind: 'named', name },
        provider: null,
        tools: [],
        runtimesDirectory: '/nowhere',
      }),
    ).rejects.toThrow(words);
  });
});
