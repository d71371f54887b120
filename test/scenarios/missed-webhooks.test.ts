import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { freePort } from '../support/free-port.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ environment: { LOG_LEVEL: 'debug' } });
});
afterAll(async () => {
  await stage.stop();
});

describe('scenarios/missed-webhooks', () => {
  it('does what was asked while it was down, without anybody asking again', async () => {
    const port = String(await freePort());
    const first = await stage.startBaton({ PORT: port });
    await first.stop();

    const { rest } = stage.as(MAINTAINER);
    const { data: issue } = await rest.issues.create({ ...REPO, title: 'Asked while away', body: 'x' });
    await rest.issues.addLabels({ ...REPO, issue_number: issue.number, labels: ['baton'] });
    await rest.issues.createComment({ ...REPO, issue_number: issue.number, body: '/baton help' });
    await stage.simulator.settle();
    expect(stage.simulator.deliveries().every(({ outcome }) => outcome?.statusCode !== 202)).toBe(true);

    await stage.startBaton({ PORT: port });
    expect((await stage.advanced(({ decision }) => decision === 'hold')).state).toBe('held');
    const asked = stage.simulator.deliveries().find(({ event }) => event === 'issue_comment');
    await stage.heard((line) =>
      line.msg === 'a delivery was handled' && line['guid'] === asked?.guid ? true : null,
    );
    const { data: comments } = await rest.issues.listComments({ ...REPO, issue_number: issue.number });
    expect(comments.filter(({ user }) => user?.login === 'baton[bot]')).toHaveLength(2);
  });
});
