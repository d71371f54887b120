import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Clone, openClone } from './arena/open-clone.ts';
import type { Attack, Plot } from './attack.ts';
import { type Fate, toFate } from './fate.ts';
import type { Seen } from './seen.ts';
import { readRefs } from './targets/read-proposed.ts';
import type { Ending, Place, Target } from './targets/target.ts';
import { type Played, toSeen } from './to-seen.ts';
import { whatAlwaysHolds } from './what-always-holds.ts';

const LONGEST_MS = 150_000;

/** Plays an attack on a target, in a repository that nobody else uses, and looks at what it left behind. */
export async function tryAttack(attack: Attack, target: Target, place: Place): Promise<Fate> {
  const { arena, simulator } = target;
  const bait = arena.toBait(attack.id, simulator, `${place.owner}/${place.repo}`);
  const plot = attack.prepare(bait);
  const clone = await fillRepository(simulator, bait.repository, plot);
  try {
    const before = await readRefs(join(target.repositories, place.owner, `${place.repo}.git`));
    arena.model.play(bait.word, plot, async () => clone?.run(plot.meanwhile ?? 'true'));
    await openIssue(target, place, { ...plot, title: `${plot.title ?? 'Add a sum'} ${bait.word}` });
    const played = { bait, place, before, ending: await inTime(target, place) };
    return await judge(target, played, { attack, plot });
  } finally {
    await clone?.close();
  }
}

/** Null when the plot has no use for a clone. */
async function fillRepository(
  simulator: Simulator,
  repository: string,
  { files, before, after, meanwhile }: Plot,
): Promise<Clone | null> {
  if ([files, before, after, meanwhile].every((part) => part === undefined)) {
    return null;
  }
  const clone = await openClone(simulator, repository);
  await clone.run(before ?? 'true');
  await clone.add(files ?? {});
  await clone.push();
  await clone.run(after ?? 'true');
  return clone;
}

async function openIssue({ simulator }: Target, place: Place, plot: Plot & { title: string }): Promise<void> {
  const { rest } = new Octokit({ auth: simulator.tokenOf('mallory'), baseUrl: simulator.url });
  await rest.issues.create({ ...place, title: plot.title, body: plot.body ?? 'Please add a sum.' });
  for (const body of plot.comments ?? []) {
    await rest.issues.createComment({ ...place, issue_number: 1, body });
  }
}

async function inTime(target: Target, place: Place): Promise<Ending> {
  const late = Promise.withResolvers<Ending>();
  const timer = setTimeout(
    () => late.resolve({ state: 'hung', summary: `its log ends with ${target.log().slice(-500)}` }),
    LONGEST_MS,
  );
  const ended = await Promise.race([target.work(place), late.promise]);
  clearTimeout(timer);
  return ended;
}

async function judge(
  target: Target,
  played: Played,
  { attack, plot }: { attack: Attack; plot: Plot },
): Promise<Fate> {
  const seen = await toSeen(target, played);
  const untried = whyUntried(plot, seen, target.arena.model.wasAsked(played.bait.word));
  if (untried !== null) {
    return { kind: 'not-tried', why: untried };
  }
  const expectations = [
    ...(await whatAlwaysHolds(target, played, seen)),
    ...(await attack.check(seen, played.bait)),
  ];
  return toFate(expectations);
}

function whyUntried(plot: Plot, seen: Seen, wasAsked: boolean): string | null {
  const { acts = [], isLethal = false } = plot;
  if (plot.aimsAtServer === true) {
    return null;
  }
  const unfit = seen.results.find((result) => /syntax error/i.test(result));
  if (unfit !== undefined) {
    return `the shell does not understand an act: ${unfit}`;
  }
  if (wasAsked && seen.results.length >= acts.length - (isLethal ? 1 : 0)) {
    return null;
  }
  const done = wasAsked ? `did ${seen.results.length} of its ${acts.length} acts` : 'was never asked';
  return `the agent ${done}; ${seen.state}: ${seen.summary}`;
}
