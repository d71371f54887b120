import { MAINTAINER } from '../../../src/demo/demo-seed.ts';
import type { Advanced } from '../../../src/demo/narrator.ts';
import { REPO, type Stage } from '../../support/stage.ts';
import { untilIdle, within } from './until.ts';

/** An issue that a person has opened. */
export interface PlayedIssue {
  readonly number: number;
  label(): Promise<void>;
  say(body: string): Promise<void>;
}

export async function openIssue(stage: Stage, title = 'Pages for GET /orders'): Promise<PlayedIssue> {
  const { rest } = stage.as(MAINTAINER);
  // So that the rules know its workflow, and no lead has to be asked.
  const wish = 'Add an endpoint to the API with pages of the list, such as GET /orders?page=2.';
  const { data } = await rest.issues.create({ ...REPO, title, body: wish });
  const subject = { ...REPO, issue_number: data.number };
  return {
    number: data.number,
    async label() {
      await rest.issues.addLabels({ ...subject, labels: ['baton'] });
    },
    async say(body) {
      await rest.issues.createComment({ ...subject, body });
    },
  };
}

/** A person labels an issue, approves the design when asked, and waits for the end of the run. */
export async function playIssue(stage: Stage, ms: number): Promise<Advanced> {
  const issue = await openIssue(stage);
  await issue.label();
  await within(
    ms,
    'the design to be held for approval',
    stage.advanced(({ state }) => state === 'held'),
  );
  await issue.say('/baton approve');
  return within(
    ms,
    'the run to end',
    stage.advanced(({ decision }) => decision === 'finish'),
  );
}

/** Until nothing is under way any more, in Baton or on the way to it. */
export async function settle(stage: Stage): Promise<void> {
  await stage.simulator.settle();
  await untilIdle(stage.databaseUrl);
}
