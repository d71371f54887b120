import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSpec } from '../../../src/domain/spec/read-spec.ts';
import { type Phase, phaseTitle } from '../../../src/domain/spec/spec.ts';

const PROTO = `# DataFlow

Words about the project.

## Implementation Phases

### Phase 1: Proto Definitions & Setup
- Define gRPC proto files
- Generate Python and Go code
- Setup project structure

Modules: proto
Test Command: ./proto/generate.sh && echo "Proto files generated"
Success Criteria:
- proto/*.proto files exist
- Python and Go stubs generated in backend/ and grpc-service/

### Phase 2: Go gRPC Service (Base Layer)
- Implement gRPC server
- SQLite database layer
- Unit tests

Modules: grpc-service
Test Command: cd grpc-service && go test ./...
Success Criteria:
- gRPC server starts on port 50051
- Database migrations run
- All unit tests pass

## Open questions

None.
`;

function phasesOf(text: string): readonly Phase[] {
  const reading = readSpec(text);
  expect(reading.kind === 'faulty' ? reading.faults : []).toEqual([]);
  return reading.kind === 'read' ? reading.phases : [];
}

/** A spec of one phase with these lines in place of the field that begins like them. */
function withField(label: string, lines: string): string {
  const fields: Record<string, string> = {
    tasks: '- Build it',
    Modules: 'Modules: api',
    'Test Command': 'Test Command: npm test',
    'Success Criteria': 'Success Criteria:\n- It works',
  };
  fields[label] = lines;
  return `## Implementation Phases\n\n### Phase 1: Set-up\n\n${Object.values(fields).join('\n\n')}\n`;
}

