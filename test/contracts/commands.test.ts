import { describe, expect, test } from 'vitest';
import { commands as registry } from '../../src/commands/registry.gen.ts';
import type { Command } from '../../src/domain/command.ts';
import { PERMISSIONS } from '../../src/domain/permission.ts';

const COMMANDS: readonly Command[] = registry;

describe.each(COMMANDS)('command $name', (command) => {
  const start = `/baton ${command.name}`;

  test('says in whole sentences what it does', () => {
    expect(command.summary).toMatch(/^[A-Z].*\.$/s);
  });

  test('shows its usage with its own name', () => {
    expect(`${command.usage} `.startsWith(`${start} `)).toBe(true);
  });

  test('asks for a permission that there is', () => {
    expect(PERMISSIONS).toContain(command.requires);
  });

  test.each(command.examples)('understands its example %s', (example) => {
    expect(example.startsWith(start)).toBe(true);
    expect(command.parse(example.slice(start.length).trim())).toHaveProperty('ask');
  });

  test.each(['', ' ', 'x'.repeat(5_000), '`'.repeat(500), '@everyone', '\u202E', '-- --', '{}'])(
    'answers whatever is written after it: %j',
    (text) => {
      const parsed = command.parse(text);
      if ('problem' in parsed) {
        expect(parsed.problem).not.toBe('');
        expect(parsed.problem.length).toBeLessThan(500);
      } else {
        expect(parsed.ask.kind).not.toBe('');
      }
    },
  );
});

describe('commands', () => {
  test('have examples', () => {
    expect(COMMANDS.filter(({ examples }) => examples.length === 0)).toEqual([]);
  });
});
