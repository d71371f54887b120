/** Where something is to listen, and the setting that says so. */
interface Address {
  readonly host: string;
  readonly port: number;
  readonly setting: string;
}

/** Listens by `listen`. @throws Error that says which address cannot be had, and which setting to change. */
export async function listenOrSay<Listening>(
  listen: () => Promise<Listening>,
  { host, port, setting }: Address,
): Promise<Listening> {
  try {
    return await listen();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) {
      throw error;
    }
    const where = `Port ${port} at ${host}`;
    throw new Error(
      code === 'EADDRINUSE'
        ? `${where} is taken, maybe by another Baton. End what listens there, or set ${setting} to a free port.`
        : `${where} cannot be listened at (${code}). The address must be one of this machine, and its user must be ` +
            `allowed to open the port (1024 and above). The port is set by ${setting}.`,
      { cause: error },
    );
  }
}
