import { commands } from '../commands/registry.gen.ts';
import type { Command } from '../domain/command.ts';
import type { Gate } from '../domain/gate.ts';
import type { StepKind } from '../domain/step-kind.ts';
import type { Member } from '../domain/team/member.ts';
import { gates } from '../gates/registry.gen.ts';
import { stepKinds } from '../steps/registry.gen.ts';
import { members } from '../team/members/registry.gen.ts';
import type { PlugIns } from './catalog.ts';

/** The plug-ins that come with Baton, by name. */
export const PLUG_INS: PlugIns = {
  gates: byName<Gate>(gates),
  stepKinds: byName<StepKind>(stepKinds),
  commands: byName<Command>(commands),
  members: byName<Member>(members),
};

function byName<PlugIn extends { readonly name: string }>(
  plugIns: readonly PlugIn[],
): ReadonlyMap<string, PlugIn> {
  return new Map(plugIns.map((plugIn) => [plugIn.name, plugIn]));
}
