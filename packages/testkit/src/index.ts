export { connectClient, type TestClient } from './client.ts';
export { type JokeApi, type JokeApiBehaviour, startJokeApi } from './joke-api.ts';
export { createManualClock, type ManualClock } from './manual-clock.ts';
export { type RunningProcess, runNode } from './process.ts';
export { type HttpAnswer, type SendOptions, send } from './send.ts';
export { startServer, type TestServer } from './server.ts';
export { type SseFixture, startSse } from './sse-fixture.ts';
export { type Frame, openStream, type RawStream, type Reply } from './stream.ts';
