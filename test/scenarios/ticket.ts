import type { Octokit } from '@octokit/rest';
import type { Advanced } from '../../src/demo/narrator.ts';
import type { Stage } from '../support/stage.ts';

/** A repository of its own account, so that no scenario uses up the rate limits of another. */
export type Place = {
  readonly owner: string;
  readonly repo: string;
};

export interface Opening {
  readonly by?: string;
  readonly title?: string;
  readonly body?: string;
  /** Put on while it is opened, as an issue template does. */
  readonly labels?: readonly string[];
}

/** Clear enough for the rules, so that nobody has to be asked which workflow it needs. */
const BODY = 'Please add an endpoint, POST /sums, that adds the numbers up.';

/** What Baton's log says of a run; only the fields that matter to the test. */
export type Expected = Partial<Omit<Advanced, 'last'>> & { readonly outcome?: string };

/** An issue, and what people do and see there. Everything goes over the API, as from a browser. */
export type Ticket = ReturnType<typeof followTicket>;

export async function openTicket(stage: Stage, place: Place, opening: Opening): Promise<Ticket> {
  const { by = 'will', title = 'Add up', body = BODY, labels = [] } = opening;
  const issues = stage.as(by).rest.issues;
  const { data: issue } = await issues.create({ ...place, title, body, labels: [...labels] });
  return followTicket(stage, place, issue.number);
}

/** An issue, or a pull request, that is there already. */
export function followTicket(stage: Stage, place: Place, ownNumber: number) {
  const here = { ...place, issue_number: ownNumber };
  const subject = `${place.owner}/${place.repo}#${ownNumber}`;
  const { rest } = stage.as('boss');

  function isExpected(run: Advanced, { outcome, ...fields }: Expected): boolean {
    return (
      run.subject === subject &&
      (outcome === undefined || run.last?.outcome === outcome) &&
      Object.entries(fields).every(([name, value]) =>
        Object.entries(run).some(([key, is]) => key === name && is === value),
      )
    );
  }
  /** Comments on the issue, or on a pull request, oldest first. */
  async function comments(number = ownNumber) {
    const query = { ...place, issue_number: number, per_page: 100 };
    const { data } = await rest.issues.listComments(query);
    return data.map(({ id, body: text, user }) => ({ id, text: text ?? '', by: user?.login ?? '' }));
  }

  return {
    place,
    number: ownNumber,
    subject,
    comments,
    /** What Baton wrote, the progress comment included. */
    async said(number = ownNumber) {
      return (await comments(number)).filter((one) => one.by === 'baton[bot]').map(({ text }) => text);
    },
    /** The progress comments, one for each run. */
    async progress() {
      const all = (await comments()).filter((one) => one.by === 'baton[bot]');
      return all.filter(({ text }) => /\nRun `run-/.test(text)).map(({ text }) => text);
    },
    /** Every text that Baton's comments here have had so far, oldest first: the run may have gone on since. */
    async shown() {
      const own = (await comments()).filter((one) => one.by === 'baton[bot]');
      const base = `/repos/${place.owner}/${place.repo}/issues`;
      const paths = [`${base}/${ownNumber}/comments`, ...own.map(({ id }) => `${base}/comments/${id}`)];
      return stage.simulator
        .ledger()
        .filter(({ actor, path }) => actor === 'baton[bot]' && paths.includes(path))
        .map(({ body: sent }) => String(Reflect.get(Object(sent), 'body')));
    },
    async label(login: string, name = 'baton') {
      await stage.as(login).rest.issues.addLabels({ ...here, labels: [name] });
    },
    /** Changes the title or the body of the issue. */
    async edit(login: string, changes: { readonly title?: string; readonly body?: string }) {
      await stage.as(login).rest.issues.update({ ...here, ...changes });
    },
    async unlabel(login: string, name = 'baton') {
      await stage.as(login).rest.issues.removeLabel({ ...here, name });
    },
    /** Comments on the issue, or on a pull request; gives the comment's id. */
    async comment(login: string, text: string, number = ownNumber) {
      const at = { ...place, issue_number: number };
      return (await stage.as(login).rest.issues.createComment({ ...at, body: text })).data.id;
    },
    async close(login: string) {
      await stage.as(login).rest.issues.update({ ...here, state: 'closed' });
    },
    /** Resolves when a run of this issue was reported like this, for the `nth` time. */
    run(expected: Expected, nth = 1): Promise<Advanced> {
      let left = nth;
      return stage.advanced((run) => {
        left -= isExpected(run, expected) ? 1 : 0;
        return left === 0 && isExpected(run, expected);
      });
    },
    async reactions(commentId: number) {
      const { data } = await rest.reactions.listForIssueComment({ ...place, comment_id: commentId });
      return data.map(({ content }) => content);
    },
    async issueReactions() {
      const { data } = await rest.reactions.listForIssue(here);
      return data.map(({ content }) => content);
    },
    async labels() {
      const { data } = await rest.issues.listLabelsOnIssue(here);
      return data.map(({ name }) => name);
    },
    /** The pull requests of this issue's runs, oldest first. */
    async pulls() {
      const { data } = await rest.pulls.list({ ...place, state: 'all', sort: 'created', direction: 'asc' });
      return data.filter(({ head }) => head.ref.startsWith(`baton/${ownNumber}-`));
    },
    /** The branches of this issue's runs. */
    async branches() {
      const { data } = await rest.repos.listBranches({ ...place, per_page: 100 });
      return data.filter(({ name }) => name.startsWith(`baton/${ownNumber}-`));
    },
    /** A file at the head of a branch, commit or pull request. */
    async fileAt(ref: string, path: string) {
      const { data } = await rest.repos.getContent({ ...place, ref, path });
      return 'content' in data ? Buffer.from(data.content, 'base64').toString() : null;
    },
    checks: (ref: string) => readChecks(rest, place, ref),
  };
}

async function readChecks(rest: Octokit['rest'], place: Place, ref: string) {
  const { data } = await rest.checks.listForRef({ ...place, ref, per_page: 100, filter: 'all' });
  return data.check_runs;
}
