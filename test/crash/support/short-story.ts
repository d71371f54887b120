import { toDemoSeed } from '../../../src/demo/demo-seed.ts';
import type { Seed } from '../../../src/simulator/simulator.ts';

/**
 * The shipped workflow without what it does twice in the same way: one step that reads, one that is rejected and done
 * again, two gates of the ten.
 */
const WORKFLOW = `
name: backend-feature
description: The shortest workflow in which everything happens that happens in the shipped one.
steps:
  - id: architecture
    kind: agent
    title: Architecture
    with: { role: backend-architect, access: read }
  - id: design-approval
    kind: approval
    title: Approval of the design
    onReject: architecture
    with: { show: architecture, question: Shall this design be built? }
  - id: implementation
    kind: agent
    title: Implementation
    with: { role: implementer, access: write }
  - id: gates
    kind: gates
    title: Gates
    onReject: implementation
    with:
      gates:
        - gate: command
          name: tests
          with: { check: tests }
        - gate: secrets
  - id: review
    kind: review
    title: Review
    onReject: implementation
    with: { role: code-reviewer }
  - id: pull-request
    kind: pull-request
    title: Pull request
`;

/** The demo's repository with a workflow of its own, in which fewer transitions are of the same kind. */
export function toShortSeed(): Seed {
  const seed = toDemoSeed();
  const files = { '.github/baton/workflows/backend-feature.yaml': WORKFLOW };
  return { ...seed, repositories: seed.repositories?.map((repository) => ({ ...repository, files })) };
}
