import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSpec } from '../../../src/domain/spec/read-spec.ts';

const PHASE = `- Build it

Modules: api
Test Command: npm test
Success Criteria:
- It works
`;

function one(body: string): string {
  return `## Implementation Phases\n### Phase 1: Set-up\n${body}`;
}

function faultsOf(text: string): readonly string[] {
  const reading = readSpec(text);
  return reading.kind === 'faulty' ? reading.faults.map(({ line, what }) => `${line}: ${what}`) : [];
}

/** Each kind of fault with the line it is reported in. */
const FAULTS: readonly (readonly [string, string, readonly string[]])[] = [
  ['no list of phases', '# Spec\n', ['1: there is no heading `## Implementation Phases`']],
  [
    'two lists of phases',
    `${one(PHASE)}\n## Implementation Phases\n`,
    ['10: a second heading of phases; the first is in line 1'],
  ],
  ['no phase', '## Implementation Phases\n\nSoon.\n', ['1: there is no phase below this heading']],
  [
    'a heading without a number',
    `## Phases\n### Set-up\n${PHASE}`,
    ['2: the heading "Set-up" does not say which phase it is'],
  ],
  [
    'a heading without a name',
    `## Phases\n### Phase 1:\n${PHASE}`,
    ['2: the heading "Phase 1:" does not say what the phase is about'],
  ],
  [
    'a span that counts backwards',
    `## Phases\n### Phase 4-2: Base\n${PHASE}`,
    ['2: the heading "Phase 4-2: Base" counts backwards, from 4 to 2'],
  ],
  [
    'a span without end',
    `## Phases\n### Phase 1-999: Base\n${PHASE}`,
    ['2: the heading "Phase 1-999: Base" stands for more than 50 phases'],
  ],
  ['a number twice', `${one(PHASE)}### Phase 1: Again\n${PHASE}`, ['9: phase 1 comes after phase 1']],
  [
    'a number left out',
    `${one(PHASE)}### Phase 3: Next\n${PHASE}`,
    ['9: there is no phase 2 before phase 3'],
  ],
  ['no tasks', one(PHASE.replace('- Build it', 'Build it')), ['2: this phase has no `Tasks`']],
  ['no modules', one(PHASE.replace('Modules: api\n', '')), ['2: this phase has no `Modules`']],
  ['empty modules', one(PHASE.replace('Modules: api', 'Modules:')), ['5: `Modules` is empty']],
  [
    'a module that leads out',
    one(PHASE.replace('api', '../api, /etc')),
    ['5: `../api` cannot be the name of a module', '5: `/etc` cannot be the name of a module'],
  ],
  [
    'a module that is an option',
    one(PHASE.replace('api', '--force')),
    ['5: `--force` cannot be the name of a module'],
  ],
  ['a module twice', one(PHASE.replace('api', 'api, API')), ['5: the module `API` is named twice']],
  [
    'too many modules',
    one(PHASE.replace('api', Array.from({ length: 17 }, (_, index) => `m${index}`).join(', '))),
    ['5: the phase has 17 modules, which is more than 16'],
  ],
  [
    'no test command',
    one(PHASE.replace('Test Command: npm test\n', '')),
    ['2: this phase has no `Test Command`'],
  ],
  [
    'two test commands',
    one(PHASE.replace('Success', 'Test Command: make\nSuccess')),
    ['7: `Test Command` stands here for the second time in this phase'],
  ],
  [
    'a control character in the command',
    one(PHASE.replace('npm test', 'npm\u0007 test')),
    ['6: the test command has a control character in it'],
  ],
  [
    'no criteria',
    one(PHASE.replace('Success Criteria:\n- It works\n', '')),
    ['2: this phase has no `Success Criteria`'],
  ],
  ['criteria without any', one(PHASE.replace('- It works\n', '')), ['7: `Success Criteria` is empty']],
  [
    'a field that is misspelt',
    one(PHASE.replace('Success Criteria', 'Sucess Criteria')),
    ['2: this phase has no `Success Criteria`', '7: `Sucess Criteria` is not something a phase has'],
  ],
  [
    'a dependency on nothing',
    one(`Depends on: Phase 7\n\n${PHASE}`),
    ['3: there is no phase 7 to depend on'],
  ],
  ['a dependency on itself', one(`Depends on: 1\n\n${PHASE}`), ['3: phase 1 depends on itself']],
  [
    'a dependency in words',
    one(`Depends on: the database\n\n${PHASE}`),
    ['3: `Depends On` names no phases: "the database"'],
  ],
  [
    'dependencies in a circle',
    `## Phases\n### Phase 1: A\nDepends on: 2\n\n${PHASE}### Phase 2: B\nDepends on: 1\n\n${PHASE}`,
    ['2: Phase 1: A waits for itself: its dependencies lead back to it'],
  ],
  [
    'parallel or not',
    one(`Parallelizable: perhaps\n\n${PHASE}`),
    ['3: `Parallelizable` is neither yes nor no'],
  ],
  [
    'placeholders or not',
    one(`Placeholders: some\n\n${PHASE}`),
    ['3: `Placeholders` is neither allowed nor none'],
  ],
  ['a file outside', one(`Files: ../a.ts\n\n${PHASE}`), ['3: `../a.ts` is no path in the repository']],
  [
    'a code block that swallows the rest',
    one(`${PHASE}\n\`\`\`sh\nls\n### Phase 2: Gone\n`),
    ['10: a code block begins here and is never closed'],
  ],
  ['too long', 'a'.repeat(256 * 1024 + 1), ['1: the spec has more than 256 KiB']],
  ['too many lines', '\n'.repeat(10_001), ['10000: the spec has more than 10000 lines']],
];

describe('domain/spec/read-spec: what cannot be carried out', () => {
  it.each(FAULTS)('%s', (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('says what would mend each fault', () => {
    const remedies = FAULTS.flatMap(([, text]) => {
      const reading = readSpec(text);
      return reading.kind === 'faulty' ? reading.faults.map(({ remedy }) => remedy) : [];
    });
    expect(remedies.every((remedy) => /^[A-Z].*\.$/s.test(remedy))).toBe(true);
  });

  it('tells all faults at once, in order of lines', () => {
    expect(faultsOf(`## Phases\n### Phase 1: A\nModules: a b\n\n### Two\n`)).toEqual([
      '2: this phase has no `Tasks`',
      '2: this phase has no `Test Command`',
      '2: this phase has no `Success Criteria`',
      '3: `a b` cannot be the name of a module',
      '5: the heading "Two" does not say which phase it is',
    ]);
  });

  it('never throws', () => {
    const line = constantFrom(
      '## Implementation Phases',
      '### Phase 1: A',
      '### Phase 2-9: B',
      'Modules: a',
      'Modules:',
      '- x',
      '  - y',
      '```',
      'Test Command: ls',
      'Success Criteria:',
      'Depends on: 1',
      '> q',
      '| a |',
      '|-|',
      '',
      '1. z',
      '<!-- ',
      'Gotchas: *_`',
    );
    assert(
      property(array(line, { maxLength: 30 }), (lines) => {
        const reading = readSpec(lines.join('\n'));
        expect(reading.kind === 'read' || reading.faults.length > 0).toBe(true);
      }),
    );
  });
});
