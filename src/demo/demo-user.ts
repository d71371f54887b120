import { Octokit } from '@octokit/rest';
import type { Simulator } from '../simulator/simulator.ts';
import { MAINTAINER, OWNER, REPOSITORY } from './demo-seed.ts';
import { readIssue } from './read-issue.ts';

const REPO = { owner: OWNER, repo: REPOSITORY };

/** What became of the run, as anybody can read it on GitHub. */
export interface SeenOnGithub {
  readonly pullRequest: {
    readonly number: number;
    readonly url: string;
    readonly headSha: string;
    /** Paths of the files that it changes. */
    readonly files: readonly string[];
  } | null;
  readonly checks: readonly { readonly name: string; readonly conclusion: string | null }[];
}

/** The person of the demo: all they do goes over the API, as from a browser. */
export interface DemoUser {
  /** Opens the issue that the file holds. */
  openIssue(file: string): Promise<{ readonly number: number; readonly url: string; readonly title: string }>;
  label(issue: number, name: string): Promise<void>;
  comment(issue: number, body: string): Promise<void>;
  look(): Promise<SeenOnGithub>;
}

export function createDemoUser(simulator: Simulator): DemoUser {
  const { rest } = new Octokit({ auth: simulator.tokenOf(MAINTAINER), baseUrl: simulator.url });
  return {
    async openIssue(file) {
      const { data } = await rest.issues.create({ ...REPO, ...(await readIssue(file)) });
      return { number: data.number, url: data.html_url, title: data.title };
    },
    async label(issue, name) {
      await rest.issues.addLabels({ ...REPO, issue_number: issue, labels: [name] });
    },
    async comment(issue, body) {
      await rest.issues.createComment({ ...REPO, issue_number: issue, body });
    },
    async look() {
      const { data: pulls } = await rest.pulls.list({ ...REPO, state: 'all' });
      const pull = pulls[0];
      if (pull === undefined) {
        return { pullRequest: null, checks: [] };
      }
      const { data: files } = await rest.pulls.listFiles({
        ...REPO,
        pull_number: pull.number,
        per_page: 100,
      });
      const { data } = await rest.checks.listForRef({ ...REPO, ref: pull.head.sha, per_page: 100 });
      return {
        pullRequest: {
          number: pull.number,
          url: pull.html_url,
          headSha: pull.head.sha,
          files: files.map(({ filename }) => filename),
        },
        checks: data.check_runs.map(({ name, conclusion }) => ({ name, conclusion })),
      };
    },
  };
}
