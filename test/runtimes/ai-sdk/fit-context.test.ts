import type { ModelMessage } from 'ai';
import { describe, expect, test } from 'vitest';
import { fitContext } from '../../../src/runtimes/ai-sdk/fit-context.ts';

function call(id: number): ModelMessage {
  return {
    role: 'assistant',
    content: [{ type: 'tool-call', toolCallId: String(id), toolName: 'read', input: {} }],
  };
}

function result(id: number, length: number): ModelMessage {
  const output = { type: 'text', value: `${id}`.padEnd(length, 'x') } as const;
  return {
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId: String(id), toolName: 'read', output }],
  };
}

/** A brief, and calls with results of that length. */
function talk(calls: number, length: number): readonly ModelMessage[] {
  const turns = Array.from({ length: calls }, (_, id) => [call(id), result(id, length)]).flat();
  return [{ role: 'user', content: 'y'.repeat(1000) }, ...turns];
}

/** Calls and results in their order. */
function idsOf(messages: readonly ModelMessage[]): readonly string[] {
  return messages.flatMap(({ content }) =>
    typeof content === 'string'
      ? []
      : content.map((part) => `${part.type} ${'toolCallId' in part ? part.toolCallId : ''}`),
  );
}

/** Lengths of the results. */
function lengthsOf(messages: readonly ModelMessage[]): readonly number[] {
  return messages
    .filter((message) => message.role === 'tool')
    .flatMap(({ content }) => content)
    .map((part) =>
      part.type === 'tool-result' && part.output.type === 'text' ? part.output.value.length : -1,
    );
}

describe('src/runtimes/ai-sdk/fit-context', () => {
  test('leaves a talk alone that fits', () => {
    const messages = talk(10, 1000);
    expect(fitContext(messages, 20_000)).toEqual(messages);
  });

  test('shortens the oldest results, to half of what there is room for', () => {
    const fitted = fitContext(talk(20, 5000), 90_000);
    const lengths = lengthsOf(fitted);
    expect(JSON.stringify(fitted).length).toBeLessThan(46_000);
    expect(lengths.slice(-2)).toEqual([5000, 5000]);
    expect(Math.max(...lengths.slice(0, 10))).toBeLessThan(300);
    expect(fitted[0]).toEqual(talk(20, 5000)[0]);
  });

  test('keeps each call together with its result', () => {
    const messages = talk(10, 1000);
    expect(idsOf(fitContext(messages, 5_000))).toEqual(idsOf(messages));
  });

  test('changes nothing the second time, so that what was cached stays of use', () => {
    const once = fitContext(talk(20, 5000), 90_000);
    expect(once).not.toEqual(talk(20, 5000));
    expect(fitContext(once, 90_000)).toEqual(once);
  });

  test('keeps the newest results even when they are too long', () => {
    expect(lengthsOf(fitContext(talk(2, 50_000), 10_000))).toEqual([50_000, 50_000]);
  });

  test('leaves short results as they are', () => {
    const messages = talk(100, 100);
    expect(lengthsOf(fitContext(messages, 5_000))).toEqual(lengthsOf(messages));
  });
});
