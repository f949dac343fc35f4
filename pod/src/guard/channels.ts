import { builtin } from './builtin.ts';

/** Listens on Node.js's diagnostics channels, by their names; to nothing where there are none, as on the edge. */
export function listen(listeners: Readonly<Record<string, (message: never) => void>>): void {
  const channels = builtin('node:diagnostics_channel') as
    | typeof import('node:diagnostics_channel')
    | undefined;
  if (channels === undefined) return;
  for (const [name, hear] of Object.entries(listeners))
    channels.subscribe(name, (message) => hear(message as never));
}
