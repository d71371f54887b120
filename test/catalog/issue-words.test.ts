import { describe, expect, test } from 'vitest';
import { parsePipelineFile } from '../../src/catalog/parse-pipeline-file.ts';
import { type ParsedSettings, parseRepositorySettings } from '../../src/catalog/parse-repository-settings.ts';

const MEMBERS = new Map([
  ['code-developer', {}],
  ['architect', {}],
  ['project-manager', { startsNothing: true as const }],
]);

function toLines({ faults }: Pick<ParsedSettings, 'faults'>): readonly string[] {
  return faults.map(({ line, column, message, remedy }) => `${line}:${column} ${message}. ${remedy}`);
}

function faultsOf(text: string): readonly string[] {
  const known = {
    subjects: new Map([['feature', 'issue' as const]]),
    choosable: { roles: new Map(), offer: null },
    members: MEMBERS,
  };
  return toLines(parseRepositorySettings({ path: '.github/baton.yml', text }, known));
}

describe('what is wrong in a configuration file', () => {
  test.each([
    [
      'enabled: yes',
      "`team.enabled` must be true or false, and is 'yes'. Write true or false, without quotes.",
    ],
    [
      'notify: "#5"',
      "`team.notify` must be a number, and is '#5'. Write a number, without quotes and without a unit.",
    ],
    ['notify: 0', '`team.notify` must be more than 0. Write a number that is more than 0.'],
    [
      'stallHours: 1.5',
      '`team.stallHours` must be a whole number, and is 1.5. Leave out what follows the decimal point.',
    ],
    ['stallHours: 721', '`team.stallHours` must be at most 720. Write a number that is at most 720.'],
    ['branches: []', '`team.branches` must have at least 1 entry. Correct the list.'],
    ['branches: main', "`team.branches` must be a list, and is 'main'. Write a list, such as `[a, b]`."],
    ['branches: [""]', '`team.branches[0]` is empty. Fill it in, or take it out.'],
    [
      'labels: ready',
      "`team.labels` must be keys with values, and is 'ready'. Write `key: value` lines below it.",
    ],
    [
      'labels: { ready: 7 }',
      '`team.labels.ready` must be a text, and is 7. Write a text; what looks like a number, in quotes.',
    ],
    [
      'labels: { ready: }',
      '`team.labels.ready` must be a text, and is empty. Write a text; what looks like a number, in quotes.',
    ],
    ['specs: file', "`team.specs` cannot be 'file'. Use one of: comment, pull-request."],
    [
      'members: { architect: { every: 5 } }',
      '`team.members.architect.every` must be a number and a unit (s, m, h or d), such as 15m. Correct the value.',
    ],
  ])('%s', (written, expected) => {
    expect(faultsOf(`team: { ${written} }`).map((line) => line.replace(/^\S+ /, ''))).toEqual([expected]);
  });

  test('a key that is not known is told by the one that was meant, or by all that there are', () => {
    const text = [
      'delivery:',
      '  max_retries: 3',
      '  coverageTreshold: 80',
      '  colour: red',
      'team:',
      '  members: { architect: { interval: 5m, auto_approve: true } }',
      '',
    ].join('\n');
    expect(faultsOf(text)).toEqual([
      '2:3 `delivery.max_retries` is not known here. Write `maxRetries`, or remove it.',
      '3:3 `delivery.coverageTreshold` is not known here. Write `coverageThreshold`, or remove it.',
      expect.stringMatching(
        /^4:3 `delivery\.colour` is not known here\. Remove it, or name one of: .*stack.* and \d+ more\.$/,
      ),
      '6:27 `team.members.architect.interval` is not known here. Remove it, or name one of: enabled, every, cron, priority, minutes, memoryMb, autoApprove, workflow, atOnce.',
      '6:41 `team.members.architect.auto_approve` is not known here. Write `autoApprove`, or remove it.',
    ]);
  });

  test('who is in no team is named at the line, also where other things are wrong', () => {
    const text = [
      'team:',
      '  members:',
      '    ARCHITECT: { every: 1h, cron: "0 4 * * *" }',
      '    coder: { enabled: false }',
      '    project-manager: { autoApprove: true }',
      'colour: red',
      '',
    ].join('\n');
    expect(faultsOf(text)).toEqual([
      expect.stringContaining('6:1 `colour` is not known here'),
      "3:5 architect has both 'every' and 'cron'. Keep one of the two.",
      "4:5 there is no member 'coder' of a team. Name one of code-developer, architect, project-manager.",
      "5:5 project-manager starts no runs, so 'autoApprove' means nothing there. Leave it out. It is for members that start runs.",
    ]);
  });

  test('each fault of .claude/pipeline.yaml stands at its line, and a part of one is no percentage', () => {
    const text =
      'orchestrator:\n  coverage_threshold: 0.85\n  max_retrys: 1\n  max_retries: none\n  latency_target_ms: -1\n';
    expect(toLines(parsePipelineFile({ path: '.claude/pipeline.yaml', text }))).toEqual([
      "4:16 `orchestrator.max_retries` must be a number, and is 'none'. Write a number, without quotes and without a unit.",
      '5:22 `orchestrator.latency_target_ms` must be more than 0. Write a number that is more than 0.',
      '2:23 `orchestrator.coverage_threshold` must be a number of percent, such as 85. Correct the value.',
      '3:3 `orchestrator.max_retrys` is not known here. Write `max_retries`, or remove it.',
    ]);
  });
});
