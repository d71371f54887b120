import type { Fault } from './fault.ts';
import { findModelConflicts } from './find-model-conflicts.ts';
import { findRuntimeConflicts } from './find-runtime-conflicts.ts';
import { isGiven } from './is-given.ts';
import { namedRuntimes } from './named-runtimes.ts';
import type { Environment } from './read-values.ts';

/** Settings that are right by themselves and wrong together. Looks at what was given, so that it is told at once. */
export function findConflicts(environment: Environment): Fault[] {
  const { PRIVATE_KEY, PRIVATE_KEY_PATH, SANDBOX, BATON_TRUST_EVERY_REPOSITORY } = environment;
  const faults: Fault[] = [];
  if (!isGiven(PRIVATE_KEY) && !isGiven(PRIVATE_KEY_PATH)) {
    faults.push({
      name: 'PRIVATE_KEY_PATH',
      problem: 'is missing, and so is PRIVATE_KEY',
      remedy: "Download a private key on the App's settings page and give the path of the file.",
    });
  }
  if (isGiven(PRIVATE_KEY) && isGiven(PRIVATE_KEY_PATH)) {
    faults.push({
      name: 'PRIVATE_KEY',
      problem: 'is set, and so is PRIVATE_KEY_PATH',
      remedy: 'Keep one of them.',
    });
  }
  if (SANDBOX === 'none' && BATON_TRUST_EVERY_REPOSITORY !== 'yes') {
    faults.push({
      name: 'SANDBOX',
      problem: 'is none: agents and repository code would run with all rights of this process',
      remedy:
        'Leave it out to use bubblewrap. If you trust everyone who can write to any of the repositories, also set ' +
        'BATON_TRUST_EVERY_REPOSITORY=yes.',
    });
  }
  if (namedRuntimes(environment).includes('replay') && !isGiven(environment['BATON_REPLAY_DIR'])) {
    faults.push({
      name: 'BATON_REPLAY_DIR',
      problem: 'is missing, and replay is one of the runtimes',
      remedy: 'Set it to the directory with the recorded answers.',
    });
  }
  return [
    ...faults,
    ...findModelConflicts(environment),
    ...findRuntimeConflicts(environment),
    ...findMcpConflicts(environment),
    ...findMetricsConflicts(environment),
  ];
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Names of workflows and what models cost are not for every neighbour on the network. */
function findMetricsConflicts(environment: Environment): Fault[] {
  const { BATON_METRICS_PORT: port, BATON_METRICS_HOST: host, BATON_METRICS_TOKEN: token } = environment;
  const isOpen = isGiven(port) && isGiven(host) && !LOOPBACK.includes(host ?? '');
  return isOpen && !isGiven(token)
    ? [
        {
          name: 'BATON_METRICS_TOKEN',
          problem: 'is missing, and BATON_METRICS_HOST is not this machine alone',
          remedy: 'Make one with `openssl rand -hex 32`, or leave BATON_METRICS_HOST out.',
        },
      ]
    : [];
}

/** Whoever can connect can write to repositories, so nobody is let in without a token. */
function findMcpConflicts({ BATON_MCP_PORT: port, BATON_MCP_TOKEN: token }: Environment): Fault[] {
  return isGiven(port) && !isGiven(token)
    ? [
        {
          name: 'BATON_MCP_TOKEN',
          problem: 'is missing, and BATON_MCP_PORT is set',
          remedy: 'Make one with `openssl rand -hex 32`.',
        },
      ]
    : [];
}
