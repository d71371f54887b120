/** Five phases, after the kind of spec that people write: stubs, two services, a front end, the whole. */
export const FIVE = `# DataFlow

## Implementation Phases

### Phase 1: Proto definitions
- Define the messages

Modules: proto
Test Command: test -f proto/flow.proto
Success Criteria:
- proto/*.proto files exist

### Phase 2: Services
- Build \`grpc-service/main.go\` of the grpc-service
- Build \`backend/app.py\` of the backend

**Modules:** grpc-service, backend, worker, store
**Test Command:** \`cat */part | sort | tr '\\n' ' ' | grep -q 'backend grpc store worker'\`
**Success Criteria:**
- \`test -d worker\` passes

### Phase 3: Front end
Depends on: Phase 2
- Build the page

Modules: web
Test Command: test -f web/index.html
Success Criteria:
- web/index.html exists
- The page says what flows

### Phase 4: Integration
- Put it together

Modules: integration
Test Command: test -f integration/run.sh
Success Criteria:
- integration/ exists

### Phase 5: Documentation
- Write it down

Modules: docs
Test Command: test -f docs/flow.md
Success Criteria:
- docs/*.md exist
`;

/** One phase with two modules that both change the list of parts. */
export function listOf(testCommand: string): string {
  return `## Implementation Phases

### Phase 1: Parts
- Add both to \`src/parts.ts\`

Modules: left, right
Test Command: ${testCommand}
Success Criteria:
- src/parts.ts exists
`;
}

export const PARTS = 'export const parts = [];\n';
export const LEFT = "export const parts = ['left'];\n";
export const RIGHT = "export const parts = ['right'];\n";
export const BOTH = "export const parts = ['left', 'right'];\n";

export const ONE = `## Implementation Phases

### Phase 1: One
- Write \`src/a.ts\`

Modules: a
Test Command: test -f src/a.ts
Success Criteria:
- src/a.ts exists
`;

export const TWO = `## Implementation Phases

### Phase 1: One
- Write one

Modules: one
Test Command: test -f src/one.ts
Success Criteria:
- src/one.ts exists

### Phase 2: Two
- Write two

Modules: two
Test Command: ! grep -q bad src/two.ts
Success Criteria:
- src/two.ts exists
`;
