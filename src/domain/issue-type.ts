import { z } from 'zod';

/** What an issue is about. Each type is handled by one workflow, and is shown as the label `type:<slug>`. */
export const issueTypeSchema = z.enum([
  'api',
  'database',
  'devops',
  'error',
  'performance',
  'security',
  'integration',
  'research',
]);
export type IssueType = z.infer<typeof issueTypeSchema>;

/** How issues of one type are handled. */
interface Handling {
  readonly title: string;
  /** What belongs to it, in one sentence. */
  readonly about: string;
  /** The workflow for it, as shipped. A repository may have another one, or none, of this name. */
  readonly workflow: string;
  /** The role that goes first, right after the lead when the lead sorts the work. */
  readonly startsWith: string;
  /** The roles without whose word nothing is proposed: as reviewer, or as the expert who takes part in the work. */
  readonly reviewers: readonly string[];
}

/** All types. The workflows are held to this table by a test. */
export const ISSUE_TYPES: Readonly<Record<IssueType, Handling>> = {
  api: {
    title: 'API and backend',
    about: 'An endpoint, a service or business logic is to be added or changed on purpose.',
    workflow: 'backend-feature',
    startsWith: 'backend-architect',
    reviewers: ['code-reviewer'],
  },
  database: {
    title: 'Database',
    about: 'A table, a column, a constraint or the model of the stored data is to be changed or migrated.',
    workflow: 'database-change',
    startsWith: 'database-architect',
    reviewers: ['database-optimization', 'code-reviewer'],
  },
  devops: {
    title: 'DevOps and infrastructure',
    about:
      'A pipeline, a deployment, an image, a cluster or the monitoring has to be built, mended or changed.',
    workflow: 'devops-pipeline',
    startsWith: 'backend-architect',
    reviewers: ['devops-engineer', 'code-reviewer'],
  },
  error: {
    title: 'Errors and bugs',
    about: 'Something that worked, or was meant to work, fails or gives wrong answers.',
    workflow: 'error-investigation',
    startsWith: 'error-detective',
    reviewers: ['backend-architect', 'code-reviewer'],
  },
  performance: {
    title: 'Performance',
    about: 'The answers are right but come too slowly, or cost the database too much.',
    workflow: 'database-performance',
    startsWith: 'database-optimization',
    reviewers: ['backend-architect'],
  },
  security: {
    title: 'Security',
    about: 'Somebody could read, change or do what they must not.',
    workflow: 'security-fix',
    startsWith: 'code-reviewer',
    reviewers: ['backend-architect'],
  },
  integration: {
    title: 'Integration',
    about: 'A service of somebody else, or a Model Context Protocol server, is to be connected.',
    workflow: 'integration-setup',
    startsWith: 'search-specialist',
    reviewers: ['mcp-expert', 'code-reviewer'],
  },
  research: {
    title: 'Research',
    about: 'A question has to be answered, or ways compared, before anybody can say what to build.',
    workflow: 'research',
    startsWith: 'search-specialist',
    reviewers: ['backend-architect'],
  },
};

/** The label that shows a type on its issue. */
export function toTypeLabel(type: IssueType): string {
  return `type:${type}`;
}

/** The type that a workflow handles; null when it is none of the shipped ones, or handles several. */
export function typeOfWorkflow(workflow: string): IssueType | null {
  const [type, ...others] = issueTypeSchema.options.filter(
    (option) => ISSUE_TYPES[option].workflow === workflow,
  );
  return type === undefined || others.length > 0 ? null : type;
}
