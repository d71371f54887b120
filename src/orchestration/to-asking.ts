import type { Brief } from '../domain/brief.ts';
import { buildBrief } from '../domain/build-brief.ts';
import type { ProvidedCandidate } from '../domain/fall-back.ts';
import type { Candidate, Offer } from '../domain/offer.ts';
import type { Role } from '../domain/role.ts';
import type { RunningRun } from '../domain/run.ts';
import { toPresentSetup } from '../domain/setup.ts';
import type { StepWorld } from '../domain/step-kind.ts';
import type { Workspace } from '../ports/workspace.ts';
import type { RuntimeAtHand, RuntimesAtHand } from './meter-attempt.ts';
import { readInstructions } from './read-instructions.ts';

/** Bytes of the change that a brief shows; a reviewer can read the rest in the tree. */
const DIFF_LIMIT_BYTES = 200_000;

/** A runtime that may be asked, the model for it, and the way there. */
export interface ReadyCandidate extends ProvidedCandidate {
  readonly hand: RuntimeAtHand;
}

/** What is asked, the same for all but the model, and of whom. */
export interface RoleAsking {
  readonly brief: Omit<Brief, 'model'>;
  readonly candidates: readonly [ReadyCandidate, ...ReadyCandidate[]];
}

/** What putting it together needs of the rest. */
export interface AskingBench {
  readonly workspace: Workspace;
  readonly runtimes: RuntimesAtHand;
  /** What roles may be asked with now. */
  readonly offer: Offer;
  /** Tokens that a model takes in one conversation. */
  readonly windowTokens: number;
  /** An unguessable token for the fences of one attempt's brief. */
  readonly fenceToken: (run: RunningRun) => string;
}

type Request = Omit<Parameters<StepWorld['ask']>[0], 'role' | 'branch'>;

/** Throws when nobody could be asked. */
export async function toAsking(
  run: RunningRun,
  { role: name, ...request }: Request & { readonly role: string },
  bench: AskingBench,
): Promise<RoleAsking> {
  const role = run.definition.roles[name];
  if (role === undefined) {
    throw new RangeError(`the definition of run ${run.order.id} has no role ${name}`);
  }
  const { candidates, turns, minutes } = toReadySetup(run, role, bench);
  const brief = buildBrief(run, {
    ...request,
    role: { ...role, tools: request.access === 'none' ? [] : role.tools },
    turns,
    timeoutMs: minutes === undefined ? request.timeoutMs : Math.min(request.timeoutMs, minutes * MINUTE_MS),
    repository: await readInstructions(run, bench.workspace),
    diff: await readDiff(run, request, bench),
    token: bench.fenceToken(run),
    windowTokens: bench.windowTokens,
  });
  return { brief, candidates };
}

const MINUTE_MS = 60_000;

function toReadySetup(run: RunningRun, role: Role, { offer, runtimes }: AskingBench) {
  const setup = toPresentSetup(run.definition.setups?.[role.name] ?? null, role, offer);
  const [first, ...others] = (setup?.candidates ?? []).flatMap((candidate) => toReady(candidate, runtimes));
  if (setup === null || first === undefined) {
    throw new Error(
      `nothing that ${role.name} could be asked with is offered on this server: look at BATON_RUNTIME and the models`,
    );
  }
  return { ...setup, candidates: [first, ...others] as const };
}

function toReady(candidate: Candidate, runtimes: RuntimesAtHand): readonly ReadyCandidate[] {
  const hand = runtimes.get(candidate.runtime);
  return hand === undefined ? [] : [{ ...candidate, provider: hand.provider, hand }];
}

async function readDiff(run: RunningRun, request: Request, { workspace }: AskingBench): Promise<string> {
  return run.head === run.base.sha
    ? ''
    : await workspace.readDiff(run.order.subject.repository, run.base.sha, run.head, {
        maxBytes: DIFF_LIMIT_BYTES,
        paths: request.files?.paths,
      });
}
