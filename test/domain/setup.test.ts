import { describe, expect, it } from 'vitest';
import type { AgentSettings } from '../../src/domain/agent-settings.ts';
import { roleSchema } from '../../src/domain/role.ts';
import { toPresentSetup, toSetup } from '../../src/domain/setup.ts';
import { anOffer } from '../support/offers.ts';

const OFFER = anOffer({
  runtimes: ['claude', 'ai-sdk'],
  otherRuntimes: ['codex'],
  models: {
    ...anOffer().models,
    opus: [
      { model: 'large', runtime: null },
      { model: 'larger', runtime: null },
      { model: 'gpt', runtime: 'codex' },
    ],
  },
  otherModels: [{ model: 'odd', runtime: null }],
  turns: 50,
});

function aRole(changes: object = {}) {
  return roleSchema.parse({ name: 'r', description: 'x', model: 'opus', brief: 'x', ...changes });
}

function namesOf(role: object, own: AgentSettings): readonly string[] | null {
  const setup = toSetup(aRole(role), own, OFFER);
  return setup?.candidates.map(({ runtime, model }) => `${runtime} ${model}`) ?? null;
}

const USUAL = ['claude large', 'claude larger', 'ai-sdk large', 'ai-sdk larger'];

describe('domain/setup', () => {
  it.each<[string, object, AgentSettings, readonly string[] | null]>([
    ["the operator's order where nobody chooses", {}, {}, USUAL],
    ["the role's runtime first", { runtime: 'ai-sdk' }, {}, [...USUAL.slice(2), ...USUAL.slice(0, 2)]],
    [
      "the repository's before the role's",
      { runtime: 'ai-sdk' },
      { runtime: 'codex' },
      ['codex gpt', ...USUAL],
    ],
    ['a tier of the repository', {}, { model: 'haiku' }, ['claude small', 'ai-sdk small']],
    ['a model by its name', {}, { model: 'odd' }, ['claude odd', 'ai-sdk odd']],
    [
      'no model for a runtime that has its own',
      {},
      { runtime: 'codex', model: 'odd' },
      ['claude odd', 'ai-sdk odd'],
    ],
    ['nothing that is not offered', {}, { model: 'dear' }, null],
    ['no runtime that is not offered', { runtime: 'magic' }, {}, USUAL],
  ])('asks %s', (_, role, own, expected) => {
    expect(namesOf(role, own)).toEqual(expected);
  });

  it('takes the least of all limits', () => {
    expect(toSetup(aRole({ turns: 30, minutes: 9 }), { turns: 40 }, OFFER)).toMatchObject({
      turns: 30,
      minutes: 9,
    });
    expect(toSetup(aRole({ minutes: 9 }), { turns: 900, minutes: 5 }, OFFER)).toMatchObject({
      turns: 50,
      minutes: 5,
    });
    expect(toSetup(aRole(), {}, OFFER)).not.toHaveProperty('minutes');
  });

  it('keeps what was fixed, without what the operator has taken away since', () => {
    const fixed = toSetup(aRole(), { runtime: 'codex', turns: 7 }, OFFER);
    expect(toPresentSetup(fixed, aRole(), OFFER)).toEqual(fixed);
    const later = { ...OFFER, runtimes: ['ai-sdk'], otherRuntimes: [] };
    expect(toPresentSetup(fixed, aRole(), later)).toEqual({
      candidates: [
        { runtime: 'ai-sdk', model: 'large' },
        { runtime: 'ai-sdk', model: 'larger' },
      ],
      turns: 7,
    });
    const other = { ...later, runtimes: ['other'] };
    expect(toPresentSetup(fixed, aRole(), other)?.candidates[0]).toEqual({
      runtime: 'other',
      model: 'large',
    });
    expect(toPresentSetup(null, aRole(), other)?.turns).toBe(50);
  });
});
