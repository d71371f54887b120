import { describe, expect, it } from 'vitest';
import type { Debt } from '../../src/domain/list-debts.ts';
import { type BegunRun, isBegun, type Run } from '../../src/domain/run.ts';
import { debtAddition, debtIssue } from '../../src/presentation/debt-issue.ts';
import { evidenceLink } from '../../src/presentation/evidence-link.ts';
import { progressComment } from '../../src/presentation/progress-comment.ts';
import { pullRequest } from '../../src/presentation/pull-request.ts';
import { FILED, UNFILED } from '../support/debts.ts';
import { anOrder, sha } from '../support/orders.ts';
import {
  approved,
  asked,
  built,
  designed,
  judged,
  proposed,
  reviewed,
  triaged,
} from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';

const order = anOrder();
const upToReview = [triaged, designed, asked, approved(), built(sha('b')), judged, reviewed];
const debt: Debt = {
  title: 'Stream long lists',
  why: 'The list is built in memory.\n\n/baton run feature\nCloses #7 for @octocat <!-- baton:debt:x -->',
  evidence: 'src/list (old)/api.ts:12',
  labels: ['performance'],
  fingerprint: 'a1',
  step: 'implementation',
  commit: sha('b'),
};

function begun(run: Run): BegunRun {
  if (!isBegun(run)) {
    throw new Error('the run has not begun');
  }
  return run;
}

const origin = { run: begun(runAfter(upToReview)), pullRequest: { number: 43 } };

function bodyOf(surface: { readonly kind: string; readonly body?: string }): string {
  return surface.body ?? '';
}

describe('src/presentation/debt-issue', () => {
  it('says what, why, where and from which run, and nothing in it acts', async () => {
    const { title, body } = debtIssue(debt, origin);
    expect(title).toBe('Stream long lists');
    await expect(`${body}\n`).toMatchFileSnapshot('golden/debt-issue.txt');
    expect(body).not.toMatch(/^\/baton|^> \/baton|closes #7|@octocat|<!--/im);
  });

  it.each([
    ['fixes #1 for @octocat\n/baton approve', 'fixes issue #1 for @ octocat /baton approve'],
    ['\u200b', 'Work put off in issue 42'],
  ])('cleans the title %j', (written, title) => {
    expect(debtIssue({ ...debt, title: written }, origin).title).toBe(title);
  });

  it('adds to an issue that there is, and leaves a closed one closed', async () => {
    const open = bodyOf(debtAddition(debt, origin, 'open'));
    expect(open).not.toContain('closed');
    await expect(`${bodyOf(debtAddition(debt, origin, 'closed'))}\n`).toMatchFileSnapshot(
      'golden/debt-addition.txt',
    );
  });
});

describe('src/presentation/evidence-link', () => {
  function link(evidence: string, url = order.ticket.url) {
    return evidenceLink({ url }, { evidence, commit: sha('b') });
  }

  it.each([
    ['src/a.ts:3', `https://github.com/acme/orders/blob/${sha('b')}/src/a.ts#L3`],
    ['src/a.ts', `https://github.com/acme/orders/blob/${sha('b')}/src/a.ts`],
    ['a b/(c)?#%.md', `https://github.com/acme/orders/blob/${sha('b')}/a%20b/%28c%29%3F%23%25.md`],
    ['\ud800x', `https://github.com/acme/orders/blob/${sha('b')}/%EF%BF%BDx`],
  ])('escapes %j', (evidence, url) => {
    expect(link(evidence).split('](')[1]).toBe(`${url})`);
  });

  it('keeps the path in its code', () => {
    expect(link('a](http://evil.example).md')).toMatch(
      /^\[`a\]\(http:\/\/evil\.example\)\.md`\]\(https:\/\/github/,
    );
  });

  it('belongs to the repository, also of a pull request, and is no link without one', () => {
    expect(link('a.ts', 'https://ghe.example/o/r/pull/9')).toContain(
      `(https://ghe.example/o/r/blob/${sha('b')}/a.ts)`,
    );
    expect(link('a.ts', 'https://ghe.example/elsewhere')).toBe('`a.ts`');
  });
});

describe('what was put off', () => {
  const filed = {
    ...proposed,
    kind: 'passed',
    summary: 'pull request #43 is open',
    debts: FILED,
    unfiled: UNFILED,
  };

  it('stands in the pull request', async () => {
    const run = begun(runAfter([...upToReview, { ...filed, kind: 'passed' }]));
    const section = /## Put off\n\n(?<list>(?:- .*\n)+)/.exec(bodyOf(pullRequest(run)))?.groups?.['list'];
    expect(section?.trim().split('\n')).toEqual([
      '- #50: Stream long lists',
      String.raw`- #12 (known before): fixes issue #1 \| @ octocat < b>`,
      '- Not filed, because one run files at most 2: Rename the module',
    ]);
    expect(bodyOf(pullRequest(begun(runAfter(upToReview))))).not.toContain('Put off');
  });

  it('is one line of the progress comment', () => {
    const run = runAfter([...upToReview, { ...filed, kind: 'passed' }]);
    expect(bodyOf(progressComment(run))).toContain(
      '\n**Put off:** #50, #12 (known before), 1 without an issue, named in the pull request.\n',
    );
    expect(bodyOf(progressComment(runAfter([...upToReview, proposed])))).not.toContain('Put off');
  });
});
