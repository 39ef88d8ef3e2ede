import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '@calc/sse-server';
import { parse as parseToml } from 'smol-toml';
import { expect } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';

// The files of deploy/, parsed.

export type Env = Record<string, string>;

export const root = fileURLToPath(new URL('../../../../', import.meta.url));
export const read = (path: string) => readFileSync(root + path, 'utf8');
export const defaults = parseConfig({});
export const MCP_AUTH_TOKEN = 'a-token-of-the-test';
/** What the Secret of Kubernetes has. */
const SECRETS: Env = { token: MCP_AUTH_TOKEN, 'redis-url': 'rediss://calc:secret@redis.example:6379' };

export const dockerfile = parseDockerfile(read('deploy/Dockerfile'));
export const imageEnv: Env = Object.fromEntries(
    dockerfile.flatMap(({ instruction, words }) => (instruction === 'ENV' ? words.map(word => word.split('=')) : []))
);
export const compose = parseYaml(read('deploy/compose.yaml')).services;
export const nginx = read('deploy/nginx.conf');
export const caddy = read('deploy/Caddyfile');
export const fly = parseToml(read('deploy/fly.toml'));
export const railway = parseToml(read('deploy/railway.toml'));
export const [deployment, service, disruptionBudget] = parseAllDocuments(read('deploy/kubernetes.yaml')).map(document =>
    document.toJS()
);
export const {
    containers: [container],
    ...pod
} = deployment.spec.template.spec;
export const kubernetesEnv: Env = Object.fromEntries(
    container.env.map(({ name, value, valueFrom }: KubernetesVariable) => [
        name,
        value ?? SECRETS[String(valueFrom?.secretKeyRef.key)]
    ])
);

interface KubernetesVariable {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: { name: string; key: string } };
}

/** The arguments of redis-server in compose.yaml, with this password of the servers' user. */
export const redisArguments = (password: string): string[] =>
    compose.redis.command.slice(1).map((word: string) => word.replace(/\$\{REDIS_PASSWORD:\?\}/, password));

export const unit = parseUnit(read('deploy/mcp-calculator.service'));
export const unitEnv: Env = Object.fromEntries((unit.Environment ?? []).map(line => line.split('=')));

/** The values of each setting, in order. */
function parseUnit(text: string): Record<string, string[]> {
    const settings: Record<string, string[]> = {};
    for (const [, name = '', value = ''] of text.matchAll(/^(\w+)=(.*)$/gm))
        settings[name] = [...(settings[name] ?? []), value];
    return settings;
}

/** One instruction a line, as deploy/check-image.sh requires too. */
function parseDockerfile(text: string) {
    const lines = text.split('\n').filter(line => line && !line.startsWith('#'));
    return lines.map(line => {
        const [instruction = '', ...words] = line.split(' ');
        return { instruction, words };
    });
}

export function toMs(text: string): number {
    const [, number, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
    return Number(number) * ({ s: 1000, m: 60_000, h: 3_600_000 }[String(unit)] ?? Number.NaN);
}

/** The value of a directive that is there once. */
export function directive(text: string, name: string): string {
    const values = [...text.matchAll(new RegExp(`^\\s*${name}\\s+([^;{\\n]+?);?$`, 'gm'))].map(([, value]) => value);
    expect(values, name).toHaveLength(1);
    return String(values[0]);
}