describe('domain/spec/read-spec: what people write', () => {
  it('reads phases with their tasks, modules, command and criteria', () => {
    expect(phasesOf(PROTO)).toEqual([
      {
        numbers: [1],
        name: 'Proto Definitions & Setup',
        line: 7,
        section: PROTO.split('\n').slice(6, 16).join('\n'),
        tasks: ['Define gRPC proto files', 'Generate Python and Go code', 'Setup project structure'],
        modules: ['proto'],
        testCommand: './proto/generate.sh && echo "Proto files generated"',
        criteria: [
          { kind: 'files', text: 'proto/*.proto files exist', line: 15, patterns: ['proto/*.proto'] },
          {
            kind: 'prose',
            text: 'Python and Go stubs generated in backend/ and grpc-service/',
            line: 16,
          },
        ],
        gotchas: [],
        files: [],
        dependsOn: [],
        placeholders: 'none',
      },
      expect.objectContaining({
        numbers: [2],
        name: 'Go gRPC Service (Base Layer)',
        modules: ['grpc-service'],
        testCommand: 'cd grpc-service && go test ./...',
        dependsOn: [1],
        section: expect.stringMatching(/All unit tests pass$/),
      }),
    ]);
  });

  it.each([
    ['a bold label', 'Modules', '**Modules:** api, `web` and worker', { modules: ['api', 'web', 'worker'] }],
    ['a bold label before the colon', 'Modules', '__Modules__: api', { modules: ['api'] }],
    [
      'a list with explanations',
      'Modules',
      'Modules:\n- `api` - the server\n- web (pages)\n- packages/cli: commands',
      { modules: ['api', 'web', 'packages/cli'] },
    ],
    ['a heading as label', 'Modules', '#### Modules\n\n- api', { modules: ['api'] }],
    ['a label in a list', 'Modules', '- **Modules:** api', { modules: ['api'] }],
    ['a code span', 'Test Command', 'Test Command: `npm test`', { testCommand: 'npm test' }],
    [
      'a code block',
      'Test Command',
      '**Validation Commands**:\n\n```bash\n$ npm ci\n$ npm test\n```',
      { testCommand: 'npm ci\nnpm test' },
    ],
    [
      'a command over two lines',
      'Test Command',
      'Test Command: cd api &&\n  npm test',
      { testCommand: 'cd api &&\nnpm test' },
    ],
    [
      'tasks with tasks below them',
      'tasks',
      '- Build\n  - [ ] the server in `src/server.ts`\n  - [x] its `config.port`',
      { tasks: ['Build', 'the server in src/server.ts', 'its config.port'], files: ['src/server.ts'] },
    ],
    ['a list of files', 'files', 'Files: a.ts, src/b.ts', { files: ['a.ts', 'src/b.ts'] }],
    ['gotchas in words', 'gotchas', 'Gotchas:\n\nMind the *port*.', { gotchas: ['Mind the port.'] }],
    ['phased work', 'placeholders', 'Placeholders: allowed', { placeholders: 'allowed' }],
    ['no dependencies', 'dependsOn', 'Depends on: none', { dependsOn: [] }],
    ['nothing else needed', 'parallel', 'Parallelizable: yes', { dependsOn: [] }],
    [
      'criteria as tasks',
      'Success Criteria',
      'Success Criteria:\n- [ ] `npm run lint` passes',
      {
        criteria: [{ kind: 'command', command: 'npm run lint', text: 'npm run lint passes', line: 12 }],
      },
    ],
    [
      'a command alone',
      'Success Criteria',
      'Success Criteria:\n- `make check`',
      {
        criteria: [{ kind: 'command', command: 'make check', text: 'make check', line: 12 }],
      },
    ],
    [
      'files side by side',
      'Success Criteria',
      'Success Criteria:\n- `a.ts`, docs/ and b/*.md exist',
      {
        criteria: [
          {
            kind: 'files',
            patterns: ['a.ts', 'docs/', 'b/*.md'],
            text: 'a.ts, docs/ and b/*.md exist',
            line: 12,
          },
        ],
      },
    ],
    [
      'files that are gone',
      'Success Criteria',
      'Success Criteria:\n- `legacy/` is removed',
      {
        criteria: [{ kind: 'no-files', patterns: ['legacy/'], text: 'legacy/ is removed', line: 12 }],
      },
    ],
    [
      'a path alone is no command',
      'Success Criteria',
      'Success Criteria:\n- `src/a.ts`',
      {
        criteria: [{ kind: 'prose', text: 'src/a.ts', line: 12 }],
      },
    ],
  ])('%s', (_, label, lines, expected) => {
    const [phase] = phasesOf(withField(label, lines));
    expect(phase).toMatchObject(expected);
  });

  it.each(['### Phase 1 - Set-up', '### **Phase 1**: Set-up', '### Phase 1. Set-up', '### phase 1 – Set-up'])(
    'the heading %s',
    (heading) => {
      const text = withField('tasks', '- Build it').replace('### Phase 1: Set-up', heading);
      expect(phasesOf(text)).toMatchObject([{ numbers: [1], name: 'Set-up' }]);
    },
  );

  it('takes a span as one phase, and does a phase after those it depends on', () => {
    const body = withField('tasks', '- Build it').split('Set-up\n')[1] ?? '';
    const text = `## Phases
### Phase 1: Later
Depends on: Phase 2-4 (the base), 5
${body}
### Phase 2-4: Base
Parallelizable: yes
${body}
### Phase 5: Free
Depends on: none
${body}`;
    expect(phasesOf(text).map((phase) => [phaseTitle(phase), phase.dependsOn])).toEqual([
      ['Phase 2-4: Base', []],
      ['Phase 5: Free', []],
      ['Phase 1: Later', [2, 3, 4, 5]],
    ]);
  });

  it('reads what it would be written as, whatever the names', () => {
    const word = constantFrom('api', 'web', 'grpc-service', 'packages/cli', 'x2');
    const phase = record({
      modules: array(word, { minLength: 1, maxLength: 4 }).map((words) => [...new Set(words)]),
      bold: boolean(),
      list: boolean(),
      tasks: integer({ min: 1, max: 5 }),
    });
    assert(
      property(array(phase, { minLength: 1, maxLength: 8 }), (phases) => {
        const text = `## Implementation Phases\n${phases
          .map(({ modules, bold, list, tasks }, index) => {
            const label = bold ? '**Modules:**' : 'Modules:';
            const named = list
              ? `${label}\n${modules.map((name) => `- ${name}`).join('\n')}`
              : `${label} ${modules.join(', ')}`;
            const todo = Array.from({ length: tasks }, (_, task) => `- task ${task}`).join('\n');
            return `### Phase ${index}: p${index}\n${todo}\n\n${named}\n\nTest Command: test ${index}\nSuccess Criteria:\n- good\n`;
          })
          .join('\n')}`;
        const read = readSpec(text);
        expect(read.kind).toBe('read');
        expect(
          read.kind === 'read' && read.phases.map(({ modules, tasks }) => [modules, tasks.length]),
        ).toEqual(phases.map(({ modules, tasks }) => [modules, tasks]));
      }),
    );
  });
});
