/** Milliseconds that this process has computed so far: a busy machine does not make them more. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
