import type { ChildProcess } from 'node:child_process';

/** Collects all that a process prints, on both streams. */
export function listen({ stdout, stderr }: ChildProcess): readonly string[] {
  const parts: string[] = [];
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (part: Buffer | string) => void parts.push(String(part)));
  }
  return parts;
}
