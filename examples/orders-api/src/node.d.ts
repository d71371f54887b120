// The parts of Node that this service uses, declared here so that it needs no package at all.

interface ImportMeta {
  readonly main: boolean;
}

declare module 'node:http' {
  export interface IncomingMessage extends AsyncIterable<Uint8Array<ArrayBuffer>> {
    readonly method?: string;
    readonly url?: string;
  }
  export interface ServerResponse {
    writeHead(status: number, headers: Record<string, string>): this;
    end(body?: string): this;
  }
  export interface Server {
    listen(port: number, host: string, listening?: () => void): this;
    address(): { readonly port: number } | null;
    close(closed?: () => void): this;
  }
  export function createServer(
    listener: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>,
  ): Server;
}

declare module 'node:test' {
  export function describe(name: string, body: () => void): void;
  export function test(name: string, body: () => void | Promise<void>): void;
}

declare module 'node:assert/strict' {
  const assert: {
    equal(actual: unknown, expected: unknown): void;
    deepEqual(actual: unknown, expected: unknown): void;
  };
  export default assert;
}

declare const process: {
  /** Microseconds that this thread has used, since `before` where that is given. */
  threadCpuUsage(before?: ThreadCpuUsage): ThreadCpuUsage;
};

interface ThreadCpuUsage {
  readonly user: number;
  readonly system: number;
}
