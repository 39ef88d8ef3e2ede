import { expect, test } from 'vitest';
import { findMisspelt } from '../../src/config/misspelt-variables.ts';
import { variables } from '../../src/config/variables.ts';

const names = Object.keys(variables);

test.each([
    ['MCP_TOKEN', 'MCP_AUTH_TOKEN'],
    ['AUTH_TOKEN', 'MCP_AUTH_TOKEN'],
    ['MCP_AUTH_TOKENS', 'MCP_AUTH_TOKEN'],
    ['mcp_auth_token', 'MCP_AUTH_TOKEN'],
    ['ALLOWED_ORIGIN', 'ALLOWED_ORIGINS'],
    ['ALLOW_HOSTS', 'ALLOWED_HOSTS'],
    ['MAX_SESSION', 'MAX_SESSIONS'],
    ['TRUST_PROXIES', 'TRUST_PROXY'],
    ['TRUSTED_PROXY', 'TRUST_PROXY'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['KEEP_ALIVE', 'KEEP_ALIVE_MS'],
    ['HEARTBEAT', 'HEARTBEAT_MS'],
    ['HEARBEAT_MS', 'HEARTBEAT_MS'],
    ['MCP_HOST', 'HOST'],
    ['port', 'PORT'],
    ['BASEPATH', 'BASE_PATH']
])('%s is reported as a misspelt %s', (given, meant) => {
    expect(findMisspelt({ [given]: '1' }, names)).toEqual([
        `${given} is not a variable of this server; did you mean ${meant}?`
    ]);
    expect(findMisspelt({ [given]: '1', [meant]: '2' }, names), 'both are set').toEqual([]);
    expect(findMisspelt({ [given]: ' ' }, names), 'empty').toEqual([]);
});

test('variables of other programs are not reported', () => {
    const others = `PATH HOME SHELL TERM LANG LC_ALL LOGNAME USER PWD OLDPWD TMPDIR TEMP EDITOR PAGER DISPLAY HOSTNAME HOSTTYPE
        MACHTYPE OSTYPE COLORTERM SSH_AUTH_SOCK SSH_CONNECTION GPG_TTY XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS INVOCATION_ID
        JOURNAL_STREAM NODE_ENV NODE_OPTIONS NODE_AUTH_TOKEN NODE_EXTRA_CA_CERTS NODE_PORT npm_config_loglevel npm_config_port
        npm_package_config_host INIT_CWD NVM_DIR CI GITHUB_TOKEN GITLAB_TOKEN NPM_TOKEN GH_TOKEN API_TOKEN API_KEY API_URL
        BASE_URL PUBLIC_URL DATABASE_URL DB_HOST DB_PORT DB_PATH REDIS_URL REDIS_HOST REDIS_PORT PGHOST PGPORT MYSQL_HOST
        HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy SSL_CERT_FILE SSL_CERT_DIR SSL_KEY SSL_CERT CURL_CA_BUNDLE
        DOCKER_HOST KUBERNETES_SERVICE_HOST KUBERNETES_PORT FLY_REGION FLY_APP_NAME RAILWAY_PUBLIC_DOMAIN RAILWAY_TCP_PROXY_PORT
        VITE_PORT WEB_PORT SERVER_PORT DEBUG_PORT DEBUG FORCE_COLOR NO_COLOR TZ LINES COLUMNS SHLVL _ TIMEOUT_MS TIMEOUT WINDOW_MS
        MAX_SIZE MAX_MEMORY LOG_DIR LOG_FILE LOG_PATH RUST_LOG CHROMIUM_PATH JAVA_HOME PYTHONPATH GOPATH MCP_URL`;
    const env = Object.fromEntries(others.split(/\s+/).map(name => [name, '1']));
    expect(findMisspelt({ ...env, MCP_PORT: 'tcp://10.0.0.1:3001' }, names)).toEqual([]);
});

test('no variable is reported as a misspelt other one', () => {
    const env = Object.fromEntries(names.map(name => [name, '1']));
    expect(findMisspelt(env, names)).toEqual([]);
});
