import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/registry.gen.ts';
import type { Command } from '../../src/domain/command.ts';

const all: readonly Command[] = commands;

function parse(name: string, text: string) {
  const command = all.find((candidate) => candidate.name === name);
  if (command === undefined) {
    throw new Error(`no command ${name}`);
  }
  return command.parse(text);
}

describe('src/commands', () => {
  it.each(all)('$name understands its own examples', (command) => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) {
      const words = example.replace(`/baton ${command.name}`, '').trim();
      expect(example.startsWith(`/baton ${command.name}`)).toBe(true);
      expect(command.parse(words)).toHaveProperty('ask');
    }
  });

  it('asks for triage to read, for write to act, and for maintain to spend more', () => {
    expect(Object.fromEntries(all.map((command) => [command.name, command.requires]))).toEqual({
      approve: 'write',
      budget: 'maintain',
      cancel: 'write',
      choose: 'write',
      debt: 'triage',
      explain: 'triage',
      help: 'triage',
      pause: 'write',
      reject: 'write',
      resume: 'write',
      retry: 'write',
      rollback: 'write',
      run: 'write',
      status: 'triage',
    });
  });

  it.each([
    ['choose', '2', { kind: 'choose', option: 2 }],
    ['budget', '+5', { kind: 'budget', amount: { unit: 'usd', value: 5 } }],
    ['budget', '+ $2.50', { kind: 'budget', amount: { unit: 'usd', value: 2.5 } }],
    ['budget', '+500,000 tokens', { kind: 'budget', amount: { unit: 'tokens', value: 500_000 } }],
    ['rollback', 'Architecture', { kind: 'rollback', step: 'architecture', guidance: '' }],
    ['rollback', 'test_definition', { kind: 'rollback', step: 'test-definition', guidance: '' }],
    ['rollback', 'gates  Try again.', { kind: 'rollback', step: 'gates', guidance: 'Try again.' }],
    ['pause', 'The release first.', { kind: 'pause', reason: 'The release first.' }],
    ['resume', '', { kind: 'resume' }],
    ['explain', '', { kind: 'explain' }],
    ['help', '', { kind: 'help', topic: null }],
    ['help', 'Approve', { kind: 'help', topic: 'approve' }],
    ['run', '', { kind: 'start', workflow: null }],
    ['run', 'feature', { kind: 'start', workflow: 'feature' }],
    ['run', 'review 1A2B3C4', { kind: 'start', workflow: 'review', commit: '1a2b3c4' }],
    ['run', `review ${'a'.repeat(40)}`, { kind: 'start', workflow: 'review', commit: 'a'.repeat(40) }],
    ['status', '', { kind: 'status' }],
    ['debt', '', { kind: 'debt' }],
    ['approve', '', { kind: 'approve', digest: null }],
    ['approve', '3F9C21', { kind: 'approve', digest: '3f9c21' }],
    ['approve', '3f9c21a07b4e', { kind: 'approve', digest: '3f9c21a07b4e' }],
    ['reject', 'Keep it.', { kind: 'reject', reason: 'Keep it.' }],
    ['retry', '', { kind: 'retry', guidance: '' }],
    ['retry', 'Try harder', { kind: 'retry', guidance: 'Try harder' }],
    ['cancel', '', { kind: 'cancel', reason: '' }],
    ['cancel', 'Not needed', { kind: 'cancel', reason: 'Not needed' }],
  ])('%s "%s" is understood', (name, text, ask) => {
    expect(parse(name, text)).toEqual({ ask });
  });

  it.each([
    ['run', '--branch=--upload-pack=x'],
    ['run', '$(id)'],
    ['run', 'feature;id'],
    ['run', 'feature other'],
    ['run', 'review 1a2b3c'],
    ['run', `review ${'a'.repeat(41)}`],
    ['run', 'review 1a2b3c4 now'],
    ['run', '../feature'],
    ['run', 'a'.repeat(65)],
    ['approve', '3f9c2'],
    ['approve', '3f9c21a07b4e0'],
    ['approve', 'looks good'],
    ['status', 'now'],
    ['help', 'two words'],
    ['reject', ''],
    ['reject', 'a\u0000b'],
    ['reject', 'a\u001b[31mb'],
    ['reject', 'x'.repeat(1001)],
    ['retry', 'x'.repeat(1001)],
    ['retry', 'a\u0007'],
    ['cancel', 'a\u0085b'],
  ])('%s refuses %j', (name, text) => {
    expect(parse(name, text)).toEqual({ problem: expect.stringMatching(/\w+/) });
  });

  it.each([
    ['run', '$(id)'],
    ['run', 'review head'],
    ['approve', 'yes'],
    ['reject', ''],
    ['status', 'now'],
    ['help', '?'],
  ])('%s says with an example what is right', (name, text) => {
    const parsed = parse(name, text);
    expect('problem' in parsed && parsed.problem).toContain(`/baton ${name}`);
  });
});
