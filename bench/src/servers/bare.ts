// The lower limit: what the protocol itself requires, by hand. docs/how-it-works.md explains this server.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './serve.ts';

process.env.PORT = '0';
const { href } = new URL('../../../docs/examples/minimal-server.mjs', import.meta.url);
const { server }: { server: Server } = await import(href);
if (!server.listening) await once(server, 'listening');
serve((server.address() as AddressInfo).port);
