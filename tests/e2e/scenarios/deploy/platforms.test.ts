import { readdirSync } from 'node:fs';
import { parseConfig } from '@calc/sse-server';
import { send, startServer } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import {
    container,
    defaults,
    deployment,
    disruptionBudget,
    type Env,
    fly,
    imageEnv,
    kubernetesEnv,
    MCP_AUTH_TOKEN,
    pod,
    railway,
    read,
    root,
    service
} from './files.ts';

test('Kubernetes sets the variables that the server requires, and gives it time to stop', () => {
    expect(parseConfig({ ...imageEnv, ...kubernetesEnv })).toMatchObject({ tokens: [MCP_AUTH_TOKEN], port: 3001 });
    expect(container.env[0].valueFrom.secretKeyRef).toEqual({ name: 'mcp-calculator', key: 'token' });
    expect(container.env[1].valueFrom.secretKeyRef).toEqual({ name: 'mcp-calculator', key: 'redis-url' });
    for (const key of ['token', 'redis-url'])
        expect(read('deploy/kubernetes.yaml')).toContain(`--from-literal=${key}=`);
    const [command, seconds] = container.lifecycle.preStop.exec.command;
    expect(command).toBe('sleep');
    const grace = 1000 * (pod.terminationGracePeriodSeconds - seconds);
    expect(grace).toBeGreaterThan(defaults.shutdownTimeoutMs);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
});

test('Kubernetes has several replicas without session affinity, and replaces them one after another', () => {
    expect(deployment.spec).toMatchObject({
        replicas: 3,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
    });
    expect(service.spec.sessionAffinity).toBe('None');
    expect(disruptionBudget.spec).toEqual({ maxUnavailable: 1, selector: deployment.spec.selector });
    expect(parseConfig(kubernetesEnv).redisUrl).toMatch(/^rediss:/);
    const { periodSeconds, failureThreshold } = container.readinessProbe;
    expect(periodSeconds * failureThreshold).toBe(30);
});

test('in Kubernetes labels, ports and names match', () => {
    const { labels } = deployment.spec.template.metadata;
    expect(deployment.spec.selector.matchLabels).toEqual(labels);
    expect(service.spec.selector).toEqual(labels);
    expect(container.ports).toEqual([{ name: service.spec.ports[0].targetPort, containerPort: Number(imageEnv.PORT) }]);
    expect(parseConfig(kubernetesEnv).allowedHosts).toContain(service.metadata.name);
});

test('Fly and Railway set the variables that the server requires, and give it time to stop', () => {
    const config = parseConfig({ ...imageEnv, MCP_AUTH_TOKEN, ...(fly.env as Env) });
    expect(fly).toMatchObject({
        app: 'mcp-calculator',
        kill_signal: 'SIGTERM',
        http_service: { internal_port: config.port, auto_stop_machines: 'off', min_machines_running: 1 }
    });
    expect(config.allowedHosts).toEqual([`${fly.app}.fly.dev`]);
    expect(1000 * Number(fly.kill_timeout)).toBeGreaterThan(config.shutdownTimeoutMs);
    expect(fly).toHaveProperty('http_service.concurrency.soft_limit', config.limits.maxSessions);
    expect(railway).toMatchObject({ build: { dockerfilePath: 'deploy/Dockerfile' }, deploy: { numReplicas: 1 } });
    expect(railway).toHaveProperty('deploy.drainingSeconds', expect.any(Number));
    expect(1000 * Number(Object(railway.deploy).drainingSeconds)).toBeGreaterThan(config.shutdownTimeoutMs);
});

test('probes request a path that the server answers, with a Host that it accepts', async () => {
    const probes = {
        'Kubernetes readiness': container.readinessProbe.httpGet.path,
        'Kubernetes liveness': container.livenessProbe.httpGet.path,
        Fly: Object(fly.http_service).checks[0].path,
        Railway: Object(railway.deploy).healthcheckPath,
        Docker: /\/health\b/.exec(read('deploy/Dockerfile'))?.[0]
    };
    expect(Object.values(probes)).toEqual(['/ready', '/health', '/ready', '/ready', '/health']);
    await using server = await startServer({ MCP_AUTH_TOKEN });
    for (const [who, path] of Object.entries(probes)) {
        const answer = await send(server.url + path, { headers: { Host: '10.0.0.7:3001' } });
        expect([who, answer.status]).toEqual([who, 200]);
    }
});

test('the configurations of clients have the address and no secret', () => {
    const files = readdirSync(`${root}deploy/clients`);
    expect(files).toEqual(['claude-code.json', 'claude-desktop.json', 'cursor.json', 'vscode.json']);
    for (const file of files) {
        const text = read(`deploy/clients/${file}`);
        const { servers, mcpServers = servers } = JSON.parse(text);
        expect(Object.keys(mcpServers)).toEqual(['calculator', 'calculator-remote']);
        expect(text.match(/https?:[^"]+/g)).toEqual(['http://localhost:3001/mcp', 'https://calc.example/calc/mcp']);
        for (const [, secret] of text.matchAll(/Bearer ([^"]*)/g)) expect(secret).toMatch(/^(\$\{[^}]+\}|YOUR_TOKEN)$/);
        expect(text).toContain('Bearer ');
        if (/vscode|claude-code/.test(file)) expect(text.match(/"type": "http"/g)).toHaveLength(2);
    }
    const { inputs, servers } = JSON.parse(read('deploy/clients/vscode.json'));
    expect(servers['calculator-remote'].headers.Authorization).toContain(`\${input:${inputs[0].id}}`);
    expect(inputs[0]).toMatchObject({ type: 'promptString', password: true });
});
