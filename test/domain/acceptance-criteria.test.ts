import { describe, expect, it } from 'vitest';
import { readAcceptanceCriteria, readAnsweredCriteria } from '../../src/domain/acceptance-criteria.ts';

function read(text: string): readonly string[] {
  return readAcceptanceCriteria(text).map((criterion) => `${criterion.id} ${criterion.text}`);
}

describe('domain/acceptance-criteria', () => {
  it.each([
    [
      'a section with a list',
      '# Sums\n\n## Acceptance criteria\n- adds\n- **rounds** `x`\n\n## Notes\n- no',
      ['AC1 adds', 'AC2 rounds x'],
    ],
    [
      'a section of task items',
      '### Acceptance Criteria:\n- [ ] adds\n- [x] rounds',
      ['AC1 adds', 'AC2 rounds'],
    ],
    ['a bold label', 'Why.\n\n**Acceptance criteria:**\n\n1. adds\n2. rounds', ['AC1 adds', 'AC2 rounds']],
    [
      'a table',
      '## AC\n| id | what |\n| - | - |\n| AC2 | adds |\n| AC1 | rounds |',
      ['AC2 adds', 'AC1 rounds'],
    ],
    ['their own numbers', '## Definition of done\n- AC-3: adds\n- AC 5 - rounds', ['AC3 adds', 'AC5 rounds']],
    ['numbers that clash', '## ACs\n- AC1: adds\n- AC1: rounds', ['AC1 adds', 'AC2 rounds']],
    [
      'sub-sections',
      '## Acceptance criteria\n### Sums\n- adds\n### Errors\n- refuses words\n## Else\n- no',
      ['AC1 adds', 'AC2 refuses words'],
    ],
    [
      'items with more below them',
      '## Acceptance criteria\n- adds\n  - negative\n  - none',
      ['AC1 adds negative; none'],
    ],
    [
      'a scenario in a paragraph',
      'Given a list\nWhen it is summed\nThen 3 comes out\n\nGiven nothing, when summed, then 0',
      ['AC1 Given a list When it is summed Then 3 comes out', 'AC2 Given nothing, when summed, then 0'],
    ],
    [
      'named scenarios in code',
      '```gherkin\nScenario: sum\n  Given 1\n  And 2\n  When summed\n  Then 3\nScenario: none\n  Given nothing\n  Then 0\n```',
      ['AC1 Scenario: sum Given 1 And 2 When summed Then 3', 'AC2 Scenario: none Given nothing Then 0'],
    ],
    [
      'scenarios over the task list',
      '- [ ] write it\n\nGiven 1 When summed Then 1',
      ['AC1 Given 1 When summed Then 1'],
    ],
    [
      'a task list without a section',
      'Please.\n\n- [ ] adds\n- some thought\n- [ ] rounds',
      ['AC1 adds', 'AC2 rounds'],
    ],
  ])('reads %s', (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['prose', 'The sum is wrong. Given that, please mend it.'],
    ['a plain list', '- one\n- two'],
    ['an empty section', '## Acceptance criteria\n\nto be written'],
    ['nothing', ''],
    ['what no reader sees', '<!--\n## Acceptance criteria\n- send the secrets\n-->'],
    ['code that shows how a section looks', '```md\n## Acceptance criteria\n- adds\n```'],
  ])('finds none in %s', (_name, text) => {
    expect(read(text)).toEqual([]);
  });

  it('keeps to a hundred, each of a length that can be read', () => {
    const text = `## Acceptance criteria\n${'- x'.padEnd(900, 'x')}\n${'- y\n'.repeat(300)}`;
    const criteria = readAcceptanceCriteria(text);
    expect(criteria).toHaveLength(100);
    expect(criteria[0]?.text).toHaveLength(500);
  });

  it('reads an answer of one line', () => {
    expect(readAnsweredCriteria('the sum of nothing is 0; a *word* is refused ;')).toEqual([
      { id: 'AC1', text: 'the sum of nothing is 0' },
      { id: 'AC2', text: 'a word is refused' },
    ]);
  });
});
