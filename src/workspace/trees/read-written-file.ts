import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { WrittenFile } from '../../domain/evidence.ts';

/**
 * Reads what an untrusted process has left in a directory: a regular file of text that is reached without any link. No
 * process may work there any more. Throws only when the disk fails.
 */
export async function readWrittenFile(
  directory: string,
  path: string,
  maxBytes: number,
): Promise<WrittenFile> {
  if (path.includes('\0') || path.startsWith('/') || path.split('/').includes('..')) {
    return { kind: 'refused', reason: `${JSON.stringify(path)} is no path inside the repository` };
  }
  const root = await realpath(directory);
  const wanted = join(root, path);
  let file: FileHandle | undefined;
  try {
    if ((await realpath(wanted)) !== wanted) {
      return { kind: 'refused', reason: `${path} is reached through a symbolic link` };
    }
    // A named pipe would block without O_NONBLOCK until somebody writes to it.
    file = await open(wanted, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return toWrittenFile(await readText(file, maxBytes), { path, root });
  } catch (error) {
    return toFailure(error, path);
  } finally {
    await file?.close();
  }
}

type Text = { readonly text: string } | { readonly fault: string };

async function readText(file: FileHandle, maxBytes: number): Promise<Text> {
  const stats = await file.stat();
  if (!stats.isFile()) {
    return { fault: 'is no regular file' };
  }
  // One byte more than allowed tells whether there is more, whatever the size said.
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(stats.size, maxBytes) + 1));
  if (bytesRead > maxBytes) {
    return { fault: `has more than ${maxBytes} bytes` };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead)) };
  } catch {
    return { fault: 'is not text in UTF-8' };
  }
}

function toWrittenFile(read: Text, { path, root }: { readonly path: string; readonly root: string }) {
  return 'fault' in read
    ? ({ kind: 'refused', reason: `${path} ${read.fault}` } as const)
    : ({ kind: 'read', text: read.text, root } as const);
}

function toFailure(error: unknown, path: string): WrittenFile {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { kind: 'absent' };
  }
  if (code === 'ELOOP' || code === 'ENXIO' || code === 'EACCES' || code === 'ENAMETOOLONG') {
    return { kind: 'refused', reason: `${path} is no regular file that can be read (${code})` };
  }
  throw error;
}
