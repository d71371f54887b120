import { Hono } from 'hono';
import { z } from 'zod';
import { readCommit } from '../git/commit.ts';
import { resolveCommit } from '../git/refs.ts';
import { readTree } from '../git/tree.ts';
import { writeCommit } from '../git/write-commit.ts';
import { writeBlob, writeTree } from '../git/write-tree.ts';
import { toSignature } from '../operations/signature.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toGitCommit } from '../serializers/to-commit.ts';
import { toRepositoryUrl } from '../serializers/to-repository.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import { toNodeId } from '../state/node-id.ts';
import type { Repository } from '../state/repository.ts';
import { toTimestamp } from '../state/timestamp.ts';
import type { World } from '../state/world.ts';
import { NEEDS } from './needs.ts';

const sha = z.string().regex(/^[0-9a-f]{40}$/, 'must be a full object name');
const newBlob = z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).default('utf-8') });
const treeEntry = z.object({
  path: z.string().refine(isTreePath, 'contains a malformed path component'),
  mode: z.enum(['100644', '100755', '040000', '160000', '120000']),
  type: z.enum(['blob', 'tree', 'commit']).optional(),
  sha: sha.nullish(),
  content: z.string().optional(),
});
const newTree = z.object({ base_tree: sha.optional(), tree: z.array(treeEntry) });
const person = z.object({
  name: z.string(),
  email: z.string(),
  date: z.iso.datetime({ offset: true }).optional(),
});
const newCommit = z.object({
  message: z.string(),
  tree: sha,
  parents: z.array(sha).default([]),
  author: person.optional(),
  committer: person.optional(),
});

/** Blobs, trees and commits of the git data API. */
export function gitObjectRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const path = '/repos/:owner/:repo/git';
  routes.post(`${path}/blobs`, accepted(world, 'git/create-blob'), async (call) => {
    const { repository } = writeRepository(world, call, NEEDS.writeContents);
    const { content, encoding } = await readBody(call, newBlob);
    const name = await writeBlob(repository.git, Buffer.from(content, encoding));
    return call.json({ sha: name, url: `${toRepositoryUrl(world, repository)}/git/blobs/${name}` }, 201);
  });
  routes.get(`${path}/blobs/:sha`, async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    const blob = await repository.git.objects.read(call.req.param('sha'));
    if (blob?.type !== 'blob') {
      throw notFound();
    }
    const answer: Rest['blob'] = {
      sha: blob.sha,
      node_id: toNodeId('B', Number.parseInt(blob.sha.slice(0, 8), 16)),
      size: blob.content.length,
      url: `${toRepositoryUrl(world, repository)}/git/blobs/${blob.sha}`,
      content: blob.content.toString('base64'),
      encoding: 'base64',
    };
    return call.json(answer);
  });
  routes.post(`${path}/trees`, accepted(world, 'git/create-tree'), async (call) => {
    const { repository } = writeRepository(world, call, NEEDS.writeContents);
    const body = await readBody(call, newTree);
    const changes = await Promise.all(
      body.tree.map(async ({ path: at, mode, sha: given, content }) => ({
        path: at,
        mode,
        sha: content === undefined ? (given ?? null) : await writeBlob(repository.git, content),
      })),
    );
    const written = await writeTree(repository.git, body.base_tree ?? null, changes).catch(() => {
      throw new GitHubError(422, 'tree.sha is not a valid object, or a path is malformed.');
    });
    return call.json(await toTree(world, repository, { sha: written, recursive: false }), 201);
  });
  routes.get(`${path}/trees/:sha{.+}`, async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    const recursive = call.req.query('recursive') !== undefined;
    return call.json(await toTree(world, repository, { sha: call.req.param('sha'), recursive }));
  });
  return routes.route('/', gitCommitRoutes(world));
}

function gitCommitRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.post('/repos/:owner/:repo/git/commits', accepted(world, 'git/create-commit'), async (call) => {
    const { repository, actor } = writeRepository(world, call, NEEDS.writeContents);
    const body = await readBody(call, newCommit);
    const author = toGivenSignature(body.author) ?? toSignature(actor.account);
    const committer = toGivenSignature(body.committer) ?? author;
    const { message, tree, parents } = body;
    const written = await writeCommit(repository.git, { message, tree, parents, author, committer }).catch(
      () => {
        throw new GitHubError(422, 'Tree SHA or a parent SHA does not exist');
      },
    );
    return call.json(await toWrittenCommit(world, repository, written), 201);
  });
  routes.get('/repos/:owner/:repo/git/commits/:sha', async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    return call.json(await toWrittenCommit(world, repository, call.req.param('sha')));
  });
  return routes;
}

async function toWrittenCommit(
  world: World,
  repository: Repository,
  name: string,
): Promise<Rest['git-commit']> {
  const commit = await readCommit(repository.git, name);
  if (!commit) {
    throw notFound();
  }
  return toGitCommit(world, repository, commit);
}

async function toTree(
  world: World,
  repository: Repository,
  wanted: { sha: string; recursive: boolean },
): Promise<Rest['git-tree']> {
  const name = (await resolveCommit(repository.git, wanted.sha)) ?? wanted.sha;
  const [tree, entries] = await Promise.all([
    repository.git.objects.read(`${name}^{tree}`),
    readTree(repository.git, name, wanted.recursive),
  ]);
  if (!tree || !entries) {
    throw notFound();
  }
  const url = `${toRepositoryUrl(world, repository)}/git`;
  return {
    sha: tree.sha,
    url: `${url}/trees/${tree.sha}`,
    truncated: false,
    tree: entries.map((entry) => ({ ...entry, url: `${url}/${entry.type}s/${entry.sha}` })),
  };
}

function toGivenSignature(given: z.output<typeof person> | undefined) {
  return (
    given && { name: given.name, email: given.email, date: toTimestamp(new Date(given.date ?? Date.now())) }
  );
}

// git leaves such paths out without a word; GitHub refuses them.
function isTreePath(path: string): boolean {
  return path.split('/').every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()));
}
