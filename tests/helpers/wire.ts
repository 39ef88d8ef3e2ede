// What tests of a transport need. Nothing here imports an app, so that packages can use it.
export { createGate, holdFirst } from './gate.ts';
export { createManualClock, type ManualClock } from './manual-clock.ts';
export { connectClient, type TestClient } from './mcp/client.ts';
export type { EventTap, Frame, Reply } from './mcp/event-tap.ts';
export { openStream, type RawStream } from './mcp/sse-client.ts';
export { type McpAnswer, type McpOptions, openMcp, type RawMcp } from './mcp/streamable-client.ts';
export {
    type Behaviour,
    events,
    type HostileServer,
    json,
    onCall,
    serveHostile,
    tool,
    type Way
} from './net/hostile-server.ts';
export { monitorRedis } from './net/monitor-redis.ts';
export { type Proxy, type ProxyConnection, startCutting, startProxy } from './net/proxy.ts';
export { type RedisProcess, redisPath, runRedis } from './net/run-redis.ts';
export { type HttpAnswer, type SendOptions, send, sendRaw } from './net/send.ts';
export { type HttpFixture, serveHttp } from './net/serve-http.ts';
export { startTcpProxy, type TcpProxy } from './net/tcp-proxy.ts';
export { openTunnel, type Tunnel } from './net/tunnel.ts';
export { createRandom } from './random.ts';
export { createRecorder, createServer, UNDISTURBED } from './transport/fixture-server.ts';
export { connectKept, hurried, patient } from './transport/kept-client.ts';
export { call, cancel, createEcho, createPusher, note, withProgress } from './transport/pusher.ts';
export { type FixtureOptions, parseBody, serveTransport, type TransportFixture } from './transport/serve-transport.ts';
export { serveTutorial } from './tutorial-server.ts';
