// Playground listens on every interface and has no option for it. This is loaded before it, in its workers too,
// and puts each listener that names no host on loopback.
import { Server } from 'node:net';

const { listen } = Server.prototype;
const isPort = (value) => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));

Server.prototype.listen = function listenOnLoopback(...args) {
  const [first, second, ...rest] = args;
  if (isPort(first)) {
    if (typeof second === 'string') return listen.call(this, first, '127.0.0.1', ...rest);
    return listen.call(this, first, '127.0.0.1', ...args.slice(1));
  }
  if (first && typeof first === 'object' && isPort(first.port)) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...args.slice(1));
  }
  return listen.apply(this, args);
};
