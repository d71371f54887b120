import type { IssueType } from '../../../src/domain/issue-type.ts';
import type { Opening } from '../ticket.ts';

/** Issues that the rules know, by their type. */
export const CLEAR: Readonly<Record<IssueType, Opening>> = {
  api: { title: 'Add an endpoint to list invoices', body: 'GET /invoices gives the newest first.' },
  database: { title: 'Add a column to the orders table', body: 'With a migration.' },
  devops: { title: 'The deploy pipeline must build a Docker image', body: 'In CI/CD, please.' },
  error: { title: 'The server crashes with a TypeError', body: 'The stack trace is in the log.' },
  performance: { title: 'Slow query on the order list', body: 'It takes 20 seconds.' },
  security: { title: 'SQL injection in the search', body: 'An attacker can read all of it.' },
  integration: { title: 'Connect Stripe', body: 'Integrate with Stripe, with a webhook for payments.' },
  research: { title: 'Which queue should we use?', body: 'Compare the options, then evaluate two.' },
};
/** One about which the rules say nothing. */
export const SILENT = { title: 'A thought', body: 'About the thing.' };
