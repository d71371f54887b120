import { describe, expect, it } from 'vitest';
import { acpAgentSchema, fillIn } from '../../src/domain/acp-agent.ts';

const AGENT = { name: 'Mine', command: ['mine'], speaks: { openai: {} } };
const GIVEN = { line: 'http://127.0.0.1:1', token: 'a "quoted" token', model: 'some-$&-model' };

describe('src/domain/acp-agent', () => {
  it.each([
    ['{line}/v1', 'http://127.0.0.1:1/v1'],
    ['{token}', 'a "quoted" token'],
    [{ '{model}': ['{token}', 1, true] }, '{"some-$&-model":["a \\"quoted\\" token",1,true]}'],
    ['{"a":{}}', '{"a":{}}'],
  ])('puts what is known at the start into %o', (value, filled) => {
    expect(fillIn(value, GIVEN)).toBe(filled);
  });

  it.each([
    [
      { ...AGENT, environment: { URL: '{lines}' } },
      'has {lines}, and there are only {line}, {token}, {model}',
    ],
    [{ ...AGENT, environment: { 'A B': '' } }, 'Invalid key in record'],
    [{ ...AGENT, speaks: {} }, 'must name anthropic, openai or both'],
    [{ ...AGENT, files: ['mine'] }, 'must be an absolute path'],
    [{ ...AGENT, hides: ['../other'] }, 'must be a glob below the root'],
    [{ ...AGENT, hides: ['/etc'] }, 'must be a glob below the root'],
  ])('takes no agent that is described as %o', (agent, problem) => {
    expect(acpAgentSchema.safeParse(agent).error?.issues.map(({ message }) => message)).toEqual([problem]);
  });
});
