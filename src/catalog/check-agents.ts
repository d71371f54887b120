import { type AgentSettings, agentSettingsSchema } from '../domain/agent-settings.ts';
import { listModels, listRuntimes, modelsFor, type Offer } from '../domain/offer.ts';
import type { Role } from '../domain/role.ts';
import { toSetup } from '../domain/setup.ts';
import type { CatalogFault } from './fault.ts';
import { listNames } from './list-names.ts';
import type { Entry } from './parse-data-file.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** What the choices of roles and repositories are checked against. */
export interface Choosable {
  /** The roles there are, by name; null where one could not be read. */
  readonly roles: ReadonlyMap<string, Role | null>;
  /** Null where it is not known what the operator offers. */
  readonly offer: Offer | null;
}

const WHO_OFFERS = 'Whoever operates Baton decides what there is.';

/** Checks `agents` of a repository's settings, each by itself: also where the rest of the file is wrong. */
export function checkAgents(source: YamlSource, choosable: Choosable): readonly CatalogFault[] {
  return Object.entries(toAgents(source.value)).flatMap(([name, given]) => {
    const { roles } = choosable;
    const role = roles.get(name);
    if (role === undefined) {
      const remedy = `Name one of: ${listNames(roles.keys(), name)}.`;
      const place = source.locateKey(['agents'], name);
      return [{ file: source.file, ...place, message: `there is no role '${name}'`, remedy }];
    }
    const { data } = agentSettingsSchema.safeParse(given);
    return data === undefined || role === null ? [] : checkAgent(source, { role, own: data }, choosable);
  });
}

function toAgents(value: unknown): object {
  const agents: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'agents') : null;
  return typeof agents === 'object' && agents !== null ? agents : {};
}

interface Chosen {
  readonly role: Role;
  readonly own: AgentSettings;
}

function checkAgent(source: YamlSource, chosen: Chosen, { offer }: Choosable): readonly CatalogFault[] {
  const { role, own } = chosen;
  const path = ['agents', role.name];
  const faults = checkTools(source, chosen);
  if (offer === null) {
    return faults;
  }
  const wrong = [
    ...faults,
    ...checkRuntimes(source, [...path, 'runtime'], { names: [own.runtime ?? []].flat(), offer }),
    ...checkModel(source, [...path, 'model'], { model: own.model, offer }),
  ];
  return wrong.length > 0 || toSetup(role, own, offer) !== null
    ? wrong
    : [
        {
          file: source.file,
          ...source.locate(path),
          message: `none of the runtimes that would be asked has the model ${own.model ?? role.model}`,
          remedy: 'Choose a runtime that has this model, or another model.',
        },
      ];
}

function checkTools(source: YamlSource, { role, own }: Chosen): readonly CatalogFault[] {
  return (own.tools ?? []).flatMap((tool, index) =>
    role.tools.includes(tool)
      ? []
      : [
          {
            file: source.file,
            ...source.locate(['agents', role.name, 'tools', index]),
            message: `${role.name} does not have the tool ${tool}`,
            remedy: `Tools can only be taken away here; it has ${role.tools.join(', ') || 'none'}.`,
          },
        ],
  );
}

function checkRuntimes(
  source: YamlSource,
  path: YamlPath,
  { names, offer }: { readonly names: readonly string[]; readonly offer: Offer },
): readonly CatalogFault[] {
  const offered = listRuntimes(offer);
  return names
    .filter((name) => !offered.includes(name))
    .map((name) => ({
      file: source.file,
      ...source.locateText(path, name),
      message: `the runtime '${name}' is not offered on this server`,
      remedy: `Use one of: ${offered.join(', ')}. ${WHO_OFFERS}`,
    }));
}

function checkModel(
  source: YamlSource,
  path: YamlPath,
  { model, offer }: { readonly model: string | undefined; readonly offer: Offer },
): readonly CatalogFault[] {
  if (model === undefined || modelsFor(model, offer).length > 0) {
    return [];
  }
  const choice = [...Object.keys(offer.models), ...listModels(offer)].join(', ');
  const message = `the model '${model}' is not offered on this server`;
  return [
    { file: source.file, ...source.locate(path), message, remedy: `Use one of: ${choice}. ${WHO_OFFERS}` },
  ];
}

/** The runtimes that roles name in their own files. */
export function checkRoleRuntimes(
  roles: readonly Entry<Role>[],
  offer: Offer | null,
): readonly CatalogFault[] {
  return offer === null
    ? []
    : roles.flatMap(({ value, source }) =>
        checkRuntimes(source, ['runtime'], {
          names: value.runtime === undefined ? [] : [value.runtime],
          offer,
        }),
      );
}
